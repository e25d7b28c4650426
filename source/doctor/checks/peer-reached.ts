// Whether those who are heard hear this host too, by what their heartbeats report.
import { check, unseen } from '../check.ts';
import { each, type Node } from '../probe.ts';

type Seen = { nodes: Node[] | undefined };

/** The first of ours makes this host known, and is not counted as missing. */
const expected = each - 1;

export const peerReached = check({
  id: 'peer.reached',
  link: 'https://datatracker.ietf.org/doc/html/rfc3550#section-6.4.1',
  look: async (host): Promise<Seen> => ({ nodes: await host.probe() }),
  judge({ nodes }) {
    if (!nodes) return unseen('not-opened');
    if (nodes.length === 0) return unseen('nobody');
    const evidence = nodes
      .slice(0, 8)
      .map(
        ({ name, small, large }) =>
          `${name}: ${small ?? '?'} of ${each} small, ${large ?? '?'} of ${each} large`,
      )
      .join('; ');
    const told = nodes.filter(({ small }) => small !== undefined);
    const facts = { count: told.length };
    if (told.length === 0) return unseen('no-report', evidence);
    const deaf = told.find(({ small }) => small === 0);
    if (deaf) return { status: 'fail', because: 'one-way', evidence, facts: { ...facts, peer: deaf.name } };
    const lossy = told.find(({ small = 0 }) => small < expected);
    if (lossy) {
      const more = { peer: lossy.name, got: lossy.small ?? 0, sent: each };
      return { status: 'warn', because: 'lossy', evidence, facts: { ...facts, ...more } };
    }
    return { status: 'ok', because: 'ok', evidence, facts };
  },
});
