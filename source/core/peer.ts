// One other node in one group: what was heard of it and what it says it hears.
import type { GroupName, HearingReport, Millis, PeerState, Received } from './event.ts';
import { type Jitter, newJitter, observeJitter } from './jitter.ts';
import { newRing, pushRing, type Ring } from './ring.ts';
import { type Arrival, arrived, lost, newTrack, observe, type SequenceTrack } from './sequence.ts';
import type { PeerDetail } from './snapshot.ts';
import { addBeat, type Beats, newBeats } from './suspicion.ts';

/** Reports kept, of all peers and of one; the sender not reported on for longest makes room. */
const allHearings = 50_000;
const maxHearings = 256;
const minHearings = 32;
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
  /** What its incarnations have in common, as `state.nodes` has it. */
  node: string;
  state: PeerState;
  since: Millis;
  /** A `peer` event told of it. */
  announced: boolean;
  firstAt: Millis;
  lastAt: Millis;
  /** Its clock in its newest datagram, and when that one came: what its round trip is measured with. */
  sentAt: Millis;
  sentHeardAt: Millis;
  received: number;
  bytes: number;
  track: SequenceTrack;
  jitter: Jitter;
  beats: Beats;
  lastBeatAt: Millis | undefined;
  /** Announced interval, ms. */
  every: number | undefined;
  /** When it was started, in our clock, by the uptime it tells. */
  startedAt: Millis | undefined;
  ttl: number | undefined;
  rtt: number | undefined;
  restarts: number;
  /** Its newest datagram was a bye: what arrives later but was sent before does not bring it back. */
  saidBye: boolean;
  hears: Map<string, Hearing>;
  /** Its newest heartbeat that says what it hears; a plain script's do not. */
  reportsAt: Millis | undefined;
  /** Another address than its own that copies of its datagrams came from, and when. */
  twin: { address: string; at: Millis } | undefined;
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
    node: '',
    state: 'alive',
    since: event.at,
    announced: false,
    firstAt: event.at,
    lastAt: event.at,
    sentAt: event.sentAt ?? 0,
    sentHeardAt: event.at,
    received: 0,
    bytes: 0,
    track: newTrack(event.seq),
    jitter: newJitter(),
    beats: newBeats(),
    lastBeatAt: undefined,
    every: undefined,
    startedAt: undefined,
    ttl: undefined,
    rtt: undefined,
    restarts: 0,
    saidBye: false,
    hears: new Map(),
    reportsAt: undefined,
    twin: undefined,
    aboutMe: undefined,
    history: newRing(120),
    gaps: newRing(50),
    recent: newRing(20),
  };
}

/**
 * Accounts for one datagram of this peer that came to the group. `first`: it made the peer known; `peers`: how many
 * are. True when it is news: a late or doubled one is counted, but what it says was true before, and its travel
 * time tells nothing.
 */
export function hear(peer: Peer, event: OwnDatagram, first: boolean, peers: number): boolean {
  const arrival = first ? 'next' : count(peer, event);
  const news = arrival !== 'late' && arrival !== 'duplicate';
  if (arrival === 'duplicate' && event.address !== peer.address) {
    peer.twin = { address: peer.address, at: event.at };
  }
  peer.received++;
  peer.bytes += event.bytes;
  peer.name = event.name;
  peer.address = event.address;
  peer.port = event.port;
  peer.lastAt = Math.max(peer.lastAt, event.at);
  if (event.ttl !== undefined) peer.ttl = event.ttl;
  if (event.sentAt !== undefined) observeJitter(peer.jitter, event.at, event.sentAt);
  if (news) {
    peer.sentAt = event.sentAt ?? peer.sentAt;
    peer.sentHeardAt = event.at;
    peer.saidBye = event.kind === 'bye';
    if (event.kind === 'heartbeat') beat(peer, event, peers);
  }
  pushRing(peer.recent, {
    at: event.at,
    kind: event.kind,
    bytes: event.bytes,
    seq: event.seq,
    text: event.text,
  });
  return news;
}

function count(peer: Peer, event: OwnDatagram): Arrival {
  const { track } = peer;
  const before = track.max;
  // A long silence at a known rate explains a large leap: that is loss, whatever A.1's constant says.
  const rate = peer.received / Math.max(rateFloor, peer.lastAt - peer.firstAt);
  const arrival = observe(track, event.seq, 2 * rate * (event.at - peer.lastAt));
  if (arrival === 'gap') pushRing(peer.gaps, { at: event.at, from: before + 1, to: event.seq - 1 });
  return arrival;
}

function beat(peer: Peer, event: OwnDatagram, peers: number): void {
  const gap = peer.lastBeatAt === undefined ? 0 : event.at - peer.lastBeatAt;
  // As Akka has it: what was only suspected teaches the detector patience, what was taken for dead does not.
  const failed = peer.state === 'dead' || peer.state === 'gone';
  if (peer.lastBeatAt !== undefined && !failed) addBeat(peer.beats, gap);
  peer.lastBeatAt = event.at;
  peer.every = event.every;
  peer.startedAt = event.up === undefined ? undefined : event.at - event.up;
  if (event.hears) peer.reportsAt = event.at;
  const room = Math.max(minHearings, Math.min(maxHearings, Math.floor(allHearings / peers)));
  for (const report of event.hears ?? []) keepHearing(peer, { report, at: event.at }, room);
  const { track, jitter } = peer;
  pushRing(peer.history, {
    at: event.at,
    gap,
    rtt: peer.rtt,
    jitter: jitter.value,
    lost: lost(track),
    received: arrived(track),
  });
}

function keepHearing({ hears }: Peer, hearing: Hearing, room: number): void {
  const { id } = hearing.report;
  hears.delete(id);
  hears.set(id, hearing);
  // A Map remembers the order of insertion: its first key is the oldest.
  for (const oldest of hears.keys()) {
    if (hears.size <= room) break;
    hears.delete(oldest);
  }
}
