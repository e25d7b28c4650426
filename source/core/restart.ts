// A node that was started again has a new identity (SWIM calls it an incarnation), so that its sequence numbers
// beginning anew are not taken for loss. This finds the new incarnation of a peer that fell silent: one of the
// same name and address in the same group. Who shares these is kept at hand, as a flood of identities asks often.
import type { Peer } from './peer.ts';
import type { State } from './state.ts';

/** How much later than its successor's start a datagram of the old incarnation may seem to have come, ms. */
const slack = 50;
/** More incarnations at once are a flood of made-up identities, and not all looked at for each of them. */
const lookedAt = 100;

/** Notes what the peer is called and where it is, to be asked again whenever it was heard. */
export function settle(state: State, peer: Peer): void {
  const node = `${peer.group} ${peer.address} ${peer.name}`;
  if (peer.node === node) return;
  unsettle(state, peer);
  peer.node = node;
  const keys = state.nodes.get(node);
  if (keys) keys.add(peer.key);
  else state.nodes.set(node, new Set([peer.key]));
}

export function unsettle(state: State, peer: Peer): void {
  const keys = state.nodes.get(peer.node);
  keys?.delete(peer.key);
  if (keys?.size === 0) state.nodes.delete(peer.node);
}

/** A peer of the same node that started after this one was last heard. */
export function younger(state: State, old: Peer): Peer | undefined {
  for (const peer of incarnations(state, old.node)) if (succeeds(peer, old)) return peer;
  return undefined;
}

/** Earlier incarnations of a node that has just been heard, which already said bye or fell silent. */
export function elders(state: State, peer: Peer): Peer[] {
  const found: Peer[] = [];
  let looked = 0;
  for (const old of incarnations(state, peer.node)) {
    if (++looked > lookedAt) break;
    if (old.state !== 'alive' && succeeds(peer, old)) found.push(old);
  }
  return found;
}

/** Tells of many peers at once whether they have a successor: of each node only the youngest is looked at. */
export function successionOf(state: State): (old: Peer) => boolean {
  const youngest = new Map<string, Peer>();
  return (old) => {
    let peer = youngest.get(old.node) ?? old;
    if (!youngest.has(old.node)) {
      for (const other of incarnations(state, old.node)) if (startOf(other) > startOf(peer)) peer = other;
      youngest.set(old.node, peer);
    }
    return succeeds(peer, old);
  };
}

function* incarnations(state: State, node: string): Generator<Peer> {
  for (const key of state.nodes.get(node) ?? []) yield state.peers.get(key)!;
}

const succeeds = (peer: Peer, old: Peer): boolean =>
  startOf(peer) > startOf(old) && startOf(peer) >= old.lastAt - slack;

/** A peer that tells no uptime started, for all we know, when it was first heard. */
const startOf = (peer: Peer): number => peer.startedAt ?? peer.firstAt;
