// What is said of a share: the offer that its sender announces, and how its receivers get on.

export const shareModes = ['multicast', 'unicast', 'lab'] as const;
/** Once for all by multicast, a stream for each receiver, or the plain UDP of a networks class. */
export type ShareMode = (typeof shareModes)[number];

/** What a sender announces of a share, each second while it lasts. */
export type Offer = {
  /** 16 lower-case hexadecimal digits, random per share. */
  share: string;
  /** Name of the file or folder, made safe to draw. */
  title: string;
  files: number;
  /** Of all files together. */
  bytes: number;
  /** TCP port at the sender's address where receivers register. */
  control: number;
  mode: ShareMode;
  /** Receivers that it waits for. */
  clients?: number;
  /** 64 hexadecimal digits: the same for the same files, so that a sender that was started again is known. */
  key?: string;
};

export const transferPhases = ['waiting', 'running', 'verifying', 'done', 'failed', 'cancelled'] as const;
/** `done`: every receiver is whole. `failed`: one is not, or none came. The last three are final. */
export type TransferPhase = (typeof transferPhases)[number];

export const receiverStates = [
  'registered',
  'receiving',
  'repairing',
  'verifying',
  'whole',
  'failed',
  'stalled',
] as const;
export type ReceiverState = (typeof receiverStates)[number];

/** One receiver of a transfer, as its sender knows it by its reports; a receiver's own event has itself alone. */
export type TransferReceiver = {
  /** In order of arrival, from 1. */
  number: number;
  name: string;
  address: string;
  port: number;
  /** Bytes of the share that it has. */
  bytes: number;
  /** Blocks that did not come with the first sending, and those among them that came since. */
  lost: number;
  repaired: number;
  /** Datagrams that its own kernel dropped. */
  drops: number;
  /** Bytes per second over the last second. */
  rate: number;
  /** From the first data to its end. */
  seconds?: number;
  state: ReceiverState;
  /** Fault code, of one that failed or stalled. */
  reason?: string;
};

/** Receivers that one transfer event holds. */
export const transferRows = 64;
