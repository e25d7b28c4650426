// Peers are bounded: rows of those that are gone make room, oldest first, and do not stay for ever.

import { newJitter } from './jitter.ts';
import type { Peer } from './peer.ts';
import { unsettle } from './restart.ts';
import { lost, newTrack } from './sequence.ts';
import { maxPeers, newTotals, type State } from './state.ts';

/** A row of a peer that is gone stays this long, ms (RFC 3550 §6.3.5 keeps inactive members half an hour). */
const keepGone = 30 * 60_000;
const sweepEvery = 60_000;

/** True when one more peer fits. A known peer is never turned out for a new one unless it is gone. */
export function makeRoom(state: State): boolean {
  if (state.peers.size < maxPeers) return true;
  // No search: a flood of identities asks this for each datagram.
  for (const key of state.gone) {
    retire(state, state.peers.get(key)!);
    return true;
  }
  state.totals.shed.peers++;
  return false;
}

/** Drops the row; its counts stay in the totals. */
export function retire(state: State, peer: Peer): void {
  state.retired.lost += lost(peer.track);
  state.retired.duplicates += peer.track.duplicates;
  state.retired.reordered += peer.track.reordered;
  state.peers.delete(peer.key);
  unsettle(state, peer);
  state.gone.delete(peer.key);
  state.changed.delete(peer.key);
  // Who has not looked for so long gets all rows anew.
  if (state.removed.size < maxPeers) state.removed.add(peer.key);
}

/** Now and then, drops rows of peers long gone. */
export function sweep(state: State): void {
  if (state.at - state.sweptAt < sweepEvery) return;
  state.sweptAt = state.at;
  for (const peer of gonePeers(state)) if (state.at - peer.since > keepGone) retire(state, peer);
}

/** A person asked for it: drops every row of a peer that is gone. */
export function forgetGone(state: State): void {
  for (const peer of gonePeers(state)) retire(state, peer);
}

const gonePeers = (state: State): Peer[] => [...state.gone].map((key) => state.peers.get(key)!);

/** A person asked for it: counts from zero again. Peers stay, with their states and what they say. */
export function resetCounters(state: State): void {
  state.totals = newTotals();
  state.retired = { lost: 0, duplicates: 0, reordered: 0 };
  for (const peer of state.peers.values()) {
    peer.track = newTrack(peer.track.max);
    peer.received = 0;
    peer.bytes = 0;
    peer.jitter = newJitter();
    state.changed.add(peer.key);
  }
  for (const group of state.groups.values()) group.kernelDrops = 0;
}
