// All that is known, as plain data: the fold alone writes it, a replay copies it for its checkpoints.
import type { GroupName, GroupSettings, Millis, Totals, Transfer } from './event.ts';
import type { Peer } from './peer.ts';
import { newRing, type Ring } from './ring.ts';
import type { ActivityLine, ChatLine, Diagnosed, OfferView } from './snapshot.ts';

/** Peers known at once; a new one beyond that waits until one that is gone makes room. */
export const maxPeers = 10_000;

export type GroupState = {
  settings: GroupSettings;
  joined: boolean;
  receiveBuffer: number | undefined;
  kernelDrops: number;
  joinedAt: Millis;
  /** When anything of others was last heard there, and anything that did not come from this host. */
  heardAt: Millis | undefined;
  heardFarAt: Millis | undefined;
};

/** An own chat line and who is known to have it. */
export type Outgoing = {
  n: number;
  group: GroupName;
  seq: number;
  /** Peers alive when it was sent. */
  of: number;
  delivered: Set<string>;
  /** `address:port` of those who acknowledged it. */
  acks: Set<string>;
};

export type WorkerState = {
  worker: number;
  tasks: number;
  items: number;
  /** ms of work in all. */
  busy: number;
  /** Its newest runs, to tell which runs of others overlapped. */
  runs: { from: Millis; to: Millis }[];
};

/** An offer while it is announced. */
export type Offered = {
  view: OfferView;
  /** Identity of the node that announces it. */
  id: string;
  lastAt: Millis;
  declined: boolean;
};

/** One second of traffic. */
export type Second = { second: number; received: number; bytes: number; sent: number };

export type State = {
  self: { id: string; name: string; version: string };
  startedAt: Millis;
  /** Of the newest event. */
  at: Millis;
  stopped: boolean;
  groups: Map<GroupName, GroupState>;
  peers: Map<string, Peer>;
  /** Keys of those that are gone, in the order they went. */
  gone: Set<string>;
  /** Keys by group, address and name: the incarnations of each node. */
  nodes: Map<string, Set<string>>;
  totals: Totals;
  /** Counts of peers whose rows are no more. */
  retired: { lost: number; duplicates: number; reordered: number };
  chat: Ring<ChatLine>;
  activity: Ring<ActivityLine>;
  outbox: Outgoing[];
  workers: Map<number, WorkerState>;
  /** By share, in the order in which they came. */
  offers: Map<string, Offered>;
  transfers: Map<string, Transfer>;
  /** By id and group. */
  diagnoses: Map<string, Diagnosed>;
  seconds: Second[];
  /** When another node, and when our own loopback, was last heard. */
  heardAt: Millis | undefined;
  loopedAt: Millis | undefined;
  /** Malformed datagrams since the chat last showed one, and when that was. */
  malformedQuietly: number;
  malformedShownAt: Millis;
  /** Notices of peers in the newest second that had one. */
  peerNotices: { second: number; shown: number; hidden: number };
  sweptAt: Millis;
  /** For the publisher: rows that changed, rows that went, own lines whose ticks changed, transfers that moved on. */
  changed: Set<string>;
  removed: Set<string>;
  ticked: Set<number>;
  moved: Set<string>;
  /** Counts the diagnoses. */
  diagnosed: number;
};

export function newTotals(): Totals {
  return {
    received: 0,
    bytes: 0,
    sent: 0,
    sentBytes: 0,
    kinds: { chat: 0, heartbeat: 0, ack: 0, bye: 0, share: 0, text: 0, binary: 0, malformed: 0 },
    malformed: {},
    looped: 0,
    lost: 0,
    duplicates: 0,
    reordered: 0,
    kernelDrops: 0,
    shed: { queue: 0, peers: 0, acks: 0, screen: 0, record: 0 },
    tasks: 0,
    failedItems: 0,
  };
}

export function newState(): State {
  return {
    self: { id: '', name: '', version: '' },
    startedAt: 0,
    at: 0,
    stopped: false,
    groups: new Map(),
    peers: new Map(),
    gone: new Set(),
    nodes: new Map(),
    totals: newTotals(),
    retired: { lost: 0, duplicates: 0, reordered: 0 },
    chat: newRing(2000),
    activity: newRing(1000),
    outbox: [],
    workers: new Map(),
    offers: new Map(),
    transfers: new Map(),
    diagnoses: new Map(),
    seconds: [],
    heardAt: undefined,
    loopedAt: undefined,
    malformedQuietly: 0,
    malformedShownAt: 0,
    peerNotices: { second: 0, shown: 0, hidden: 0 },
    sweptAt: 0,
    changed: new Set(),
    removed: new Set(),
    ticked: new Set(),
    moved: new Set(),
    diagnosed: 0,
  };
}
