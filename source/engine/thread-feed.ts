// The main thread's side of a link: a feed of snapshots from an engine's or a player's thread.
import { Worker } from 'node:worker_threads';
import { Fault } from '../core/fault.ts';
import type { Command, Feed } from '../core/feed.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { FromThread, ToThread } from './link.ts';

/** A thread that does not answer a close in this time is ended by force, ms. */
const patience = 5000;
/** Room for what was made last. By default it grows to 48 MiB a thread, which collects garbage no faster. */
const youngMiB = 12;

export class ThreadFeed implements Feed {
  readonly ended: Promise<void>;
  readonly #worker: Worker;
  readonly #snapshots = new Set<(snapshot: Snapshot) => void>();
  #lines: ((block: string) => void) | undefined;
  /** Blocks that came before anybody listened: the start. They count as under way, so they are bounded. */
  readonly #early: Uint8Array[] = [];
  #closing = false;
  #markEnded!: () => void;
  #fail!: (fault: Error) => void;

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.ended = new Promise((resolve, reject) => {
      this.#markEnded = resolve;
      this.#fail = reject;
    });
    // Whoever awaits `ended` gets the fault; nobody awaiting it yet is no crash.
    this.ended.catch(() => {});
  }

  /** Starts a thread and waits until it is ready. Rejects with the Fault that it meets. */
  static start(entry: URL, workerData: unknown): Promise<ThreadFeed> {
    const worker = new Worker(entry, { workerData, resourceLimits: { maxYoungGenerationSizeMb: youngMiB } });
    const feed = new ThreadFeed(worker);
    return new Promise((resolve, reject) => {
      worker.on('message', (message: FromThread) => {
        if ('ready' in message) resolve(feed);
        feed.#take(message);
      });
      feed.ended.catch(reject);
      worker.on('error', (error) => feed.#fail(error));
      worker.on('exit', () => feed.#exited());
    });
  }

  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    this.#snapshots.add(listener);
    // The first snapshot waits for somebody to take it.
    if (this.#snapshots.size === 1) this.#post({ took: 'snapshot' });
    return () => this.#snapshots.delete(listener);
  }

  onLines(listener: (block: string) => void): void {
    this.#lines = listener;
    for (const block of this.#early.splice(0)) this.#print(block);
  }

  send(command: Command): void {
    this.#post({ command });
  }

  async close(reason: string): Promise<void> {
    if (!this.#closing) {
      this.#closing = true;
      this.#post({ close: reason });
    }
    const force = setTimeout(() => this.#worker.terminate(), patience);
    await this.ended.catch(() => {});
    clearTimeout(force);
    await this.#worker.terminate();
  }

  #take(message: FromThread): void {
    if ('snapshot' in message) {
      for (const listener of this.#snapshots) listener(message.snapshot);
      this.#post({ took: 'snapshot' });
    } else if ('lines' in message) {
      if (this.#lines) this.#print(message.lines);
      else this.#early.push(message.lines);
    } else if ('fault' in message) {
      const { code, facts, exitCode } = message.fault;
      this.#fail(new Fault(code, facts, exitCode));
    } else if ('ended' in message) {
      this.#markEnded();
    }
  }

  #print(block: Uint8Array): void {
    this.#lines?.(Buffer.from(block.buffer, block.byteOffset, block.byteLength).toString());
    this.#post({ tookLines: block.byteLength });
  }

  #exited(): void {
    // After an orderly end this changes nothing: the promise is settled.
    if (this.#closing) this.#markEnded();
    else this.#fail(new Fault('engine-died', {}, 1));
  }

  #post(message: ToThread): void {
    this.#worker.postMessage(message);
  }
}
