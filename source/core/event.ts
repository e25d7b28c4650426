// Everything that happens is an event. A live engine makes events from the network, a player makes the
// same ones from a session file; the fold, the printer and the recorder see nothing else.
// An event is plain JSON: one line of a session file, one line of `listen --json`.

import type { Offer, ShareMode, TransferPhase, TransferReceiver } from './share.ts';

/** Milliseconds since 1970, with a fraction. */
export type Millis = number;

/** `address:port` as a person writes it: `239.255.0.1:50000` or `[ff15::4d43]:50000`. */
export type GroupName = string;

export const kinds = ['chat', 'heartbeat', 'ack', 'bye', 'share', 'text', 'binary', 'malformed'] as const;

/** What a datagram is: five kinds of our own, foreign text or bytes, or one that claims to be ours and is not valid. */
export type Kind = (typeof kinds)[number];

/** What a node heard of one sender, as RTCP's report block (RFC 3550 §6.4.1) with the sender's clock echoed. */
export type HearingReport = {
  id: string;
  /** Highest sequence number heard. */
  seq: number;
  /** Datagrams received, without duplicates. */
  got: number;
  lost: number;
  duplicates: number;
  /** Inter-arrival jitter in ms (RFC 3550 A.8). */
  jitter: number;
  /** The `at` of the newest datagram heard from that sender, in the sender's own clock. */
  at: Millis;
  /** Milliseconds between hearing that datagram and sending this report. */
  held: number;
};

/** Bytes of a datagram that a session keeps: the largest that the plain scripts of a lab read, and all of ours. */
export const payloadLimit = 10_240;

/** One datagram that arrived, decoded and made safe to draw. */
export type Received = {
  type: 'received';
  /** Arrival at the socket. */
  at: Millis;
  group: GroupName;
  address: string;
  port: number;
  bytes: number;
  kind: Kind;
  /** It came to the reply socket, not to the group. */
  unicast?: true;
  /** Number of the worker that processed it, from 1. */
  worker?: number;
  /** Of a chat or foreign text, made safe and cut to a length. */
  text?: string;
  /** First bytes in hexadecimal, of binary and malformed datagrams. */
  hex?: string;
  /** Why a datagram that claims to be ours is malformed. */
  reason?: string;
  /** Kind as written, of a message of ours that this version does not know (its `kind` is then `binary`). */
  unknown?: string;
  id?: string;
  name?: string;
  seq?: number;
  /** The sender's clock when it sent. */
  sentAt?: Millis;
  ttl?: number;
  /** Of a heartbeat: announced interval in ms, uptime in ms, reports on other senders. */
  every?: number;
  up?: number;
  hears?: HearingReport[];
  /** Of an ack: the sequence number of the chat that it answers; absent in the plain three bytes `ack`. */
  of?: number;
  /** Of a share: the files that its sender has for the group. */
  offer?: Offer;
  /** The datagram's first bytes (at most `payloadLimit`) in base64, where the session keeps them. */
  payload?: string;
};

/** One datagram of ours that went out. */
export type Sent = {
  type: 'sent';
  at: Millis;
  group: GroupName;
  bytes: number;
  kind: Kind;
  /** `address:port` of a unicast reply; absent when it went to the group. */
  to?: string;
  text?: string;
  id?: string;
  name?: string;
  seq?: number;
  of?: number;
  /** Of a share: what was announced. */
  offer?: Offer;
  /** As of a received one. */
  payload?: string;
};

/** One batch that a worker of the pool processed. Its datagrams are the `received` events just before it. */
export type Task = {
  type: 'task';
  at: Millis;
  worker: number;
  items: number;
  /** Milliseconds that the oldest datagram of the batch queued. */
  wait: number;
  /** Milliseconds of work. */
  run: number;
  /** Own datagrams among them that came back by multicast loopback; they become no event of their own. */
  looped?: number;
  /** The worker died or hung and a second try failed too: these items were lost. */
  failed?: true;
};

export const peerStates = ['alive', 'suspect', 'dead', 'gone'] as const;
export type PeerState = (typeof peerStates)[number];

/** A peer changed its state. */
export type PeerChanged = {
  type: 'peer';
  at: Millis;
  group: GroupName;
  id: string;
  name: string;
  address: string;
  state: PeerState;
  /** State before; absent for a peer heard for the first time. */
  was?: PeerState;
  reason: 'heard' | 'silence' | 'bye' | 'restarted' | 'expired';
};

