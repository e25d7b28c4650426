// The processing pool: takes datagrams from the sockets, gives them to worker threads in batches, and releases the
// results in order of arrival, so that concurrency never reorders what a sender said.
//
// An idle worker takes what waits. A quiet network gives one datagram a batch, a burst gives large ones, and slow
// work (`--work`) gives small ones, so that all workers share a burst.
import { Fault } from '../core/fault.ts';
import { Batching } from './batching.ts';
import { threadEntry } from './entry.ts';
import { PackedQueue } from './packing.ts';
import { type Answer, now } from './protocol.ts';
import { type Job, PoolWorker } from './worker.ts';

export type PoolOptions = {
  workers: number;
  /** Datagrams with this id are dropped and counted as looped. */
  selfId: string;
  /** Names of the groups that `push` refers to by index. */
  groups: string[];
  /** Synthetic load, ms of computing per datagram; 0 is none. */
  work: number;
  /** Events tell the bytes of their datagrams too; by default they do not. */
  payloads?: boolean;
  /** Called for each batch, in order of arrival. */
  onBatch(result: BatchResult): void;
  /** A thread died or hung and was replaced: Fault `worker-died` {worker, reason, items?: datagrams lost with it}. */
  onFailure?(fault: Fault): void;
  /** File that the threads run. */
  thread?: URL;
  /** Milliseconds beyond what its batch should take, after which a worker counts as hung. */
  patience?: number;
};

/** One batch. Times are ms. */
export type BatchResult = {
  worker: number;
  /** Datagrams taken in, looped ones included. */
  items: number;
  looped: number;
  /** From the arrival of the oldest datagram to the start of the work. */
  wait: number;
  run: number;
  /** Since 1970. */
  startedAt: number;
  endedAt: number;
  /** Event lines joined by ",\n", UTF-8; empty when all looped or all failed. */
  lines: Uint8Array;
  /** The same lines with payloads, where they are asked for. */
  kept?: Uint8Array;
  /** Two workers died of it. */
  failed?: true;
};

export type WorkerStats = { worker: number; tasks: number; items: number; busy: number };

/** Bounds of all that was taken in and not yet released. */
const mostHeld = 65_536;
const mostHeldBytes = 64 * 1024 * 1024;
const batchBytes = 1024 * 1024;
const tickEvery = 1_000;

