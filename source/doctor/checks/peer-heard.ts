// Who else is in the group and is heard here, and whether all of it comes; where it does not, what took it away on
// its last stretch.
import { withoutZone } from '../../core/address.ts';
import { check, unseen } from '../check.ts';
import type { Host } from '../host.ts';
import type { Answered, Node, Probed } from '../probe.ts';
import { isBehindRouter } from '../routes.ts';
import { flowText, whereLost } from '../tree.ts';
import { isMeant, parseWanted } from '../wanted.ts';
import { firewallIn } from './firewall-in.ts';
import { rpFilter } from './rp-filter.ts';

type Seen = {
  probed: Probed | undefined;
  wanted: string | undefined;
  /** Own checks have found already what keeps others from being heard. */
  told: boolean;
  /** Addresses that a router leads to. */
  far: string[];
};

/** Losses that any network may have now and then, of a hundred. */
const tolerable = 2;

export const peerHeard = check({
  id: 'peer.heard',
  link: 'https://datatracker.ietf.org/doc/html/rfc5110',
  async look(host): Promise<Seen> {
    const probed = await host.probe();
    const own = [firewallIn.judge(await firewallIn.look(host)), rpFilter.judge(await rpFilter.look(host))];
    return {
      probed,
      wanted: host.peer,
      told: own.some(({ status }) => status === 'fail'),
      far: await behindRouter(host, probed?.nodes ?? []),
    };
  },
  judge({ probed, wanted, told, far }) {
    if (!probed) return unseen('not-opened');
    const { nodes, refused } = probed;
    const evidence = nodes.slice(0, 8).map(line).join('; ');
    const facts = { peer: wanted ?? '', count: nodes.length };
    const meant = wanted === undefined ? undefined : parseWanted(wanted);
    const peer = meant && nodes.find((node) => isMeant(node, meant));
    if (meant && !peer) {
      if (told) return unseen('told-elsewhere', evidence || '-');
      return { status: 'fail', because: refused ? 'refused' : 'silent', evidence: evidence || '-', facts };
    }
    if (nodes.length === 0) return unseen('nobody');
    const mute = nodes.find(({ heard, answer }) => heard === 0 && isAnswered(answer));
    if (mute && isAnswered(mute.answer)) {
      if (told) return unseen('told-elsewhere', evidence);
      const because = causeOf(mute.answer, far.includes(mute.address));
      const more = { peer: mute.name, ttl: mute.answer.ttl ?? 1 };
      return { status: 'fail', because, evidence, facts: { ...facts, ...more } };
    }
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

/** It answers by unicast, and what it says to the group does not come. */
function causeOf({ here, ttl }: Answered, isFar: boolean) {
  const fate = whereLost(here);
  if (fate === 'filter' || fate === 'buffer' || fate === 'firewall') return fate;
  if (here.sent === 0) return 'unsaid';
  return isFar && (ttl === undefined || ttl <= 1) ? 'ttl' : isFar ? 'routing' : 'network';
}

export const isAnswered = (answer: Node['answer']): answer is Answered => typeof answer === 'object';

/** Those of the nodes that a router leads to, by the routes of this host. */
export async function behindRouter(host: Host, nodes: readonly Node[]): Promise<string[]> {
  const [route = '', route6 = ''] = await Promise.all(
    ['route', 'ipv6_route'].map((table) => host.read(`/proc/self/net/${table}`)),
  );
  return nodes
    .map(({ address }) => address)
    .filter((address) => isBehindRouter(withoutZone(address), { route, route6 }));
}

function line({ name, address, heard, missed, answer }: Node): string {
  const told = `${name} (${address}): ${heard} came, ${missed} missed`;
  return heard === 0 && isAnswered(answer) ? `${told}; of its own: ${flowText(answer.here)}` : told;
}
