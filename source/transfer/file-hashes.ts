// SHA-256 of the files of a share, computed in a thread: the sender's while it waits for receivers, a receiver's once
// all has been written.
import { Worker } from 'node:worker_threads';
import { Fault } from '../core/fault.ts';
import { type HashAnswer, type HashFile, type HashJob, hashed } from './hash-job.ts';
import { threadLimits } from './thread-limits.ts';

export class FileHashes {
  /**
   * One SHA-256 in hex for each file. Rejects with Fault('file-changed') for a file that is not what it was, or
   * Fault('file-failed'); with an Error after stop().
   */
  readonly digests: Promise<string[]>;
  readonly #counters = new BigInt64Array(new SharedArrayBuffer(8));
  readonly #thread: Worker;

  /** `entry` is the built hash-thread.js. */
  constructor(
    entry: URL,
    private readonly files: readonly HashFile[],
  ) {
    const workerData: HashJob = { files, counters: this.#counters };
    this.#thread = new Worker(entry, { workerData, resourceLimits: threadLimits });
    this.digests = new Promise((resolve, reject) => {
      this.#thread.once('message', (answer: HashAnswer) => {
        if ('digests' in answer) resolve(answer.digests);
        else reject(this.#fault(answer));
      });
      this.#thread.once('error', reject);
      this.#thread.once('exit', () => reject(new Error('hashing was stopped')));
    });
    // Whoever stops it early need not listen.
    this.digests.catch(() => {});
  }

  /** Bytes hashed so far, of all files together. */
  get done(): number {
    return Number(Atomics.load(this.#counters, hashed));
  }

  async stop(): Promise<void> {
    await this.#thread.terminate();
  }

  #fault(answer: Exclude<HashAnswer, { digests: string[] }>): Fault {
    if ('changed' in answer) return new Fault('file-changed', { path: this.files[answer.changed]!.path }, 1);
    return new Fault('file-failed', { path: this.files[answer.failed]!.path, reason: answer.reason });
  }
}
