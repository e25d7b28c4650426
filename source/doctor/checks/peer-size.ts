// Whether large messages reach those whom small ones reach. Where they do not, a path carries less than its ends say.

import { messageLimit } from '../../core/message.ts';
import { check, unseen } from '../check.ts';
import { each, type Node } from '../probe.ts';

type Seen = { nodes: Node[] | undefined };

export const peerSize = check({
  id: 'peer.size',
  link: 'https://datatracker.ietf.org/doc/html/rfc8899',
  look: async (host): Promise<Seen> => ({ nodes: await host.probe() }),
  judge({ nodes }) {
    if (!nodes) return unseen('not-opened');
    if (nodes.length === 0) return unseen('nobody');
    // Where small ones get lost as well, size is not what matters.
    const told = nodes.filter(({ small = 0, large }) => small >= each / 2 && large !== undefined);
    if (told.length === 0) return unseen('no-report');
    const evidence = told
      .slice(0, 8)
      .map(({ name, large }) => `${name}: ${large} of ${each} with ${messageLimit} B`)
      .join('; ');
    const stuck = told.find(({ large }) => large === 0);
    return stuck
      ? { status: 'fail', because: 'large', evidence, facts: { peer: stuck.name, bytes: messageLimit } }
      : { status: 'ok', because: 'ok', evidence, facts: { bytes: messageLimit } };
  },
});
