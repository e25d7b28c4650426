// Writes a session as it happens. The thread that calls it also empties the sockets, so it never waits for the
// disk: blocks queue up, one write is under way at a time, and what a slow disk leaves no room for is counted.
import { dirname } from 'node:path';
import type { Warning } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import type { RecordingView } from '../core/snapshot.ts';
import { faultText } from '../words/faults.ts';
import { createFile, type Disk, diskFault, makeFolder, type OpenFile, writeWhole } from './disk.ts';
import { closing, openingText, type SessionHeader, separator } from './format.ts';

/** Bytes written at once, at most: they are copied together while the sockets wait. */
const batchBytes = 1024 * 1024;
/** Bytes that may wait in memory for a slow disk. */
const queueBytes = 32 * batchBytes;
const flushEvery = 250;
const syncEvery = 5000;
/** The file is touched so often, so that a quiet session is told from a dead one by the file's age, ms. */
export const touchEvery = 30_000;
/** Room kept below the limit for the line that says why the recording ends. */
const farewellBytes = 512;

const separatorBytes = Buffer.from(separator);
const closingBytes = Buffer.from(closing);

export type RecorderOptions = {
  /** A number is added to the name when the file exists already. */
  path: string;
  header: SessionHeader;
  /** The file never grows beyond it; without it there is no limit. */
  limitBytes?: number;
  /** Recording ended by itself, as the fault says; the file is valid up to then. Called at most once. */
  onStop?: (fault: Fault) => void;
  /** Bytes that may wait for a slow disk (32 MiB). */
  queueBytes?: number;
  /** How the file is made, so that a test can make it fail. */
  openFile?: OpenFile;
};

type Block = { bytes: Uint8Array; count: number };

