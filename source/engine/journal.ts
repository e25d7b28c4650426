// The one stream of events: into the fold, into the session file, and to the main thread where it prints them.
import type { Event } from '../core/event.ts';
import { fold } from '../core/fold.ts';
import type { State } from '../core/state.ts';
import type { Recorder } from '../session/recorder.ts';

/** Bytes of lines that may be under way to a main thread that does not take them. */
const maxUnderWay = 8 * 1024 * 1024;
/** Lines wait for company, because every hand-over wakes the main thread: so many bytes, or so long in ms. */
const parcelBytes = 256 * 1024;
const parcelAfter = 10;

const separator = Buffer.from(',\n');

export class Journal {
  recorder: Recorder | undefined;
  #parcel: Uint8Array[] = [];
  #parcelBytes = 0;
  #parcelTimer: NodeJS.Timeout | undefined;
  #underWay = 0;
  /** Lines that the main thread was too slow for. */
  #missed = 0;

  constructor(
    private readonly state: State,
    /** Takes a block of lines for the main thread, which owns it from then on. */
    private readonly print: ((block: Uint8Array) => void) | undefined,
  ) {}

  /** One event of this thread's own. */
  write(event: Event): void {
    fold(this.state, event);
    const line = Buffer.from(JSON.stringify(event));
    const hasPayload = 'payload' in event && this.print !== undefined;
    this.#keep(hasPayload ? Buffer.from(JSON.stringify({ ...event, payload: undefined })) : line, 1, line);
  }

  /**
   * A block of event lines that a worker wrote; `events` are the same, parsed, and `kept` the same with payloads,
   * which the session has and nobody prints.
   */
  writeBlock(block: Uint8Array, events: Event[], kept = block): void {
    for (const event of events) fold(this.state, event);
    this.#keep(block, events.length, kept);
  }

  /** Sends off what waits for company. */
  flush(): void {
    clearTimeout(this.#parcelTimer);
    this.#parcelTimer = undefined;
    if (this.#parcel.length === 0) return;
    // A buffer of its own, not a slice of Node's pool: it is transferred.
    const block = Buffer.allocUnsafeSlow(this.#parcelBytes);
    let at = 0;
    for (const part of this.#parcel) {
      block.set(part, at);
      at += part.length;
    }
    this.#parcel = [];
    this.#parcelBytes = 0;
    this.print?.(block);
  }

  /** The main thread printed so many bytes. */
  printed(bytes: number): void {
    this.#underWay -= bytes;
  }

  takeMissed(): number {
    const missed = this.#missed;
    this.#missed = 0;
    return missed;
  }

  #keep(block: Uint8Array, count: number, kept: Uint8Array): void {
    if (count === 0) return;
    this.recorder?.append(kept, count);
    if (!this.print) return;
    if (this.#underWay + block.length > maxUnderWay) {
      this.#missed += count;
      return;
    }
    const parts = this.#parcel.length > 0 ? [separator, block] : [block];
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    this.#parcel.push(...parts);
    this.#parcelBytes += bytes;
    this.#underWay += bytes;
    if (this.#parcelBytes >= parcelBytes) this.flush();
    else this.#parcelTimer ??= setTimeout(() => this.flush(), parcelAfter);
  }
}
