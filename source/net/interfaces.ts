// Which interface a group is joined and sent on. It is always named to the kernel, never left to it: the
// kernel's own choice is as often a container bridge or a VPN as the network that is meant.
import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Family } from '../core/address.ts';
import { Fault } from '../core/fault.ts';
import { type Group, isLinkLocalGroup } from '../core/group.ts';
import { devicesToward } from './kernel.ts';
import { addressHex } from './kernel-tables.ts';

/** An interface that is up and has an address. */
export type Interface = {
  name: string;
  /** The kernel's number for it, which a deleted and recreated interface does not keep; undefined where unknown. */
  index: number | undefined;
  loopback: boolean;
  /** Carries multicast by its flags; undefined where the system does not tell. */
  multicast: boolean | undefined;
  /** IPv6 link-local addresses carry their zone (`fe80::1%eth0`). */
  addresses: { 4: string[]; 6: string[] };
};

/** An interface as one group uses it. */
export type LocalInterface = {
  name: string;
  index: number | undefined;
  family: Family;
  /** Our address there, of the group's family. */
  address: string;
  /** What stands after the `%` of an IPv6 address: a name, or a number on Windows. */
  zone: string;
};

/** Flags of an interface in Linux (include/uapi/linux/if.h). */
const flagUp = 0x1;
const flagMulticast = 0x1000;

/** Interfaces that are up and have an address, in the system's order. */
export function listInterfaces(): Interface[] {
  return Object.entries(readInterfaces()).map(([name, entries = []]) => {
    const of = (family: string) => entries.filter((entry) => entry.family === family);
    const flags = readFlags(name);
    return {
      name,
      index: readNumber(name, 'ifindex') ?? of('IPv6').find((entry) => entry.scopeid)?.scopeid,
      loopback: entries.some((entry) => entry.internal),
      multicast: flags === undefined ? undefined : (flags & flagMulticast) !== 0,
      addresses: {
        4: of('IPv4').map((entry) => entry.address),
        6: of('IPv6').map(({ address, scopeid }) =>
          scopeid ? `${address}%${zoneOf(name, scopeid)}` : address,
        ),
      },
    };
  });
}

/**
 * The interface for a group: the one named (by name or by one of its addresses), else the one that the host's routes
 * lead to, else the first that carries multicast, else loopback. Throws a Fault when there is none.
 */
export function pickInterface(group: Group, wanted = group.zone): LocalInterface {
  const all = listInterfaces();
  return wanted ? named(all, wanted, group) : chosen(all, group);
}

/** The same interface as it is now, with the same address if it still has it; undefined while it is down or gone. */
export function findInterface(known: LocalInterface, group: Group): LocalInterface | undefined {
  const found = listInterfaces().find((each) => each.name === known.name);
  const local = found && use(found, group);
  return local && found.addresses[group.family].includes(known.address)
    ? { ...local, address: known.address }
    : local;
}

function named(all: Interface[], wanted: string, group: Group): LocalInterface {
  const { family } = group;
  const byName = all.find((each) => each.name === wanted);
  const found = byName ?? all.find((each) => owns(each, wanted));
  if (found) {
    const local = use(found, group);
    if (!local) throw withoutFamily(found.name, family);
    const exact = byName
      ? undefined
      : found.addresses[family].find((address) => sameAddress(address, wanted));
    return exact ? { ...local, address: exact } : local;
  }
  const state = stateOf(wanted);
  if (state) throw withoutFamily(wanted, family, state);
  throw new Fault('no-such-interface', { interface: wanted, available: describe(all) });
}

function chosen(all: Interface[], group: Group): LocalInterface {
  const routed = devicesToward(group);
  const rank = (each: Interface) => {
    if (each.loopback) return Number.POSITIVE_INFINITY;
    const place = routed.indexOf(each.name);
    return place < 0 ? routed.length : place;
  };
  const usable = all
    .filter((each) => each.loopback || each.multicast !== false)
    .flatMap((each) => {
      const local = use(each, group);
      return local ? [{ rank: rank(each), local }] : [];
    })
    .sort((a, b) => (a.rank === b.rank ? 0 : a.rank - b.rank));
  const best = usable[0];
  if (best) return best.local;
  throw new Fault('no-multicast-interface', { family: `IPv${group.family}`, available: describe(all) });
}

/** An IPv6 group of the link is spoken to from a link-local address, a wider one from a global address (RFC 6724). */
function use(
  { name, index, addresses }: Interface,
  { address: group, family }: Group,
): LocalInterface | undefined {
  const own = addresses[family];
  const onLink = (address: string) => address.startsWith('fe80');
  const linkGroup = isLinkLocalGroup(group);
  const address = family === 4 ? own[0] : (own.find((each) => onLink(each) === linkGroup) ?? own[0]);
  return address === undefined ? undefined : { name, index, family, address, zone: zoneOf(name, index) };
}

const zoneOf = (name: string, index: number | undefined) =>
  process.platform === 'win32' && index !== undefined ? String(index) : name;

const owns = ({ addresses }: Interface, wanted: string) =>
  isIP(wanted) !== 0 && [...addresses[4], ...addresses[6]].some((address) => sameAddress(address, wanted));

/** The zone counts only where both have one. */
function sameAddress(own: string, wanted: string): boolean {
  const [, zone] = own.split('%');
  const [, wantedZone] = wanted.split('%');
  if (zone && wantedZone && zone !== wantedZone) return false;
  return isIP(wanted) !== 0 && addressHex(own) === addressHex(wanted);
}

const describe = (all: Interface[]) =>
  all
    .slice(0, 12)
    .map(({ name, addresses }) => `${name} (${[...addresses[4], ...addresses[6]][0]})`)
    .join(', ');

const withoutFamily = (name: string, family: Family, state = 'up') =>
  new Fault('interface-without-family', { interface: name, family: `IPv${family}`, state });

/** Of an interface that exists but is not listed: it is down, has no carrier, or has no address at all. */
function stateOf(name: string): 'down' | 'no-carrier' | 'up' | undefined {
  if (!/^[^/\s]{1,15}$/.test(name) || /^\.\.?$/.test(name) || !existsSync(`/sys/class/net/${name}`))
    return undefined;
  const flags = readFlags(name);
  if (flags !== undefined && !(flags & flagUp)) return 'down';
  return readNumber(name, 'carrier') === 0 ? 'no-carrier' : 'up';
}

/** Largest packet that an interface carries, bytes; undefined where the system does not tell. */
export const mtuOf = (name: string): number | undefined => readNumber(name, 'mtu');

const readFlags = (name: string) => readNumber(name, 'flags');

function readNumber(name: string, what: string): number | undefined {
  try {
    const value = Number(readFileSync(`/sys/class/net/${name}/${what}`, 'utf8'));
    return Number.isInteger(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Some sandboxes forbid to look: that is a host without interfaces. */
function readInterfaces(): ReturnType<typeof networkInterfaces> {
  try {
    return networkInterfaces();
  } catch {
    return {};
  }
}
