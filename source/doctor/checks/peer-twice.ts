// Whether each message of this host comes to the others once: two paths, or a host with two interfaces in one network,
// give it twice.
import { check, unseen } from '../check.ts';
import { each, type Node } from '../probe.ts';
import { isAnswered } from './peer-heard.ts';

type Seen = { nodes: Node[] | undefined };

export const peerTwice = check({
  id: 'peer.twice',
  link: 'https://datatracker.ietf.org/doc/html/rfc1112#section-7',
  look: async (host): Promise<Seen> => ({ nodes: (await host.probe())?.nodes }),
  judge({ nodes }) {
    if (!nodes) return unseen('not-opened');
    if (nodes.length === 0) return unseen('nobody');
    const told = nodes.flatMap(({ name, answer }) =>
      isAnswered(answer) ? [{ name, sent: 3 * each, twice: answer.twice }] : [],
    );
    if (told.length === 0) return unseen('old-node');
    const evidence = told
      .slice(0, 8)
      .map(({ name, sent, twice }) => `${name}: ${twice} copies of ${sent}`)
      .join('; ');
    const doubled = told.find(({ twice }) => twice > 1);
    const facts = { peer: doubled?.name ?? '', count: doubled?.twice ?? 0, sent: 3 * each };
    return doubled
      ? { status: 'warn', because: 'twice', evidence, facts }
      : { status: 'ok', because: 'ok', evidence, facts };
  },
});