export class Recorder {
  readonly path: string;
  readonly #file: Disk;
  readonly #options: RecorderOptions;
  #queue: Block[] = [];
  #queuedBytes = 0;
  /** Where the next event goes; the closing brackets stand there now. */
  #end: number;
  #events = 0;
  #dropped = 0;
  #fault: Fault | undefined;
  #flushTimer: NodeJS.Timeout | undefined;
  readonly #touchTimer: NodeJS.Timeout;
  #syncedAt = performance.now();
  /** The writing under way. */
  #writing: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  private constructor(path: string, file: Disk, options: RecorderOptions, end: number) {
    this.path = path;
    this.#file = file;
    this.#options = options;
    this.#end = end;
    this.#touchTimer = setInterval(() => this.#touch(), touchEvery).unref();
  }

  /** Creates the file, and its folder. Rejects with Fault('not-writable') or Fault('disk-full'). */
  static async open(options: RecorderOptions): Promise<Recorder> {
    const opening = Buffer.from(openingText(options.header));
    try {
      await makeFolder(dirname(options.path));
      const { path, file } = await createFile(options.path, options.openFile);
      await writeWhole(file, Buffer.concat([opening, closingBytes]), 0);
      return new Recorder(path, file, options, opening.length);
    } catch (error) {
      throw diskFault(error, options.path, 'not-writable');
    }
  }

  /** Takes `count` events: JSON objects joined by ",\n". Never throws, never waits; takes nothing after a stop. */
  append(block: Uint8Array | string, count: number): void {
    if (this.#fault || this.#closed || count === 0) return;
    const bytes = typeof block === 'string' ? Buffer.from(block) : block;
    if (this.#queuedBytes + bytes.length > (this.#options.queueBytes ?? queueBytes)) {
      this.#dropped += count;
      return;
    }
    this.#queue.push({ bytes, count });
    this.#queuedBytes += bytes.length;
    if (this.#queuedBytes >= batchBytes) this.#write();
    else this.#flushTimer ??= setTimeout(() => this.#write(), flushEvery);
  }

  /** What is in the file, or why nothing more will be. */
  view(): RecordingView {
    if (this.#fault) return { stopped: this.#fault.code };
    return { path: this.path, bytes: this.bytes, events: this.#events };
  }

  /** Size of the file. */
  get bytes(): number {
    return this.#end + closing.length;
  }

  /** Events in the file. */
  get events(): number {
    return this.#events;
  }

  /** Events that found no room since the last call. */
  takeDropped(): number {
    const dropped = this.#dropped;
    this.#dropped = 0;
    return dropped;
  }

  /** Resolves when all that was appended before is in the file, or the recording has stopped. */
  async flush(): Promise<void> {
    await this.#write();
  }

  /** Flushes, syncs and closes. Safe to call twice; never rejects: a fault goes to `onStop`. */
  close(): Promise<void> {
    this.#closed ??= this.#finish();
    return this.#closed;
  }

  async #finish(): Promise<void> {
    await this.flush();
    clearInterval(this.#touchTimer);
    try {
      if (!this.#fault) await this.#file.datasync();
    } catch (error) {
      this.#stop(diskFault(error, this.path, 'not-recording'));
    }
    await this.#file.close().catch(() => {});
  }

  /** Starts to write unless that is under way; resolves when nothing waits any more. */
  #write(): Promise<void> {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    if (this.#queue.length > 0) this.#writing ??= this.#drain();
    return this.#writing ?? Promise.resolve();
  }

  async #drain(): Promise<void> {
    try {
      while (this.#queue.length > 0) {
        const batch = this.#takeBatch();
        if (batch.length === 0) await this.#sayFarewell();
        else await this.#put(batch);
        if (performance.now() - this.#syncedAt < syncEvery) continue;
        await this.#file.datasync();
        this.#syncedAt = performance.now();
      }
    } catch (error) {
      await this.#repair();
      this.#stop(diskFault(error, this.path, 'not-recording'));
    } finally {
      this.#writing = undefined;
    }
  }

  /** As many blocks as make one write; none when the limit leaves no room. */
  #takeBatch(): Block[] {
    const room = (this.#options.limitBytes ?? Number.POSITIVE_INFINITY) - this.bytes - farewellBytes;
    let bytes = 0;
    let taken = 0;
    for (const block of this.#queue) {
      const more = separator.length + block.bytes.length;
      if (bytes + more > room || (taken > 0 && bytes + more > batchBytes)) break;
      bytes += more;
      taken++;
    }
    const batch = this.#queue.splice(0, taken);
    for (const block of batch) this.#queuedBytes -= block.bytes.length;
    return batch;
  }

  /** One write: the events where the closing brackets stood, and the brackets behind them. */
  async #put(batch: Block[]): Promise<void> {
    const parts = batch.flatMap(({ bytes }) => [separatorBytes, bytes]);
    if (this.#events === 0) parts.shift();
    const bytes = Buffer.concat([...parts, closingBytes]);
    await writeWhole(this.#file, bytes, this.#end);
    this.#end += bytes.length - closing.length;
    for (const { count } of batch) this.#events += count;
  }

  /** The last line of a session that reached its limit tells a replay why it ends there. */
  async #sayFarewell(): Promise<void> {
    const fault = new Fault('record-limit', { path: this.path, limit: this.#options.limitBytes ?? 0 });
    const { code, facts } = fault;
    const event: Warning = { type: 'warning', at: Date.now(), code, facts, text: faultText('en', fault) };
    await this.#put([{ bytes: Buffer.from(JSON.stringify(event)), count: 1 }]);
    this.#stop(fault);
  }

  /**
   * After a write that failed half-way: the closing brackets go back to where they stood, over bytes that the
   * file system gave already, and what lies behind them is cut off.
   */
  async #repair(): Promise<void> {
    try {
      await writeWhole(this.#file, closingBytes, this.#end);
      await this.#file.truncate(this.bytes);
    } catch {
      // A file system that never writes in place has no room for that either until the rest is cut off.
      await this.#file.truncate(this.#end).catch(() => {});
      await writeWhole(this.#file, closingBytes, this.#end).catch(() => {});
    }
  }

  #stop(fault: Fault): void {
    if (this.#fault) return;
    this.#fault = fault;
    this.#queue = [];
    this.#queuedBytes = 0;
    clearInterval(this.#touchTimer);
    clearTimeout(this.#flushTimer);
    this.#options.onStop?.(fault);
  }

  #touch(): void {
    const now = new Date();
    this.#file.utimes(now, now).catch(() => {});
  }
}
