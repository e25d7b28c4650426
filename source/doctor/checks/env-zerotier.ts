// ZeroTier copies each multicast to at most so many members, 32 unless its controller says otherwise.
import { check, unseen } from '../check.ts';
import { type Kind, kindOf, linkOf } from '../links.ts';

type Seen = { interface: string | undefined; kind: Kind; networks: string | undefined };
type Network = { portDeviceName?: string; status?: string; broadcastEnabled?: boolean; nwid?: string };

export const envZerotier = check({
  id: 'env.zerotier',
  link: 'https://docs.zerotier.com/multicast/',
  async look(host): Promise<Seen> {
    const name = host.local?.name;
    const kind = name === undefined ? 'ethernet' : ((await linkOf(host, name))?.kind ?? kindOf(name));
    const networks = kind === 'zerotier' ? await host.run('zerotier-cli', '-j', 'listnetworks') : undefined;
    return { interface: name, kind, networks };
  },
  judge({ interface: name, kind, networks }) {
    if (name === undefined) return unseen('no-interface');
    const facts = { interface: name };
    if (kind !== 'zerotier') return { status: 'ok', because: 'none', evidence: `${name}: ${kind}`, facts };
    const network = parseNetworks(networks).find(({ portDeviceName }) => portDeviceName === name);
    if (!network) return unseen('needs-root', 'zerotier-cli -j listnetworks');
    const { status = '?', broadcastEnabled } = network;
    const evidence = `${name}: ${network.nwid ?? '?'} ${status}, broadcast ${broadcastEnabled ?? '?'}`;
    if (status !== 'OK')
      return { status: 'fail', because: 'not-joined', evidence, facts: { ...facts, state: status } };
    if (broadcastEnabled === false) return { status: 'warn', because: 'no-broadcast', evidence, facts };
    return { status: 'ok', because: 'ok', evidence, facts };
  },
});

function parseNetworks(text: string | undefined): Network[] {
  try {
    const parsed: unknown = JSON.parse(text ?? '');
    return Array.isArray(parsed) ? (parsed as Network[]) : [];
  } catch {
    return [];
  }
}
