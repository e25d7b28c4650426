// Decides which peers changed state. Its verdicts are events: recorded with the rest, so that a replay shows the
// same states at the same times without judging anew.
import type { Event, Millis, PeerChanged, PeerState, Received } from './event.ts';
import { type Peer, peerKey } from './peer.ts';
import { elders, successionOf } from './restart.ts';
import type { State } from './state.ts';
import { deadPhi, phi, suspectPhi } from './suspicion.ts';

/** Silence after which a peer is gone, ms; longer where its heartbeats are far apart, within reason. */
const goneAfter = 30_000;
const goneBeats = 10;
const goneAtLast = 30 * 60_000;

/** Verdicts that one datagram calls for; to be asked after it was folded. */
export function judgeHeard(state: State, event: Received): PeerChanged[] {
  if (event.id === undefined || event.unicast || event.kind === 'ack') return [];
  const peer = state.peers.get(peerKey(event.id, event.group));
  if (!peer) return [];
  if (event.kind === 'bye') {
    return peer.saidBye && peer.state !== 'gone' ? [verdict(peer, event.at, 'gone', 'bye')] : [];
  }
  if (!peer.announced) {
    const before = elders(state, peer).map((old) => verdict(old, event.at, 'gone', 'restarted'));
    return [verdict(peer, event.at, 'alive', 'heard'), ...before];
  }
  return peer.state === 'alive' || peer.saidBye ? [] : [verdict(peer, event.at, 'alive', 'heard')];
}

/** Verdicts that the passing of time calls for. `patience` ≥ 1 stretches the deadlines while this node lags. */
export function judgeSilence(state: State, now: Millis, patience: number): PeerChanged[] {
  const verdicts: PeerChanged[] = [];
  const hasSuccessor = successionOf(state);
  for (const peer of state.peers.values()) {
    if (peer.state === 'gone') continue;
    const silence = now - peer.lastAt;
    const next = stateAfter(peer, silence, patience);
    if (rank[next] <= rank[peer.state]) continue;
    if (peer.state === 'alive' && hasSuccessor(peer)) verdicts.push(verdict(peer, now, 'gone', 'restarted'));
    else verdicts.push(verdict(peer, now, next, next === 'gone' ? 'expired' : 'silence'));
  }
  return verdicts;
}

const rank: Record<PeerState, number> = { alive: 0, suspect: 1, dead: 2, gone: 3 };

function stateAfter(peer: Peer, silence: number, patience: number): PeerState {
  const patient = Math.min(Math.max(goneAfter, goneBeats * (peer.every ?? 0)), goneAtLast);
  if (silence > patient * patience) return 'gone';
  const suspicion = suspicionOf(peer, silence, patience);
  if (suspicion >= deadPhi) return 'dead';
  return suspicion >= suspectPhi ? 'suspect' : 'alive';
}

/** φ of a peer; 0 for one that sends no heartbeats, whose silence says nothing. */
export function suspicionOf(peer: Peer, silence: number, patience = 1): number {
  return peer.every ? phi(peer.beats, peer.every, silence, patience) : 0;
}

function verdict(peer: Peer, at: Millis, state: PeerState, reason: PeerChanged['reason']): PeerChanged {
  const event: PeerChanged = {
    type: 'peer',
    at,
    group: peer.group,
    id: peer.id,
    name: peer.name,
    address: peer.address,
    state,
    reason,
  };
  if (peer.announced) event.was = peer.state;
  return event;
}

/**
 * Since when this node seems cut off: every peer fell silent, and they did so together (within two beats) or our
 * own loopback is silent too. One peer alone that fell silent is more likely to have died. undefined: it is not.
 */
export function isolatedSince(state: State): Millis | undefined {
  const silent = [...state.peers.values()].filter(({ saidBye, announced }) => announced && !saidBye);
  if (silent.length === 0 || silent.some((peer) => peer.state === 'alive')) return undefined;
  const last = Math.max(...silent.map(({ lastAt }) => lastAt));
  const together = silent.filter((peer) => last - peer.lastAt <= 2 * (peer.every ?? 1000));
  const deaf = state.loopedAt !== undefined && state.loopedAt <= last + 1000;
  return together.length >= 2 || deaf ? last : undefined;
}

/** The events that `isolatedSince` calls for when it changes. */
export function isolationWarning(before: Millis | undefined, now: Millis | undefined, at: Millis): Event[] {
  if (before !== undefined || now === undefined) return [];
  return [
    {
      type: 'warning',
      at,
      code: 'isolated',
      facts: { seconds: Math.round((at - now) / 1000) },
      text: 'Every peer fell silent at once: this node seems to be cut off from the group.',
    },
  ];
}
