// Makes snapshots of a state for the screen: what changed since the one before, and nothing that nobody looks at.
import type { Millis, PeerState, Totals, Transfer } from './event.ts';
import { isolatedSince, suspicionOf } from './judge.ts';
import { matrixOf } from './matrix.ts';
import { offersOf } from './offers.ts';
import type { Peer } from './peer.ts';
import { ringItems, ringSince } from './ring.ts';
import { lossRatio, lost } from './sequence.ts';
import type { Delivery, GroupView, PeerDetail, PeerRow, Snapshot, WorkerRow } from './snapshot.ts';
import { maxPeers, type State } from './state.ts';
import { lastMinute } from './tally.ts';

/** Newest lines of a pane in one snapshot; a screen shows fewer. */
const maxLines = 300;
/** Time over which a worker's load is told, ms. */
const busySpan = 1000;

/** What a viewer looks at besides the panes. */
export type Watch = { peer: string | undefined; matrix: boolean };

/** What a state cannot know of whatever runs it. */
export type Surroundings = Pick<Snapshot, 'recording' | 'queued' | 'lag'> &
  Partial<Pick<Snapshot, 'player' | 'doctor' | 'refreshEvery'>>;

export class Publisher {
  #chatSeen = 0;
  #activitySeen = 0;
  #diagnosed = -1;
  #busy = new Map<number, { at: Millis; busy: number; share: number }>();
  #first = true;

  constructor(private state: State) {}

  /** Go on with another state (a replay jumped): the next snapshot says that everything is new. */
  restart(state: State): void {
    this.state = state;
    this.#chatSeen = 0;
    this.#activitySeen = 0;
    this.#diagnosed = -1;
    this.#busy.clear();
    this.#first = true;
  }

  /** `now` in the state's own time. */
  snapshot(now: Millis, watch: Watch, around: Surroundings): Snapshot {
    const { state } = this;
    if (state.removed.size >= maxPeers) this.restart(state);
    const fresh = this.#first;
    this.#first = false;
    const chat = ringSince(state.chat, this.#chatSeen, maxLines);
    const activity = ringSince(state.activity, this.#activitySeen, maxLines);
    this.#chatSeen = state.chat.total;
    this.#activitySeen = state.activity.total;
    const minute = lastMinute(state, now);
    const newest = minute.at(-1)!;
    const snapshot: Snapshot = {
      now,
      fresh,
      self: state.self,
      startedAt: state.startedAt,
      groups: groupsOf(state),
      totals: totalsOf(state),
      rates: { received: newest.received, bytes: newest.bytes, sent: newest.sent },
      rateHistory: minute.map(({ received }) => received),
      peerCount: countStates(state),
      peers: this.#changedRows(now, fresh),
      removed: [...state.removed],
      chat,
      deliveries: this.#deliveries(fresh),
      activity,
      workers: this.#workers(now),
      offers: offersOf(state, now),
      transfers: this.#transfers(fresh),
      isolatedSince: isolatedSince(state),
      heardAt: state.heardAt,
      ...around,
    };
    state.removed.clear();
    if (state.diagnosed !== this.#diagnosed) snapshot.diagnoses = [...state.diagnoses.values()];
    this.#diagnosed = state.diagnosed;
    const peer = watch.peer === undefined ? undefined : state.peers.get(watch.peer);
    if (peer) snapshot.detail = detailOf(state, peer);
    if (watch.matrix) snapshot.matrix = matrixOf(state);
    return snapshot;
  }

  #changedRows(now: Millis, fresh: boolean): PeerRow[] {
    const { state } = this;
    const rows: PeerRow[] = [];
    for (const key of fresh ? state.peers.keys() : state.changed) {
      const peer = state.peers.get(key);
      if (peer?.announced) rows.push(rowOf(peer, now));
    }
    state.changed.clear();
    // φ of a silent peer grows by itself: its row stays due until it is gone.
    for (const peer of state.peers.values()) {
      if (peer.state === 'suspect' || peer.state === 'dead') state.changed.add(peer.key);
    }
    return rows;
  }

  #deliveries(fresh: boolean): Delivery[] {
    const { outbox, ticked } = this.state;
    const due = fresh ? outbox : outbox.filter(({ n }) => ticked.has(n));
    ticked.clear();
    return due.map(({ n, delivered, of, acks }) => ({
      n,
      delivered: delivered.size,
      // One that was taken for silent when the line went out may have it all the same.
      of: Math.max(of, delivered.size),
      acks: acks.size,
    }));
  }

  #transfers(fresh: boolean): Transfer[] {
    const { transfers, moved } = this.state;
    const due = [...(fresh ? transfers.keys() : moved)].map((share) => transfers.get(share)!);
    moved.clear();
    return due;
  }

  #workers(now: Millis): WorkerRow[] {
    return [...this.state.workers.values()]
      .map(({ worker, tasks, items, busy }) => {
        const mark = this.#busy.get(worker) ?? { at: now, busy, share: 0 };
        this.#busy.set(worker, mark);
        if (now - mark.at >= busySpan) {
          mark.share = Math.min(1, (busy - mark.busy) / (now - mark.at));
          mark.at = now;
          mark.busy = busy;
        }
        return { worker, tasks, items, busy: mark.share };
      })
      .sort((a, b) => a.worker - b.worker);
  }
}

function groupsOf({ groups }: State): GroupView[] {
  return [...groups.values()].map(({ settings, joined, receiveBuffer, kernelDrops }) => ({
    ...settings,
    joined,
    receiveBuffer,
    kernelDrops,
  }));
}

export function rowOf(peer: Peer, now: Millis): PeerRow {
  const { track } = peer;
  return {
    key: peer.key,
    group: peer.group,
    id: peer.id,
    name: peer.name,
    address: peer.address,
    port: peer.port,
    state: peer.state,
    since: peer.since,
    firstAt: peer.firstAt,
    lastAt: peer.lastAt,
    phi: peer.state === 'gone' ? 0 : suspicionOf(peer, now - peer.lastAt),
    received: peer.received,
    bytes: peer.bytes,
    lost: lost(track),
    lossRatio: lossRatio(track),
    duplicates: track.duplicates,
    reordered: track.reordered,
    jumps: track.jumps,
    jitter: peer.jitter.value,
    rtt: peer.rtt,
    restarts: peer.restarts,
    seq: track.max,
    ttl: peer.ttl,
    every: peer.every,
    up: peer.startedAt === undefined ? undefined : peer.lastAt - peer.startedAt,
  };
}

function detailOf(state: State, peer: Peer): PeerDetail {
  const names = new Map([...state.peers.values()].map(({ id, name }) => [id, name]));
  names.set(state.self.id, state.self.name);
  return {
    key: peer.key,
    history: ringItems(peer.history),
    gaps: ringItems(peer.gaps),
    recent: ringItems(peer.recent),
    hears: [...peer.hears.values()].map(({ report }) => ({
      ...report,
      name: names.get(report.id) ?? report.id,
    })),
  };
}

/** Totals with the loss of all peers, those whose rows are no more included. */
export function totalsOf(state: State): Totals {
  const sum = { ...state.retired };
  for (const { track } of state.peers.values()) {
    sum.lost += lost(track);
    sum.duplicates += track.duplicates;
    sum.reordered += track.reordered;
  }
  return { ...state.totals, ...sum };
}

function countStates(state: State): Record<PeerState, number> {
  const count = { alive: 0, suspect: 0, dead: 0, gone: 0 };
  for (const peer of state.peers.values()) count[peer.state]++;
  return count;
}
