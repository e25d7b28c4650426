// One bit a block: what a receiver has, what anybody lacks. Whole words are skipped at once, so that the next gap in
// three million blocks is found in microseconds. Its saved form is part of the file that lets a transfer resume.

const magic = 0x4d43_4231; // MCB1
const headerBytes = 16;

export class Bitmap {
  /** How many bits are set. */
  count = 0;
  readonly #words: Int32Array;

  constructor(readonly length: number) {
    this.#words = new Int32Array(Math.ceil(length / 32));
  }

  has(bit: number): boolean {
    return (this.#words[bit >>> 5]! & (1 << (bit & 31))) !== 0;
  }

  /** False when it was set already. */
  set(bit: number): boolean {
    if (this.has(bit)) return false;
    this.#words[bit >>> 5]! |= 1 << (bit & 31);
    this.count++;
    return true;
  }

  /** False when it was clear already. */
  clear(bit: number): boolean {
    if (!this.has(bit)) return false;
    this.#words[bit >>> 5]! &= ~(1 << (bit & 31));
    this.count--;
    return true;
  }

  /** Sets the bits from `from` up to but not including `end`; says how many were clear. */
  setRange(from: number, end: number): number {
    if (from >= end) return 0;
    const before = this.count;
    const last = (end - 1) >>> 5;
    let mask = -1 << (from & 31);
    for (let at = from >>> 5; at <= last; at++, mask = -1) {
      if (at === last) mask &= -1 >>> (31 - ((end - 1) & 31));
      this.count += ones(mask & ~this.#words[at]!);
      this.#words[at]! |= mask;
    }
    return this.count - before;
  }

  /** The first set bit from `from` on; `end` (the length unless told) when there is none before it. */
  nextSet(from: number, end = this.length): number {
    return this.#next(from, end, 0);
  }

  /** The first clear bit from `from` on; `end` when there is none before it. */
  nextClear(from: number, end = this.length): number {
    return this.#next(from, end, -1);
  }

  /** Calls back for each stretch of clear bits between `from` and `end`, in order. */
  gaps(from: number, end: number, found: (from: number, end: number) => void): void {
    for (let gap = this.nextClear(from, end); gap < end; ) {
      const stop = this.nextSet(gap, end);
      found(gap, stop);
      gap = this.nextClear(stop, end);
    }
  }

  /** 16 bytes of header (magic, length, count, FNV-1a of the words), then the words; all little endian. */
  serialize(): Uint8Array {
    const bytes = new Uint8Array(headerBytes + this.#words.length * 4);
    const view = new DataView(bytes.buffer);
    this.#words.forEach((word, at) => {
      view.setInt32(headerBytes + at * 4, word, true);
    });
    for (const [at, value] of [magic, this.length, this.count, digest(this.#words)].entries()) {
      view.setUint32(at * 4, value, true);
    }
    return bytes;
  }

  /** Undefined unless the bytes are a whole, undamaged bitmap of exactly `length` bits. */
  static deserialize(bytes: Uint8Array, length: number): Bitmap | undefined {
    const bitmap = new Bitmap(length);
    const words = bitmap.#words;
    if (bytes.length !== headerBytes + words.length * 4) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; at < words.length; at++) {
      words[at] = view.getInt32(headerBytes + at * 4, true);
      bitmap.count += ones(words[at]!);
    }
    const head = [magic, length, bitmap.count, digest(words)];
    if (head.some((value, at) => view.getUint32(at * 4, true) !== value)) return undefined;
    const spare = length & 31;
    return spare !== 0 && words.at(-1)! >>> spare !== 0 ? undefined : bitmap;
  }

  /** `skip`: a word that holds nothing of what is looked for; xor with it turns what is looked for into ones. */
  #next(from: number, end: number, skip: number): number {
    if (from >= end) return end;
    let at = from >>> 5;
    let word = (this.#words[at]! ^ skip) & (-1 << (from & 31));
    const last = (end - 1) >>> 5;
    while (word === 0) {
      if (++at > last) return end;
      word = this.#words[at]! ^ skip;
    }
    return Math.min(end, at * 32 + 31 - Math.clz32(word & -word));
  }
}

/** Set bits of a 32-bit word. */
export function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555);
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

/** FNV-1a over words instead of bytes: it is there for torn writes, not against malice. */
function digest(words: Int32Array): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < words.length; at++) hash = Math.imul(hash ^ words[at]!, 0x0100_0193);
  return hash >>> 0;
}
