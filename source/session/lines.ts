// Reads the lines of a session file in either direction, a block at a time, so that a session of any length is
// opened at once and played in constant memory. Synchronous: it is called from a thread of its own, and in small
// steps.
import { readSync } from 'node:fs';
import { maxLineBytes } from './format.ts';

const blockBytes = 256 * 1024;
const lineEnd = 10;
const carriageReturn = 13;
const comma = 0x2c;

/** One line; `to` is the offset behind it, without its end and the comma before that. */
export type Line = { text: string; to: number };

/** Lines from an offset on, up to `end`. */
export class LineReader {
  /** The one block of memory that is read into. */
  readonly #memory = Buffer.allocUnsafe(blockBytes + maxLineBytes);
  #block: Buffer = Buffer.alloc(0);
  /** Offset in the file of the block's first byte. */
  #at: number;
  /** Places in the block: of the line just read, and where the next one begins. */
  #from = 0;
  #to = 0;
  #next = 0;

  constructor(
    readonly fd: number,
    offset: number,
    readonly end: number,
  ) {
    this.#at = offset;
  }

  /** Where the next line begins. */
  get offset(): number {
    return this.#at + this.#next;
  }

  /** The next line without its comma, empty when it is longer than any of ours; undefined at the end. */
  next(): string | undefined {
    if (!this.skip()) return undefined;
    return textOf(this.#block, this.#from, withoutComma(this.#block, this.#from, this.#to));
  }

  /** Goes over a line; false at the end. */
  skip(): boolean {
    let stop = this.#block.indexOf(lineEnd, this.#next);
    if (stop < 0) {
      this.#load();
      if (this.#block.length === 0) return false;
      stop = this.#block.indexOf(lineEnd);
      // The last line; or a block without a line's end, which passes for a line that is too long.
      if (stop < 0) stop = this.#block.length;
    }
    this.#from = this.#next;
    this.#to = stop;
    this.#next = Math.min(stop + 1, this.#block.length);
    return true;
  }

  #load(): void {
    this.#at = this.offset;
    this.#next = 0;
    this.#block = readBlock(
      this.fd,
      this.#at,
      Math.min(this.#memory.length, this.end - this.#at),
      this.#memory,
    );
  }
}

/** Lines from `end` back to `start`. */
export function* linesBackward(fd: number, start: number, end: number): Generator<Line> {
  let to = end;
  while (to > start) {
    const from = Math.max(start, to - blockBytes);
    const block = readBlock(fd, from, to - from);
    let stop = block.length;
    let begin = block.lastIndexOf(lineEnd) + 1;
    for (; begin > 0; begin = block.subarray(0, stop).lastIndexOf(lineEnd) + 1) {
      yield lineOf(block, begin, stop, from);
      stop = begin - 1;
    }
    if (from === start) {
      yield lineOf(block, 0, stop, from);
      return;
    }
    // What is left of the block is the end of a line that began before it, unless it is too long to be one.
    to = stop < block.length ? from + stop : from;
  }
}

function lineOf(block: Buffer, from: number, stop: number, at: number): Line {
  const to = withoutComma(block, from, stop);
  return { text: textOf(block, from, to), to: at + to };
}

function withoutComma(block: Buffer, from: number, stop: number): number {
  let to = stop;
  // An editor may have saved the file with CRLF line ends.
  if (to > from && block[to - 1] === carriageReturn) to--;
  if (to > from && block[to - 1] === comma) to--;
  return to;
}

/** Empty when the line is longer than any of ours. */
function textOf(block: Buffer, from: number, to: number): string {
  return to - from > maxLineBytes ? '' : block.toString('utf8', from, to);
}

/** Reads up to so many bytes: fewer where the file ends. */
export function readBlock(fd: number, from: number, length: number, memory?: Buffer): Buffer {
  const block = memory?.subarray(0, length) ?? Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const read = readSync(fd, block, done, length - done, from + done);
    if (read === 0) break;
    done += read;
  }
  return block.subarray(0, done);
}
