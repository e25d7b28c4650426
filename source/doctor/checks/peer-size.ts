// Whether large datagrams arrive where small ones do, in both directions, by multicast and by unicast. Where they do
// not, a path carries less than its ends say, or loses fragments.
import { messageLimit } from '../../core/message.ts';
import { check, unseen } from '../check.ts';
import type { What } from '../lanes.ts';
import { type Answered, each, type Node, type Tried } from '../probe.ts';
import { isAnswered } from './peer-heard.ts';

type Seen = { nodes: Node[] | undefined };
type Way = 'there' | 'back';

export const peerSize = check({
  id: 'peer.size',
  link: 'https://datatracker.ietf.org/doc/html/rfc8899',
  look: async (host): Promise<Seen> => ({ nodes: (await host.probe())?.nodes }),
  judge({ nodes }) {
    if (!nodes) return unseen('not-opened');
    if (nodes.length === 0) return unseen('nobody');
    // Where small ones get lost as well, size is not what matters.
    const told = nodes.filter(
      ({ small = 0, large, answer }) =>
        (small >= each / 2 && large !== undefined) || (isAnswered(answer) && carriesUnicast(answer)),
    );
    if (told.length === 0) return unseen('no-report');
    const evidence = told.slice(0, 8).map(line).join('; ');
    const facts = { bytes: messageLimit };
    for (const [because, find] of findings) {
      const peer = told.find(find);
      if (!peer) continue;
      const status = because === 'large' || because === 'large-back' ? 'fail' : 'warn';
      const bytes = because === 'frame' || because === 'fragments' ? bytesOf(peer, because) : messageLimit;
      return { status, because, evidence, facts: { ...facts, bytes, peer: peer.name } };
    }
    return { status: 'ok', because: 'ok', evidence, facts };
  },
});

/** The gravest first: what our own messages need, then what others may. */
const findings = [
  ['large', (node: Node) => isCut(node, 'there')],
  ['large-back', (node: Node) => isCut(node, 'back')],
  ['frame', (node: Node) => isStuck(node, 'frame')],
  ['fragments', (node: Node) => isStuck(node, 'fragments')],
] as const;

/** Messages of ours, of the largest size, do not get through that way, and short ones do. */
function isCut({ small = 0, large, answer }: Node, way: Way): boolean {
  if (way === 'there' && large === 0 && small >= each / 2) return true;
  if (!isAnswered(answer)) return false;
  const pairs: [What, What][] =
    way === 'there'
      ? [['unicast', 'unicast-long']]
      : [
          ['unicast', 'unicast-long'],
          ['group', 'group-long'],
        ];
  return pairs.some(([short, long]) => passes(answer, short, way) && isLost(answer, long, way));
}

const isStuck = ({ answer }: Node, what: What): boolean =>
  isAnswered(answer) &&
  (['there', 'back'] as const).some(
    (way) => passes(answer, 'unicast-long', way) && isLost(answer, what, way),
  );

const carriesUnicast = (answer: Answered): boolean => passes(answer, 'unicast', 'there');

const laneOf = ({ tried }: Answered, what: What): Tried | undefined =>
  tried.find((lane) => lane.what === what);

/** Each of them: where some get lost for other reasons, size is not what matters. */
function passes(answer: Answered, what: What, way: Way): boolean {
  const lane = laneOf(answer, what);
  if (!lane) return false;
  const [sent, came] = way === 'there' ? [lane.sent, lane.arrived] : [lane.echoed, lane.returned];
  return sent > 0 && came === sent;
}

/** All of it, of what was sent that way at all. */
function isLost(answer: Answered, what: What, way: Way): boolean {
  const lane = laneOf(answer, what);
  if (!lane) return false;
  const [sent, came] = way === 'there' ? [lane.sent, lane.arrived] : [lane.echoed, lane.returned];
  return sent > 1 && came === 0;
}

const bytesOf = ({ answer }: Node, what: What): number =>
  (isAnswered(answer) ? laneOf(answer, what)?.bytes : undefined) ?? messageLimit;

function line({ name, large, answer }: Node): string {
  const ladder: What[] = ['unicast', 'unicast-medium', 'unicast-long', 'frame', 'fragments'];
  const unicast = isAnswered(answer)
    ? ladder
        .flatMap((what) => laneOf(answer, what) ?? [])
        .map(({ bytes, sent, arrived, returned }) => `${bytes} B ${arrived}/${sent} there ${returned} back`)
    : [];
  const all = `${name}: ${large ?? '?'} of ${each} with ${messageLimit} B`;
  return unicast.length > 0 ? `${all}; unicast ${unicast.join(', ')}` : all;
}