export class Pool {
  readonly #queue = new PackedQueue();
  readonly #workers: PoolWorker[] = [];
  /** Idle workers, the longest idle first. */
  readonly #idle: PoolWorker[] = [];
  readonly #retries: Job[] = [];
  /** Handed out and not yet released, by number. */
  readonly #jobs = new Map<number, Job>();
  readonly #results = new Map<number, BatchResult>();
  readonly #drained: (() => void)[] = [];
  readonly #ticker: NodeJS.Timeout;
  readonly #patience: number;
  #nextJob = 0;
  #nextRelease = 0;
  #held = 0;
  #heldBytes = 0;
  #shed = 0;
  readonly #batching: Batching;
  #wake: NodeJS.Immediate | undefined;
  /** Runs while datagrams wait for company. */
  #wait: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(private readonly options: PoolOptions) {
    const {
      selfId,
      groups,
      work,
      payloads = false,
      thread = threadEntry('worker-thread'),
      patience = 10_000,
    } = options;
    this.#patience = patience;
    this.#batching = new Batching(work);
    for (let worker = 1; worker <= options.workers; worker++) {
      this.#workers.push(
        new PoolWorker(
          thread,
          { worker, selfId, groups, work, payloads },
          {
            idle: (freed) => this.#freed(freed),
            answered: (by, job, answer) => this.#answered(by, job, answer),
            died: (lost, job, reason) => this.#died(lost, job, reason),
          },
        ),
      );
    }
    const every = Math.min(tickEvery, patience / 4);
    this.#ticker = setInterval(() => {
      for (const worker of this.#workers) worker.tick(every);
    }, every);
    this.#ticker.unref();
  }

  /** Datagrams that wait for a worker. */
  get queued(): number {
    return this.#queue.items + this.#retries.reduce((sum, job) => sum + job.items, 0);
  }

  /** Arrival of the oldest datagram that is not released yet. */
  get oldestAt(): number | undefined {
    return this.#jobs.get(this.#nextRelease)?.firstAt ?? this.#queue.firstAt;
  }

  /** Copies a datagram in; false when there is no room, which `takeShed` counts. */
  push(
    bytes: Uint8Array,
    address: string,
    port: number,
    group: number,
    at: number,
    unicast: boolean,
  ): boolean {
    if (this.#closed || this.#held >= mostHeld || this.#heldBytes >= mostHeldBytes) {
      this.#shed++;
      return false;
    }
    this.#held++;
    this.#heldBytes += this.#queue.push(bytes, address, port, group, at, unicast);
    // After this round of the event loop: all that its sockets had to read is one batch.
    if (this.#wait === undefined || this.#batching.isWorth(this.#queue.items)) {
      this.#wake ??= setImmediate(() => this.#handOut());
    }
    return true;
  }

  /** Datagrams turned away since the last call. */
  takeShed(): number {
    const shed = this.#shed;
    this.#shed = 0;
    return shed;
  }

  stats(): WorkerStats[] {
    return this.#workers.map(({ number, tasks, items, busy }) => ({ worker: number, tasks, items, busy }));
  }

  /** Resolves when all that was taken in is released, or after `within` ms. */
  async drain(within: number): Promise<void> {
    if (this.#held === 0 || this.#closed) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, within);
      this.#drained.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Stops the threads. What was not released is lost: `drain` first. Safe to call twice. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#ticker);
    clearImmediate(this.#wake);
    clearTimeout(this.#wait);
    for (const resolve of this.#drained.splice(0)) resolve();
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }

  #handOut(): void {
    this.#wake = undefined;
    if (this.#idle.length === 0 || this.queued === 0) return;
    const wait = this.#retries.length > 0 ? 0 : this.#batching.dueIn(this.#queue.items);
    if (wait > 0) {
      this.#wait ??= setTimeout(() => {
        this.#wait = undefined;
        this.#handOut();
      }, wait);
      return;
    }
    while (this.#idle.length > 0 && (this.#retries.length > 0 || this.#queue.items > 0)) {
      const job = this.#retries.shift() ?? this.#nextBatch();
      this.#idle.shift()!.take(job, this.#patience + 2 * this.#batching.expected(job.items));
    }
  }

  #nextBatch(): Job {
    const items = this.#batching.take(this.#queue.items, this.#idle.length);
    const taken = this.#queue.take(items, batchBytes);
    const job: Job = { ...taken, number: this.#nextJob++, tries: 0, handedAt: 0 };
    this.#jobs.set(job.number, job);
    return job;
  }

  #freed(worker: PoolWorker): void {
    this.#idle.push(worker);
    this.#handOut();
  }

  #answered(worker: PoolWorker, job: Job, { lines, kept, looped, startedAt, run }: Answer): void {
    this.#batching.learn(job.items, run);
    this.#settle(job, {
      worker: worker.number,
      items: job.items,
      looped,
      wait: Math.max(0, startedAt - job.firstAt),
      run,
      startedAt,
      endedAt: startedAt + run,
      lines: new Uint8Array(lines),
      ...(kept ? { kept: new Uint8Array(kept) } : {}),
    });
  }

  #died(worker: PoolWorker, job: Job | undefined, reason: string): void {
    const at = this.#idle.indexOf(worker);
    if (at >= 0) this.#idle.splice(at, 1);
    const lost = job !== undefined && job.tries > 1;
    const facts = { worker: worker.number, reason };
    this.options.onFailure?.(new Fault('worker-died', lost ? { ...facts, items: job.items } : facts));
    if (job === undefined) return;
    if (lost) this.#settle(job, failure(worker.number, job));
    else this.#retries.push(job);
    this.#handOut();
  }

  #settle(job: Job, result: BatchResult): void {
    this.#results.set(job.number, result);
    let next = this.#results.get(this.#nextRelease);
    while (next !== undefined && !this.#closed) {
      const { items, packed } = this.#jobs.get(this.#nextRelease)!;
      this.#results.delete(this.#nextRelease);
      this.#jobs.delete(this.#nextRelease);
      this.#nextRelease++;
      this.#held -= items;
      this.#heldBytes -= packed.byteLength;
      this.options.onBatch(next);
      next = this.#results.get(this.#nextRelease);
    }
    if (this.#held === 0) for (const resolve of this.#drained.splice(0)) resolve();
  }
}

function failure(worker: number, job: Job): BatchResult {
  const endedAt = now();
  return {
    worker,
    items: job.items,
    looped: 0,
    wait: Math.max(0, job.handedAt - job.firstAt),
    run: endedAt - job.handedAt,
    startedAt: job.handedAt,
    endedAt,
    lines: new Uint8Array(),
    failed: true,
  };
}
