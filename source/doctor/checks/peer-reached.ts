// Whether those who are heard hear this host too, by what they answer or what their heartbeats report; where they do
// not, what took it away on their side.
import { check, unseen } from '../check.ts';
import { each, type Node } from '../probe.ts';
import { type Fate, flowText, whereLost } from '../tree.ts';
import { behindRouter, isAnswered } from './peer-heard.ts';

type Seen = {
  nodes: Node[] | undefined;
  ttl: number;
  /** Addresses that a router leads to. */
  far: string[];
};

/** One of them may get lost. */
const expected = each - 1;

export const peerReached = check({
  id: 'peer.reached',
  link: 'https://datatracker.ietf.org/doc/html/rfc3550#section-6.4.1',
  async look(host): Promise<Seen> {
    const nodes = (await host.probe())?.nodes;
    return { nodes, ttl: host.ttl, far: await behindRouter(host, nodes ?? []) };
  },
  judge({ nodes, ttl, far }) {
    if (!nodes) return unseen('not-opened');
    if (nodes.length === 0) return unseen('nobody');
    const evidence = nodes.slice(0, 8).map(line).join('; ');
    const told = nodes.filter(({ small }) => small !== undefined);
    const facts = { count: told.length };
    if (told.length === 0) return unseen('no-report', evidence);
    const deaf = told.find(({ small }) => small === 0);
    if (deaf) {
      const isFar = far.includes(deaf.address);
      if (isFar && ttl <= 1) return unseen('told-elsewhere', evidence);
      const fate = isAnswered(deaf.answer) ? whereLost(deaf.answer.there) : 'unknown';
      const because = isFar && fate === 'network' ? 'routing' : causes[fate];
      return { status: 'fail', because, evidence, facts: { ...facts, peer: deaf.name } };
    }
    const lossy = told.find(({ small = 0 }) => small < expected);
    if (lossy) {
      const fate = isAnswered(lossy.answer) ? whereLost(lossy.answer.there) : 'unknown';
      const because = fate === 'network' || fate === 'unknown' ? 'lossy' : causes[fate];
      const more = { peer: lossy.name, got: lossy.small ?? 0, sent: each };
      return { status: 'warn', because, evidence, facts: { ...facts, ...more } };
    }
    return { status: 'ok', because: 'ok', evidence, facts };
  },
});

const causes = {
  arrived: 'lossy',
  lossy: 'lossy',
  filter: 'filter',
  buffer: 'buffer',
  nobody: 'nobody',
  firewall: 'firewall',
  network: 'network',
  unknown: 'one-way',
} as const satisfies Record<Fate, string>;

function line({ name, small, large, answer }: Node): string {
  const told = `${name}: ${small ?? '?'} of ${each} small, ${large ?? '?'} of ${each} large`;
  return isAnswered(answer) && (small ?? 0) < expected ? `${told}; there ${flowText(answer.there)}` : told;
}
