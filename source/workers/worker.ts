// One worker of the pool as the pool sees it: a number, a thread that may die and is replaced, and the batch that
// the thread has in hand.
import { Worker as Thread } from 'node:worker_threads';
import { type Answer, type Batch, now, type WorkerSettings } from './protocol.ts';

/** A batch on its way. The thread gets a copy of the bytes, so that another can try again. */
export type Job = {
  number: number;
  packed: ArrayBuffer;
  items: number;
  /** Arrival of its oldest datagram, ms since 1970. */
  firstAt: number;
  tries: number;
  /** When it was last handed to a thread. */
  handedAt: number;
};

export type WorkerEvents = {
  /** It can take a job: just started, or done with one (told before the answer). */
  idle(worker: PoolWorker): void;
  answered(worker: PoolWorker, job: Job, answer: Answer): void;
  /** Its thread is gone, with the job in hand if there was one. Told once for a row of threads that cannot start. */
  died(worker: PoolWorker, job: Job | undefined, reason: string): void;
};

/** Waits between attempts to start a thread that dies before it is ready, ms. */
const firstPause = 100;
const longestPause = 5_000;
/** A thread that outgrows this dies alone, and not the process with it. */
const heapMiB = 256;
/** Room for the batch in hand; by default it grows to 48 MiB a thread, which collects garbage no faster. */
const youngMiB = 12;

export class PoolWorker {
  tasks = 0;
  items = 0;
  /** Milliseconds of work since the pool's start. */
  busy = 0;
  #thread: Thread | undefined;
  #ready = false;
  #failedStarts = 0;
  #pause: NodeJS.Timeout | undefined;
  #job: Job | undefined;
  /** Milliseconds that the job may still take. */
  #patience = 0;
  #closed = false;

  constructor(
    private readonly file: URL,
    private readonly settings: WorkerSettings,
    private readonly events: WorkerEvents,
  ) {
    this.#start();
  }

  get number(): number {
    return this.settings.worker;
  }

  /** Hands over a job, which may take `patience` ms before the thread counts as hung. */
  take(job: Job, patience: number): void {
    job.tries++;
    job.handedAt = now();
    this.#job = job;
    this.#patience = patience;
    const packed = job.packed.slice(0);
    const batch: Batch = { batch: job.number, packed };
    this.#thread!.postMessage(batch, [packed]);
  }

  /** Called every `ms`, which also holds when the whole process was stopped meanwhile: then no patience is lost. */
  tick(ms: number): void {
    if (this.#job === undefined || this.#patience <= 0) return;
    this.#patience -= ms;
    if (this.#patience <= 0) void this.#thread!.terminate();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#pause);
    await this.#thread?.terminate();
  }

  #start(): void {
    const thread = new Thread(this.file, {
      workerData: this.settings,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: heapMiB, maxYoungGenerationSizeMb: youngMiB },
    });
    this.#thread = thread;
    let reason = 'exit';
    thread.on('message', (message: 'ready' | Answer) => this.#hear(message));
    thread.on('error', (error: NodeJS.ErrnoException) => {
      reason = error.code ?? error.name;
    });
    thread.on('exit', () => this.#lost(reason));
  }

  #hear(message: 'ready' | Answer): void {
    if (this.#closed) return;
    if (message === 'ready') {
      this.#ready = true;
      this.#failedStarts = 0;
      this.events.idle(this);
      return;
    }
    const job = this.#job;
    if (job?.number !== message.batch) return;
    this.#job = undefined;
    this.tasks++;
    this.items += job.items;
    this.busy += message.run;
    // The thread gets its next job before the result of this one is looked at.
    this.events.idle(this);
    this.events.answered(this, job, message);
  }

  #lost(reason: string): void {
    if (this.#closed) return;
    const job = this.#job;
    const hung = job !== undefined && this.#patience <= 0;
    const wasReady = this.#ready;
    this.#job = undefined;
    this.#ready = false;
    if (wasReady) {
      this.#start();
    } else {
      const pause = Math.min(firstPause * 2 ** this.#failedStarts, longestPause);
      this.#failedStarts++;
      this.#pause = setTimeout(() => this.#start(), pause);
    }
    if (wasReady || this.#failedStarts === 1) this.events.died(this, job, hung ? 'hung' : reason);
  }
}
