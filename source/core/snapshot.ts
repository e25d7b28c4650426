// What the screen is told, at most 15 times a second: only what changed since the snapshot before, so that
// its cost follows the screen and not the message rate.
import type {
  Diagnosis,
  GroupName,
  GroupSettings,
  HearingReport,
  Kind,
  Millis,
  PeerState,
  Totals,
  Transfer,
} from './event.ts';
import type { Offer } from './share.ts';

export type PeerRow = {
  /** `id group`: one node in two groups is two rows. */
  key: string;
  group: GroupName;
  id: string;
  name: string;
  address: string;
  port: number;
  state: PeerState;
  /** When the state began. */
  since: Millis;
  firstAt: Millis;
  lastAt: Millis;
  /** Suspicion at `snapshot.now` (Hayashibara's φ), clamped to 99. */
  phi: number;
  received: number;
  bytes: number;
  lost: number;
  /** lost ÷ expected, 0 to 1. */
  lossRatio: number;
  duplicates: number;
  reordered: number;
  /** Forward leaps too large to be loss; the count of lost starts anew after one. */
  jumps: number;
  /** ms; undefined until known. */
  jitter: number;
  rtt: number | undefined;
  /** Starts of a node with this name and address seen before this one. */
  restarts: number;
  seq: number;
  ttl: number | undefined;
  every: number | undefined;
  /** The peer's own uptime at `lastAt`, ms. */
  up: number | undefined;
};

/** A line of the chat pane. */
export type ChatLine = {
  /** Counts up without gaps over the session. */
  n: number;
  at: Millis;
  group: GroupName;
  /** Name, or `address:port` of a foreign sender; empty for a notice. */
  from: string;
  /** Sent by this node. */
  own: boolean;
  kind: 'chat' | 'text' | 'binary' | 'malformed' | 'notice';
  /** Of a notice: `code` and `facts` to translate, and the English text. */
  text: string;
  code?: string;
  facts?: Record<string, string | number>;
  bytes?: number;
  seq?: number;
};

/** How far an own chat line got. */
export type Delivery = { n: number; delivered: number; of: number; acks: number };

/** A line of the worker pane. */
export type ActivityLine = {
  n: number;
  /** When the batch was done; it began at `at - run`. */
  at: Millis;
  worker: number;
  items: number;
  wait: number;
  run: number;
  failed: boolean;
  /** Other workers that ran at the same time. */
  overlapped: number;
};

export type WorkerRow = {
  worker: number;
  tasks: number;
  items: number /** 0 to 1 over the last seconds. */;
  busy: number;
};

/** One group in the header. */
export type GroupView = GroupSettings & {
  joined: boolean;
  receiveBuffer: number | undefined;
  kernelDrops: number;
};

/** Files that somebody has for the group, while they are announced and not yet accepted or declined here. */
export type OfferView = Offer & {
  group: GroupName;
  /** Name of the sender, and where its control port is. */
  from: string;
  address: string;
  firstAt: Millis;
};

/** The newest diagnosis of its id in its group, and when it began to be wrong, or to be well. */
export type Diagnosed = Omit<Diagnosis, 'type'> & { since: Millis };

export type RecordingView = { path: string; bytes: number; events: number } | { stopped: string } | undefined;

/** Where a replay stands; times are ms from the start of the session. */
export type PlayerView = {
  position: number;
  length: number;
  speed: number;
  playing: boolean;
  atEnd: boolean;
  /** A jump is under way; `position` tells how far it got. */
  seeking?: true;
  /** What `next` looked for and did not find. */
  missed?: string;
};

/** The detail view of one peer. */
export type PeerDetail = {
  key: string;
  /** One sample a heartbeat, oldest first, at most 120. */
  history: {
    at: Millis;
    gap: number;
    rtt: number | undefined;
    jitter: number;
    lost: number;
    received: number;
  }[];
  /** Newest sequence gaps: first and last missing number. */
  gaps: { at: Millis; from: number; to: number }[];
  /** Its newest datagrams. */
  recent: { at: Millis; kind: Kind; bytes: number; seq: number | undefined; text: string | undefined }[];
  /** What it says it hears of others. */
  hears: (HearingReport & { name: string })[];
};

/** Who hears whom: `cells[i][j]` is how node j is heard by node i; undefined where nothing was reported. */
export type Matrix = {
  nodes: { id: string; name: string; self: boolean; state: PeerState }[];
  cells: ({ lossRatio: number; jitter: number; rtt?: number; at: Millis } | undefined)[][];
  /** Nodes left out because the matrix is bounded. */
  more: number;
};

export type Snapshot = {
  /** The engine's clock, or the session's in a replay. */
  now: Millis;
  /** Forget what earlier snapshots said: the start, a seek or a reset. */
  fresh: boolean;
  self: { id: string; name: string; version: string };
  startedAt: Millis;
  groups: GroupView[];
  recording: RecordingView;
  totals: Totals;
  /** Per second, over the last whole second. */
  rates: { received: number; bytes: number; sent: number };
  /** Datagrams in each of the last 60 seconds, oldest first. */
  rateHistory: number[];
  /** All peers known, and how many of them are in each state. */
  peerCount: Record<PeerState, number>;
  /** Rows that changed, and keys of rows that are no more; a transfer's key is its share. */
  peers: PeerRow[];
  removed: string[];
  chat: ChatLine[];
  deliveries: Delivery[];
  activity: ActivityLine[];
  workers: WorkerRow[];
  /** All offers that stand, oldest first. */
  offers: OfferView[];
  /** File transfers that changed; one is known by its `share`. */
  transfers: Transfer[];
  /** What is known to be wrong or was, in order of first being found; only where that changed since the snapshot before. */
  diagnoses?: Diagnosed[];
  /** There is a doctor to call; since when one is at work. */
  doctor?: { since?: Millis };
  /** How often the memberships are reported though nobody asks, ms. */
  refreshEvery?: Millis;
  /** Datagrams waiting for a worker. */
  queued: number;
  /** Every peer fell silent together: it is this node that is cut off. Since when. */
  isolatedSince: Millis | undefined;
  /** When anything was last heard from another node; undefined if never. */
  heardAt: Millis | undefined;
  /** Longest stall of the engine's event loop in the last second, ms. */
  lag: number;
  detail?: PeerDetail;
  matrix?: Matrix;
  player?: PlayerView;
};
