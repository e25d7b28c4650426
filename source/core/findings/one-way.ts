// Who hears whom, one way only: a node is heard here and reports not to hear this one, or two others are so apart.
import type { Millis } from '../event.ts';
import type { Peer } from '../peer.ts';
import { nodesOf, type Rule, type Scene, type Symptom } from './finding.ts';

/** Missed heartbeats until a node is taken not to hear another. */
const beats = 5;
/** Reports that a heartbeat holds at the least: in a large group nodes are reported on by turns. */
const reportsABeat = 4;
/** Nodes that are compared with each other. */
const most = 32;

export const oneWay: Rule = {
  id: 'live.one-way',
  link: 'https://datatracker.ietf.org/doc/html/rfc3550#section-6.4.1',
  after: 2000,
  mended: 3000,
  watch: () => look,
  // Who is not heard any more hears nobody the better for it.
  ended: (scene) => (nodesOf(scene).some((peer) => tells(peer, scene)) ? 'both' : 'over'),
};

function look(scene: Scene): Symptom | undefined {
  const nodes = nodesOf(scene)
    .filter((peer) => tells(peer, scene))
    .slice(0, most);
  return toThis(nodes, scene) ?? between(nodes, scene);
}

/** Long enough for every node to have been reported on, whose heartbeats come this far apart. */
const patience = (peer: Peer, { state, around }: Scene): Millis =>
  (beats + Math.ceil(state.peers.size / reportsABeat)) * Math.max(peer.every ?? 0, around.heartbeat);

/** It is heard, and was long enough to have reported on all; and it does report. A plain script does not. */
function tells(peer: Peer, scene: Scene): boolean {
  const { reportsAt, state, since } = peer;
  const long = patience(peer, scene);
  return (
    state === 'alive' && reportsAt !== undefined && scene.now - reportsAt < long && scene.now - since > long
  );
}

/** `held`: a node is reported on for a while after it was last heard. */
function hears(peer: Peer, id: string, scene: Scene): boolean {
  const hearing = peer.hears.get(id);
  const long = patience(peer, scene);
  return hearing !== undefined && scene.now - hearing.at + hearing.report.held < long;
}

function toThis(nodes: Peer[], scene: Scene): Symptom | undefined {
  const { state, group, now, around } = scene;
  const deaf = nodes.filter(
    (peer) => !hears(peer, state.self.id, scene) && now - group.joinedAt > patience(peer, scene),
  );
  const [first] = deaf;
  if (!first || around.heartbeat === 0) return undefined;
  const all = deaf.length === nodes.length;
  return {
    status: 'warn',
    code: all ? 'unheard' : 'not-heard-by',
    facts: { name: first.name, address: first.address, count: deaf.length, of: nodes.length },
    evidence: `heard here, and without a report on ${state.self.id}: ${listed(deaf)}`,
  };
}

function between(nodes: Peer[], scene: Scene): Symptom | undefined {
  const pairs = nodes.flatMap((one) =>
    nodes
      .filter((other) => other.id !== one.id && hears(one, other.id, scene) && !hears(other, one.id, scene))
      .map((other) => ({ one, other })),
  );
  const [first] = pairs;
  if (!first) return undefined;
  const { one, other } = first;
  return {
    status: 'warn',
    code: 'between',
    facts: { name: one.name, other: other.name, count: pairs.length },
    evidence: `${one.name} reports on ${other.name}, ${other.name} does not report on ${one.name}`,
  };
}

/** A handful of names; more would say no more. */
function listed(peers: readonly Peer[]): string {
  const names = peers.slice(0, 5).map(({ name }) => name);
  return names.join(', ') + (peers.length > names.length ? ` +${peers.length - names.length}` : '');
}
