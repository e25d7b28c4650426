// Who hears whom: this node's own accounts beside what every peer reports in its heartbeats.
import { expected } from './hearing.ts';
import type { Peer } from './peer.ts';
import { lossRatio } from './sequence.ts';
import type { Matrix } from './snapshot.ts';
import type { State } from './state.ts';

/** Nodes on each side; more would not fit any screen. */
const maxNodes = 32;

export function matrixOf(state: State): Matrix {
  const peers = onePerNode(state);
  const shown = peers.slice(0, maxNodes - 1);
  const self = { id: state.self.id, name: state.self.name, self: true, state: 'alive' as const };
  const nodes: Matrix['nodes'] = [
    self,
    ...shown.map(({ id, name, state }) => ({ id, name, self: false, state })),
  ];
  const cells: Matrix['cells'] = [
    [undefined, ...shown.map(ownCell)],
    ...shown.map((peer) => nodes.map(({ id }) => reportedCell(peer, id))),
  ];
  return { nodes, cells, more: peers.length - shown.length };
}

/** A node in several groups appears once, as in the group where it was heard last. Those gone are left out. */
function onePerNode(state: State): Peer[] {
  const byId = new Map<string, Peer>();
  for (const peer of state.peers.values()) {
    if (peer.state === 'gone') continue;
    const other = byId.get(peer.id);
    if (!other || other.lastAt < peer.lastAt) byId.set(peer.id, peer);
  }
  return [...byId.values()].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.firstAt - b.firstAt,
  );
}

function ownCell(peer: Peer): Matrix['cells'][number][number] {
  const cell = { lossRatio: lossRatio(peer.track), jitter: peer.jitter.value, at: peer.lastAt };
  return peer.rtt === undefined ? cell : { ...cell, rtt: peer.rtt };
}

function reportedCell(peer: Peer, id: string): Matrix['cells'][number][number] {
  const hearing = peer.hears.get(id);
  if (!hearing) return undefined;
  const { report, at } = hearing;
  return { lossRatio: report.lost / Math.max(1, expected(report)), jitter: report.jitter, at };
}
