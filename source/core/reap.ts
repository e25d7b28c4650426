// Peers are bounded: rows of those that are gone make room, oldest first, and do not stay for ever.
import type { Peer } from './peer.ts';
import { lost } from './sequence.ts';
import { maxPeers, type State } from './state.ts';

/** A row of a peer that is gone stays this long, ms (RFC 3550 §6.3.5 keeps inactive members half an hour). */
const keepGone = 30 * 60_000;
const sweepEvery = 60_000;

/** True when one more peer fits. A known peer is never turned out for a new one unless it is gone. */
export function makeRoom(state: State): boolean {
  if (state.peers.size < maxPeers) return true;
  let oldest: Peer | undefined;
  for (const peer of state.peers.values()) {
    if (peer.state === 'gone' && (!oldest || peer.since < oldest.since)) oldest = peer;
  }
  if (oldest) retire(state, oldest);
  else state.totals.shed.peers++;
  return oldest !== undefined;
}

/** Drops the row; its counts stay in the totals. */
export function retire(state: State, peer: Peer): void {
  state.retired.lost += lost(peer.track);
  state.retired.duplicates += peer.track.duplicates;
  state.retired.reordered += peer.track.reordered;
  state.peers.delete(peer.key);
  state.changed.delete(peer.key);
  state.removed.add(peer.key);
}

/** Now and then, drops rows of peers long gone. */
export function sweep(state: State): void {
  if (state.at - state.sweptAt < sweepEvery) return;
  state.sweptAt = state.at;
  for (const peer of state.peers.values()) {
    if (peer.state === 'gone' && state.at - peer.since > keepGone) retire(state, peer);
  }
}

/** A person asked for it: drops every row of a peer that is gone. */
export function forgetGone(state: State): void {
  for (const peer of state.peers.values()) if (peer.state === 'gone') retire(state, peer);
}
