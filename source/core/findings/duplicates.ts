// Most of what a node says comes twice: its host, or this one, has two ways into one network.
import type { Millis } from '../event.ts';
import type { Peer } from '../peer.ts';
import { nodesOf, type Rule, type Scene, type Symptom } from './finding.ts';

/** Looked at in stretches of this length, ms. */
const stretch = 10_000;
/** From so many copies in a stretch, and half of what came once: a network that repeats now and then is no such case. */
const fewest = 3;
const share = 0.5;

type Counts = { received: number; duplicates: number };
type Doubled = { peer: Peer; received: number; duplicates: number };

export const duplicates: Rule = {
  id: 'live.duplicates',
  link: 'https://datatracker.ietf.org/doc/html/rfc1122#section-3.3.4',
  after: 0,
  // A stretch that was well and a bit.
  mended: stretch + 2000,
  watch() {
    let marks = new Map<string, Counts>();
    let markedAt = Number.NEGATIVE_INFINITY;
    let seen: Symptom | undefined;
    return (scene) => {
      if (scene.now - markedAt < stretch) return seen;
      const nodes = nodesOf(scene);
      seen = symptom(
        nodes,
        nodes.flatMap((peer) => doubled(peer, marks.get(peer.key))),
        scene,
        markedAt,
      );
      marks = new Map(nodes.map((peer) => [peer.key, countsOf(peer)]));
      markedAt = scene.now;
      return seen;
    };
  },
  ended: () => 'once',
};

const countsOf = ({ received, track }: Peer): Counts => ({ received, duplicates: track.duplicates });

function doubled(peer: Peer, before: Counts | undefined): Doubled[] {
  if (!before) return [];
  const now = countsOf(peer);
  const received = now.received - before.received;
  const duplicates = now.duplicates - before.duplicates;
  const many = duplicates >= fewest && duplicates >= share * (received - duplicates);
  return many ? [{ peer, received, duplicates }] : [];
}

function symptom(nodes: Peer[], found: Doubled[], { group }: Scene, since: Millis): Symptom | undefined {
  const [worst] = found.sort((a, b) => b.duplicates - a.duplicates);
  if (!worst) return undefined;
  const { peer, received, duplicates } = worst;
  const facts = { name: peer.name, address: peer.address, interface: group.settings.interface };
  const evidence = `${duplicates} of ${received} datagrams of ${peer.name} in ${stretch / 1000} s were copies`;
  const twin = peer.twin !== undefined && peer.twin.at >= since ? peer.twin.address : undefined;
  if (twin !== undefined) {
    const other = twin;
    return {
      status: 'warn',
      code: 'two-addresses',
      facts: { ...facts, other },
      evidence: `${evidence}, from ${peer.address} and ${other}`,
    };
  }
  const speaking = nodes.filter(({ state }) => state === 'alive').length;
  const all = found.length > 1 && found.length >= speaking;
  return {
    status: 'warn',
    code: all ? 'all-twice' : 'twice',
    facts: { ...facts, count: found.length },
    evidence,
  };
}
