// A session file, opened for reading without reading it whole: the header, when it began and ended, and where its
// events lie. One that was cut off or damaged is read up to its last whole line.
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import type { Event, Millis } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import { readEvent } from './check.ts';
import { codeOf } from './disk.ts';
import { maxHeaderBytes, readOpening, type SessionHeader } from './format.ts';
import { LineReader, linesBackward, readBlock } from './lines.ts';

/** Bytes before the end in which the newest instant is looked for: workers finish nearly in order. */
const lastBytes = 64 * 1024;
/** Lines in which the first event, and the last, is looked for: garbage of many lines costs no more than that. */
const firstLines = 1000;
const lastLines = 100_000;
/** What stands behind the last event of a whole file, however it is spaced. */
const wholeEnd = /^,?\s*\]\s*\}\s*$/;
const wholeEndBytes = 64;

export class SessionReader {
  readonly path: string;
  readonly header: SessionHeader;
  /** Size of the file when it was opened. What another process writes later is not read. */
  readonly bytes: number;
  /** Offsets of the first event, and behind the last. */
  readonly start: number;
  readonly end: number;
  /** Instants of the first event and of the newest; both are the header's when there are no events. */
  readonly firstAt: Millis;
  readonly lastAt: Millis;
  /** Bytes at the end that are neither whole events nor closing brackets: 0 unless it was cut off or damaged. */
  readonly lostBytes: number;
  /** The last event does not say why it ends there: it was cut off, or is still being recorded. */
  readonly interrupted: boolean;
  readonly #fd: number;
  #closed = false;

  /** Throws Fault('no-such-session'), Fault('file-failed') or Fault('session-damaged'). */
  constructor(path: string) {
    this.path = path;
    this.#fd = openFile(path);
    try {
      const stat = fstatSync(this.#fd);
      if (!stat.isFile()) throw new Fault('session-damaged', { path, reason: 'not-a-file' });
      this.bytes = stat.size;
      const { header, start } = readOpening(
        readBlock(this.#fd, 0, Math.min(stat.size, maxHeaderBytes)),
        path,
      );
      this.header = header;
      this.start = start;
      const { end, last } = this.#findLast();
      this.end = end;
      const rest = readBlock(this.#fd, end, Math.min(this.bytes - end, wholeEndBytes)).toString();
      this.lostBytes = this.bytes - end <= wholeEndBytes && wholeEnd.test(rest) ? 0 : this.bytes - end;
      this.interrupted = !last || !isFarewell(last);
      this.firstAt = this.#findFirst()?.at ?? header.started;
      this.lastAt = Math.max(this.firstAt, this.#newestAt());
    } catch (error) {
      this.close();
      throw error instanceof Fault ? error : new Fault('file-failed', { path, reason: codeOf(error) });
    }
  }

  /** Lines from the first event, or from an offset where a line begins. */
  lines(offset = this.start): LineReader {
    return new LineReader(this.#fd, offset, this.end);
  }

  /** How many lines there are. Reads the whole file: about a second a gigabyte. */
  count(): number {
    const lines = this.lines();
    let count = 0;
    while (lines.skip()) count++;
    return count;
  }

  /** Safe to call twice. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#fd);
  }

  #findLast(): { end: number; last: Event | undefined } {
    let tries = 0;
    for (const { text, to } of linesBackward(this.#fd, this.start, this.bytes)) {
      const last = readEvent(text);
      if (last) return { end: to, last };
      if (++tries === lastLines) return { end: this.bytes, last: undefined };
    }
    return { end: this.start, last: undefined };
  }

  #findFirst(): Event | undefined {
    const lines = this.lines();
    for (let tries = 0; tries < firstLines; tries++) {
      const text = lines.next();
      if (text === undefined) return undefined;
      const event = readEvent(text);
      if (event) return event;
    }
    return undefined;
  }

  #newestAt(): Millis {
    const lines = this.lines(Math.max(this.start, this.end - lastBytes));
    let newest = 0;
    for (let text = lines.next(); text !== undefined; text = lines.next()) {
      newest = Math.max(newest, readEvent(text)?.at ?? 0);
    }
    return newest;
  }
}

/** The events that a recording ends with when it is not cut off. */
function isFarewell(event: Event): boolean {
  return event.type === 'stopped' || (event.type === 'warning' && event.code === 'record-limit');
}

function openFile(path: string): number {
  try {
    // Without waiting: a named pipe would keep us for ever.
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const reason = codeOf(error);
    throw reason === 'ENOENT'
      ? new Fault('no-such-session', { session: path })
      : new Fault('file-failed', { path, reason });
  }
}
