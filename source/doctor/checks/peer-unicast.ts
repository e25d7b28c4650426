// Whether unicast works between this host and the others where multicast does: acknowledgements and files need it. A
// firewall that lets in known ports only, or answers only, shows by what is lost at which ports.
import { check, unseen } from '../check.ts';
import type { What } from '../lanes.ts';
import type { Answered, Node, Tried } from '../probe.ts';
import { isAnswered } from './peer-heard.ts';

type Seen = { nodes: Node[] | undefined };

export const peerUnicast = check({
  id: 'peer.unicast',
  link: 'https://datatracker.ietf.org/doc/html/rfc4787#section-5',
  look: async (host): Promise<Seen> => ({ nodes: (await host.probe())?.nodes }),
  judge({ nodes }) {
    if (!nodes) return unseen('not-opened');
    if (nodes.length === 0) return unseen('nobody');
    const answered = nodes.filter(({ answer }) => isAnswered(answer));
    if (answered.length === 0) {
      return unseen(nodes.some(({ answer }) => answer === 'silent') ? 'no-report' : 'old-node');
    }
    const evidence = answered.slice(0, 8).map(line).join('; ');
    const facts = { count: answered.length };
    for (const { name, answer } of answered) {
      const because = isAnswered(answer) ? troubleOf(answer) : undefined;
      if (because) return { status: 'warn', because, evidence, facts: { ...facts, peer: name } };
    }
    return { status: 'ok', because: 'ok', evidence, facts };
  },
});

function troubleOf({ tried }: Answered) {
  const lane = (what: What) => tried.find((one) => one.what === what);
  const asked = lane('unicast');
  const [reply, fixed] = [lane('to-reply'), lane('fixed')];
  if (!asked || asked.sent === 0) return undefined;
  const others = [reply, fixed].filter((one) => one !== undefined);
  if (asked.arrived === 0) {
    // From a fixed port to a fixed port it may pass where it does not from any port.
    if (fixed && fixed.arrived > 0) return 'source';
    return others.some(({ arrived }) => arrived > 0) ? 'door' : 'there';
  }
  // Where the others come all, it is no loss of the network.
  if (reply && reply.sent > 0 && reply.arrived === 0 && asked.arrived === asked.sent) return 'replies';
  return asked.echoed > 1 && asked.returned === 0 ? 'back' : undefined;
}

function line({ name, answer }: Node): string {
  const ways: What[] = ['unicast', 'to-reply', 'fixed', 'unasked'];
  const tried = isAnswered(answer) ? answer.tried : [];
  const text = ({ what, sent, arrived, echoed, returned }: Tried) =>
    `${what} ${arrived}/${sent} there, ${returned}/${echoed} back`;
  return `${name}: ${tried
    .filter(({ what }) => ways.includes(what))
    .map(text)
    .join('; ')}`;
}
