// A node that was started again has a new identity (SWIM calls it an incarnation), so that its sequence numbers
// beginning anew are not taken for loss. This finds the new incarnation of a peer that fell silent.
import type { Peer } from './peer.ts';
import type { State } from './state.ts';

/** How much later than its successor's start a datagram of the old incarnation may seem to have come, ms. */
const slack = 50;

/** The peer with the same name and address in the same group that started after this one was last heard. */
export function younger(state: State, old: Peer): Peer | undefined {
  for (const peer of state.peers.values()) {
    if (peer !== old && sameNode(peer, old) && startOf(peer) >= old.lastAt - slack) return peer;
  }
  return undefined;
}

/** Earlier incarnations of a node that has just been heard, which already said bye or fell silent. */
export function elders(state: State, peer: Peer): Peer[] {
  const found: Peer[] = [];
  for (const old of state.peers.values()) {
    if (old !== peer && old.state !== 'alive' && sameNode(old, peer) && startOf(peer) >= old.lastAt - slack) {
      found.push(old);
    }
  }
  return found;
}

const sameNode = (a: Peer, b: Peer): boolean =>
  a.name === b.name && a.address === b.address && a.group === b.group;

/** A peer that tells no uptime started, for all we know, when it was first heard. */
const startOf = (peer: Peer): number => peer.startedAt ?? peer.firstAt;
