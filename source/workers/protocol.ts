// What the pool and its threads say to each other.

/** Given to a thread at its start. */
export type WorkerSettings = {
  /** Number of the worker, from 1; a replacement keeps it. */
  worker: number;
  /** Datagrams with this id are our own, given back by multicast loopback. */
  selfId: string;
  /** Names of the groups, by the index that packed datagrams carry. */
  groups: string[];
  /** Synthetic load, ms of computing per datagram. */
  work: number;
  /** Write the bytes of each datagram into its event. */
  payloads: boolean;
};

/** Pool to thread. The thread says `ready` once when it can take its first. */
export type Batch = { batch: number; packed: ArrayBuffer };

/** Thread to pool: event lines joined by ",\n" in UTF-8, without those of our own `looped` datagrams. */
export type Answer = {
  batch: number;
  lines: ArrayBuffer;
  /** The same lines with the payloads in them, where they are asked for. */
  kept: ArrayBuffer | undefined;
  looped: number;
  startedAt: number;
  /** Milliseconds of work. */
  run: number;
};

/** Milliseconds since 1970. All threads of a process share the origin, so that their times compare. */
export const now = (): number => performance.timeOrigin + performance.now();
