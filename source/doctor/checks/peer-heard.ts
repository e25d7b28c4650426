// Who else is in the group and is heard here, and whether all of it comes.
import { check, unseen } from '../check.ts';
import type { Node } from '../probe.ts';

type Seen = { nodes: Node[] | undefined; wanted: string | undefined };

/** Losses that any network may have now and then, of a hundred. */
const tolerable = 2;

export const peerHeard = check({
  id: 'peer.heard',
  link: 'https://datatracker.ietf.org/doc/html/rfc5110',
  look: async (host): Promise<Seen> => ({ nodes: await host.probe(), wanted: host.peer }),
  judge({ nodes, wanted }) {
    if (!nodes) return unseen('not-opened');
    const evidence = nodes
      .slice(0, 8)
      .map(({ name, address, heard, missed }) => `${name} (${address}): ${heard} came, ${missed} missed`)
      .join('; ');
    const facts = { peer: wanted ?? '', count: nodes.length };
    if (wanted !== undefined && !nodes.some((node) => isMeant(node, wanted))) {
      return { status: 'fail', because: 'silent', evidence: evidence || '-', facts };
    }
    if (nodes.length === 0) return unseen('nobody');
    const lossy = nodes.find(
      ({ heard, missed }) => missed > 1 && missed * 100 > (heard + missed) * tolerable,
    );
    if (lossy) {
      const more = { peer: lossy.name, missed: lossy.missed, sent: lossy.heard + lossy.missed };
      return { status: 'warn', because: 'lossy', evidence, facts: { ...facts, ...more } };
    }
    return { status: 'ok', because: 'ok', evidence, facts };
  },
});

/** A peer is named by its name or its address. */
export const isMeant = ({ name, address }: Node, wanted: string): boolean =>
  name === wanted || address === wanted;
