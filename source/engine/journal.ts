// The one stream of events: into the fold, into the session file, and to the main thread where it prints them.
import type { Event } from '../core/event.ts';
import { fold } from '../core/fold.ts';
import type { State } from '../core/state.ts';
import type { PcapFile } from '../report/pcap-file.ts';
import type { Recorder } from '../session/recorder.ts';

/** Bytes of lines that may be under way to a main thread that does not take them. */
const maxUnderWay = 8 * 1024 * 1024;
/** Lines wait for company, because every hand-over wakes the main thread: so many bytes, or so long in ms. */
const parcelBytes = 256 * 1024;
const parcelAfter = 10;

const separator = Buffer.from(',\n');

export class Journal {
  recorder: Recorder | undefined;
  pcap: PcapFile | undefined;
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
    /** The session has the payloads of events; nobody prints them. */
    private readonly keepsPayloads = false,
  ) {}

  /** One event of this thread's own. */
  write(event: Event): void {
    fold(this.state, event);
    this.pcap?.add(event);
    if ('payload' in event) {
      const { payload: _, ...bare } = event;
      const line = Buffer.from(JSON.stringify(bare));
      this.#keep(line, 1, this.keepsPayloads ? Buffer.from(JSON.stringify(event)) : line);
    } else {
      this.#keep(Buffer.from(JSON.stringify(event)), 1);
    }
  }

  /** A block of event lines that a worker wrote; `events` are the same, parsed, and `kept` the same with payloads. */
  writeBlock(block: Uint8Array, events: Event[], kept = block): void {
    for (const event of events) fold(this.state, event);
    if (this.pcap) for (const event of events) this.pcap.add(event);
    this.#keep(block, events.length, this.keepsPayloads ? kept : block);
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

  #keep(block: Uint8Array, count: number, kept = block): void {
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
