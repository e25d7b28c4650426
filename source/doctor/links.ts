// What Linux tells of an interface under /sys/class/net, which needs neither root nor iproute2.
import type { Host } from './host.ts';

export type Link = {
  name: string;
  flags: { up: boolean; multicast: boolean; pointToPoint: boolean; noArp: boolean };
  /** As the kernel prints it, for evidence. */
  flagsText: string;
  /** Undefined while the interface is down. */
  carrier: boolean | undefined;
  mtu: number | undefined;
  kind: Kind;
  /** The bridge it is a port of. */
  bridge: string | undefined;
};

/** What sort of network it leads to, as far as its name and driver tell. */
export type Kind =
  | 'loopback'
  | 'zerotier'
  | 'hamachi'
  | 'tailscale'
  | 'wireguard'
  | 'tunnel'
  | 'docker'
  | 'virtual-machines'
  | 'kubernetes'
  | 'bridge'
  | 'wifi'
  | 'veth'
  | 'ethernet';

/** Flags of an interface in Linux (include/uapi/linux/if.h). */
const flagBits = { up: 0x1, pointToPoint: 0x10, noArp: 0x80, multicast: 0x1000 } as const;

/** Undefined where there is no such interface, or no /sys. */
export async function linkOf(host: Pick<Host, 'read' | 'list'>, name: string): Promise<Link | undefined> {
  if (!/^[^/\s]{1,15}$/.test(name)) return undefined;
  const folder = `/sys/class/net/${name}`;
  const [flagsText, carrier, mtu, uevent, entries, port, index, peer] = await Promise.all([
    host.read(`${folder}/flags`),
    host.read(`${folder}/carrier`),
    host.read(`${folder}/mtu`),
    host.read(`${folder}/uevent`),
    host.list(folder),
    host.read(`${folder}/master/uevent`),
    host.read(`${folder}/ifindex`),
    host.read(`${folder}/iflink`),
  ]);
  const flags = Number(flagsText);
  if (flagsText === undefined || !Number.isInteger(flags)) return undefined;
  const has = (bit: number) => (flags & bit) !== 0;
  const type = /^DEVTYPE=(\w+)/m.exec(uevent ?? '')?.[1];
  return {
    name,
    flagsText: flagsText.trim(),
    flags: {
      up: has(flagBits.up),
      multicast: has(flagBits.multicast),
      pointToPoint: has(flagBits.pointToPoint),
      noArp: has(flagBits.noArp),
    },
    carrier: carrier === undefined ? undefined : carrier.trim() === '1',
    mtu: mtu === undefined ? undefined : Number(mtu),
    kind: kindOf(name, {
      type,
      wireless: entries?.some((entry) => entry === 'wireless' || entry === 'phy80211') ?? false,
      paired: index !== undefined && peer !== undefined && index.trim() !== peer.trim(),
    }),
    bridge: entries?.includes('brport') ? /^INTERFACE=(\S+)/m.exec(port ?? '')?.[1] : undefined,
  };
}

/** By the names that these programs give to their interfaces, then by the driver. */
export function kindOf(
  name: string,
  {
    type,
    wireless = false,
    paired = false,
  }: { type?: string | undefined; wireless?: boolean; paired?: boolean } = {},
): Kind {
  const byName: [RegExp, Kind][] = [
    [/^lo\d*$|^Loopback/, 'loopback'],
    [/^zt|^feth|ZeroTier/i, 'zerotier'],
    [/^ham\d|Hamachi/i, 'hamachi'],
    [/^tailscale/i, 'tailscale'],
    [/^(wg|utun)\d|WireGuard/i, 'wireguard'],
    [/^(tun|tap|ppp|sit|gre|ipip|n2n|edge)\d/, 'tunnel'],
    [/^docker|^br-[0-9a-f]{12}$|^podman/, 'docker'],
    [/^virbr|^vmnet|^vboxnet|^vEthernet|^lxcbr|^lxdbr|^incusbr|VirtualBox|VMware/, 'virtual-machines'],
    [/^cni|^flannel|^cali|^cilium|^weave|^kube/, 'kubernetes'],
  ];
  const named = byName.find(([pattern]) => pattern.test(name))?.[1];
  if (named) return named;
  if (type === 'wireguard') return 'wireguard';
  if (type === 'bridge') return 'bridge';
  if (wireless || type === 'wlan') return 'wifi';
  return paired ? 'veth' : 'ethernet';
}

/** Networks that programs make within a host: what is meant is seldom one of these. */
export const isInternal = (kind: Kind): boolean =>
  kind === 'docker' || kind === 'virtual-machines' || kind === 'kubernetes' || kind === 'loopback';

/** Networks laid over others, which people use to meet. */
export const isOverlay = (kind: Kind): boolean => kind === 'zerotier' || kind === 'hamachi';