/** Datagrams that the kernel dropped at our socket: this host was too slow, the network did deliver them. */
export type Dropped = { type: 'dropped'; at: Millis; group: GroupName; count: number };

/** Datagrams that our own full queue, or the limit on peers or acknowledgements, turned away. */
export type Shed = {
  type: 'shed';
  at: Millis;
  what: 'queue' | 'peers' | 'acks' | 'screen' | 'record';
  count: number;
};

/** How far a file transfer of this node is; the newest event of a share says it all. At most 4 a second. */
export type Transfer = {
  type: 'transfer';
  at: Millis;
  share: string;
  role: 'sender' | 'receiver';
  phase: TransferPhase;
  title: string;
  files: number;
  /** Bytes of all files together. */
  total: number;
  mode: ShareMode;
  /** Where the data go, `address:port`, as soon as that is known. */
  group?: GroupName;
  /** Name of the sender. */
  from: string;
  /** Read here by the sender, written here by the receiver. */
  path?: string;
  /** Why it failed. */
  reason?: { code: string; facts: Record<string, string | number> };
  /** Duration of the data phase. */
  seconds?: number;
  /** Payload bytes that the sender put on the wire, repairs included; known to the sender alone. */
  sent?: number;
  /** At most 64, by number. */
  receivers: TransferReceiver[];
  /** Receivers beyond those listed. */
  more?: number;
};

/** Something a person should know and can act on. `code` and `facts` translate; `text` is the English sentence. */
export type Warning = {
  type: 'warning';
  at: Millis;
  code: string;
  facts: Record<string, string | number>;
  text: string;
};

export const diagnosisStatuses = ['ok', 'warn', 'fail', 'unknown'] as const;

/** What is wrong with the group here, or is not any more: found by watching it, or by a check of the doctor. */
export type Diagnosis = {
  type: 'diagnosis';
  at: Millis;
  group?: GroupName;
  /** Of a check, as `igmp.querier`, or of what is watched all the time, as `live.silence`. */
  id: string;
  /** `ok` ends what was found earlier under the same id in that group. */
  status: (typeof diagnosisStatuses)[number];
  /** `code` and `facts` translate; `text` is the cause as an English sentence. */
  code: string;
  facts: Record<string, string | number>;
  text: string;
  /** What was read or counted, as it stood there. */
  evidence?: string;
  /** What to do about it, mostly a command. */
  remedy?: string;
  /** A standard or a manual that explains it. */
  link?: string;
};

/** One group as this node takes part in it. */
export type GroupSettings = {
  group: GroupName;
  interface: string;
  /** Our address on that interface. */
  address: string;
  ttl: number;
  /** Source-specific membership (RFC 4607): only this sender. */
  source?: string;
};

export type Started = {
  type: 'started';
  at: Millis;
  version: string;
  id: string;
  name: string;
  groups: GroupSettings[];
  workers: number;
  /** Heartbeat interval asked for, ms; 0 sends none. */
  heartbeat: number;
};
/** `receiveBuffer` is what the kernel granted, bytes; `replyPort` is where unicast replies come to. */
export type Joined = {
  type: 'joined';
  at: Millis;
  receiveBuffer?: number;
  replyPort?: number;
} & GroupSettings;
export type Left = { type: 'left'; at: Millis; group: GroupName; reason: string };

export type Totals = {
  received: number;
  bytes: number;
  sent: number;
  sentBytes: number;
  kinds: Record<Kind, number>;
  /** Malformed datagrams by reason. */
  malformed: Record<string, number>;
  /** Our own datagrams that came back to us by multicast loopback; counted nowhere else. */
  looped: number;
  lost: number;
  duplicates: number;
  reordered: number;
  kernelDrops: number;
  shed: Record<Shed['what'], number>;
  tasks: number;
  failedItems: number;
};
export type Stopped = { type: 'stopped'; at: Millis; reason: string; totals: Totals };

export type Event =
  | Started
  | Joined
  | Left
  | Received
  | Sent
  | Task
  | PeerChanged
  | Dropped
  | Shed
  | Transfer
  | Warning
  | Diagnosis
  | Stopped;
