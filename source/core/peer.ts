// One other node in one group: what was heard of it and what it says it hears.
import type { GroupName, HearingReport, Millis, PeerState, Received } from './event.ts';
import { type Jitter, newJitter, observeJitter } from './jitter.ts';
import { newRing, pushRing, type Ring } from './ring.ts';
import { lost, newTrack, observe, type SequenceTrack } from './sequence.ts';
import type { PeerDetail } from './snapshot.ts';
import { addBeat, type Beats, newBeats } from './suspicion.ts';

/** Other senders that one peer may report on; what it says beyond that is not kept. */
const maxHearings = 256;
/** A rate is judged over at least this long, ms. */
const rateFloor = 1000;

export type Hearing = { report: HearingReport; at: Millis };

export type Peer = {
  key: string;
  group: GroupName;
  id: string;
  name: string;
  address: string;
  port: number;
  state: PeerState;
  since: Millis;
  /** A `peer` event told of it. */
  announced: boolean;
  firstAt: Millis;
  lastAt: Millis;
  /** Its clock in the newest datagram. */
  sentAt: Millis;
  received: number;
  bytes: number;
  track: SequenceTrack;
  jitter: Jitter;
  beats: Beats;
  lastBeatAt: Millis | undefined;
  /** Announced interval and uptime, ms. */
  every: number | undefined;
  up: number | undefined;
  ttl: number | undefined;
  rtt: number | undefined;
  restarts: number;
  /** Sequence number of its bye: what arrives later but was sent before does not bring it back. */
  byeSeq: number | undefined;
  hears: Map<string, Hearing>;
  /** Its newest report on this node. */
  aboutMe: HearingReport | undefined;
  history: Ring<PeerDetail['history'][number]>;
  gaps: Ring<PeerDetail['gaps'][number]>;
  recent: Ring<PeerDetail['recent'][number]>;
};

/** What the accounting needs of a datagram of ours. */
export type OwnDatagram = Received & { id: string; name: string; seq: number };

export const peerKey = (id: string, group: GroupName): string => `${id} ${group}`;

export function newPeer(event: OwnDatagram): Peer {
  return {
    key: peerKey(event.id, event.group),
    group: event.group,
    id: event.id,
    name: event.name,
    address: event.address,
    port: event.port,
    state: 'alive',
    since: event.at,
    announced: false,
    firstAt: event.at,
    lastAt: event.at,
    sentAt: event.sentAt ?? 0,
    received: 0,
    bytes: 0,
    track: newTrack(event.seq),
    jitter: newJitter(),
    beats: newBeats(),
    lastBeatAt: undefined,
    every: undefined,
    up: undefined,
    ttl: undefined,
    rtt: undefined,
    restarts: 0,
    byeSeq: undefined,
    hears: new Map(),
    aboutMe: undefined,
    history: newRing(120),
    gaps: newRing(50),
    recent: newRing(20),
  };
}

/** Accounts for one datagram of this peer that came to the group. `first`: it made the peer known. */
export function hear(peer: Peer, event: OwnDatagram, first: boolean): void {
  if (!first) count(peer, event);
  peer.received++;
  peer.bytes += event.bytes;
  peer.name = event.name;
  peer.address = event.address;
  peer.port = event.port;
  peer.lastAt = Math.max(peer.lastAt, event.at);
  if (event.ttl !== undefined) peer.ttl = event.ttl;
  if (event.sentAt !== undefined) {
    observeJitter(peer.jitter, event.at, event.sentAt);
    peer.sentAt = event.sentAt;
  }
  if (event.kind === 'heartbeat') beat(peer, event);
  if (event.kind === 'bye') peer.byeSeq = event.seq;
  pushRing(peer.recent, {
    at: event.at,
    kind: event.kind,
    bytes: event.bytes,
    seq: event.seq,
    text: event.text,
  });
}

function count(peer: Peer, event: OwnDatagram): void {
  const { track } = peer;
  const before = track.max;
  // A long silence at a known rate explains a large leap: that is loss, whatever A.1's constant says.
  const rate = peer.received / Math.max(rateFloor, peer.lastAt - peer.firstAt);
  const arrival = observe(track, event.seq, 2 * rate * (event.at - peer.lastAt));
  if (arrival === 'gap') pushRing(peer.gaps, { at: event.at, from: before + 1, to: event.seq - 1 });
}

function beat(peer: Peer, event: OwnDatagram): void {
  const gap = peer.lastBeatAt === undefined ? 0 : event.at - peer.lastBeatAt;
  if (peer.lastBeatAt !== undefined && peer.state === 'alive') addBeat(peer.beats, gap);
  peer.lastBeatAt = event.at;
  peer.every = event.every;
  peer.up = event.up;
  for (const report of event.hears ?? []) {
    if (peer.hears.size < maxHearings || peer.hears.has(report.id)) {
      peer.hears.set(report.id, { report, at: event.at });
    }
  }
  const { track, jitter } = peer;
  pushRing(peer.history, {
    at: event.at,
    gap,
    rtt: peer.rtt,
    jitter: jitter.value,
    lost: lost(track),
    received: track.got,
  });
}
