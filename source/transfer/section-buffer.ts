// A section in a receiver's memory: blocks wait here to be written together, and stay a while for the repairs that
// need them.

const absent = 0;
const clean = 1;
const dirty = 2;
const writing = 3;

export class SectionBuffer {
  /** Blocks that are not in the file yet. */
  unwritten = 0;
  readonly #states: Uint8Array;

  constructor(
    readonly data: Uint8Array,
    blocks: number,
    private readonly blockSize: number,
  ) {
    this.#states = new Uint8Array(blocks);
  }

  /** Takes in blocks that must still be written, none of which is here: from one place in the section to another. */
  put(place: number, end: number, bytes: Uint8Array): void {
    this.data.set(bytes, place * this.blockSize);
    this.#states.fill(dirty, place, end);
    this.unwritten += end - place;
  }

  /** Takes in a block that was read from the file, unless there is a newer one. */
  putClean(place: number, bytes: Uint8Array): void {
    if (this.#states[place] !== absent) return;
    this.data.set(bytes, place * this.blockSize);
    this.#states[place] = clean;
  }

  /** A view of a block of `length` bytes; undefined when it is not here. */
  get(place: number, length: number): Uint8Array | undefined {
    if (this.#states[place] === absent) return undefined;
    return this.data.subarray(place * this.blockSize, place * this.blockSize + length);
  }

  /** Stretches of blocks to write, from `first` up to but not including `end`; they count as being written then. */
  takeDirty(): { first: number; end: number }[] {
    const stretches: { first: number; end: number }[] = [];
    const states = this.#states;
    for (let first = states.indexOf(dirty); first >= 0; ) {
      let end = first;
      while (states[end] === dirty) states[end++] = writing;
      stretches.push({ first, end });
      first = states.indexOf(dirty, end);
    }
    return stretches;
  }

  /** Tells how the writing of a stretch ended. */
  settle({ first, end }: { first: number; end: number }, written: boolean): void {
    this.#states.fill(written ? clean : dirty, first, end);
    if (written) this.unwritten -= end - first;
  }
}
