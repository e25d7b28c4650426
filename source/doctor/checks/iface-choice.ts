// Whether the interface is the one that is meant: hosts with containers, virtual machines and VPNs have many.
import { devicesToward } from '../../net/kernel.ts';
import { check, unseen } from '../check.ts';
import { isInternal, isOverlay, type Kind, kindOf, linkOf } from '../links.ts';

type Candidate = { name: string; kind: Kind; multicast: boolean };
type Seen = { chosen: string | undefined; asked: boolean; routed: string[]; candidates: Candidate[] };

export const ifaceChoice = check({
  id: 'iface.choice',
  link: 'https://datatracker.ietf.org/doc/html/rfc3678#section-4.1.1',
  async look(host): Promise<Seen> {
    const { group, interfaces, local } = host;
    const able = interfaces.filter(({ addresses }) => addresses[group.family].length > 0);
    const candidates = await Promise.all(
      able.map(async ({ name, multicast }) => {
        const kind = (await linkOf(host, name))?.kind ?? kindOf(name);
        return { name, kind, multicast: multicast !== false };
      }),
    );
    return {
      chosen: local?.name,
      asked: host.interface !== undefined,
      routed: devicesToward(group),
      candidates,
    };
  },
  judge({ chosen, asked, routed, candidates }) {
    if (chosen === undefined) return unseen('no-interface');
    const list = candidates.map(({ name, kind }) => `${name} (${kind})`).join(', ');
    const evidence = `${chosen}; of ${list}; routes: ${routed.join(', ') || '-'}`;
    const own = candidates.find(({ name }) => name === chosen);
    const facts = { interface: chosen };
    if (asked) return { status: 'ok', because: 'asked', evidence, facts };
    const others = candidates.filter(({ name, multicast }) => name !== chosen && multicast);
    const overlay = others.find(({ kind }) => isOverlay(kind));
    if (own && !isOverlay(own.kind) && overlay) {
      return { status: 'warn', because: 'overlay', evidence, facts: { ...facts, other: overlay.name } };
    }
    const outer = others.find(({ kind }) => !isInternal(kind));
    if (own && isInternal(own.kind) && outer) {
      return { status: 'warn', because: 'internal', evidence, facts: { ...facts, other: outer.name } };
    }
    if (own?.kind === 'loopback') return { status: 'warn', because: 'loopback', evidence, facts };
    return {
      status: 'ok',
      because: others.length > 0 && routed[0] === chosen ? 'routed' : 'ok',
      evidence,
      facts,
    };
  },
});
