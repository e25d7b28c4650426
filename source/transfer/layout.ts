// A share seen as one stream of bytes: its files one after the other without padding, cut into blocks, which the
// network carries, and into sections of about 1 MiB, which are read, written, kept in memory and compared whole.
import { Fault } from '../core/fault.ts';

/** Blocks are numbered in 28 bits on the wire. */
export const maxBlocks = 2 ** 28;
const sectionBytes = 2 ** 20;
const smallFile = 2 ** 16;

/** Bytes of one file that lie beside each other in the stream. */
export type Piece = {
  /** Index of the file. */
  file: number;
  /** Where the piece begins in the file. */
  position: number;
  /** Where the piece begins in the stretch that was asked for. */
  from: number;
  length: number;
};

export class Layout {
  /** Bytes of the whole stream. */
  readonly total: number;
  readonly blocks: number;
  /** Blocks of a section; the last section may have fewer. */
  readonly sectionBlocks: number;
  readonly sections: number;
  /** Where each file begins in the stream, and after the last one the end. */
  readonly #starts: Float64Array;

  /** `sizes` of the files and `blockSize` in bytes. Throws Fault('share-too-large') when the blocks cannot be numbered. */
  constructor(
    readonly sizes: readonly number[],
    readonly blockSize: number,
  ) {
    this.#starts = new Float64Array(sizes.length + 1);
    for (const [file, size] of sizes.entries()) this.#starts[file + 1] = this.#starts[file]! + size;
    this.total = this.#starts[sizes.length]!;
    this.blocks = Math.ceil(this.total / blockSize);
    if (this.blocks > maxBlocks) {
      throw new Fault('share-too-large', { bytes: this.total, limit: maxBlocks * blockSize });
    }
    this.sectionBlocks = Math.max(1, Math.floor(sectionBytes / blockSize));
    this.sections = Math.ceil(this.blocks / this.sectionBlocks);
  }

  /** Bytes of a block: only the last one may be shorter. */
  blockLength(block: number): number {
    return this.bytesIn(block, block + 1);
  }

  /** Bytes of the blocks from `first` up to but not including `end`. */
  bytesIn(first: number, end: number): number {
    return Math.min(end * this.blockSize, this.total) - first * this.blockSize;
  }

  sectionOf(block: number): number {
    return Math.floor(block / this.sectionBlocks);
  }

  /** First block of a section. */
  firstBlock(section: number): number {
    return section * this.sectionBlocks;
  }

  /** The block after the last one of a section. */
  endBlock(section: number): number {
    return Math.min(this.firstBlock(section + 1), this.blocks);
  }

  blocksIn(section: number): number {
    return this.endBlock(section) - this.firstBlock(section);
  }

  /** Where a section begins in the stream. */
  sectionStart(section: number): number {
    return this.firstBlock(section) * this.blockSize;
  }

  sectionLength(section: number): number {
    return Math.min(this.sectionBlocks * this.blockSize, this.total - this.sectionStart(section));
  }

  /** The sections that hold bytes of a file, from `first` up to but not including `end`. */
  sectionsOf(file: number): { first: number; end: number } {
    const start = this.#starts[file]!;
    const stop = this.#starts[file + 1]!;
    const bytes = this.sectionBlocks * this.blockSize;
    return {
      first: Math.floor(start / bytes),
      end: stop > start ? Math.ceil(stop / bytes) : Math.floor(start / bytes),
    };
  }

  /** The parts of files that make up `length` bytes of the stream from `offset`, in order. */
  pieces(offset: number, length: number): Piece[] {
    const pieces: Piece[] = [];
    const end = Math.min(offset + length, this.total);
    let file = this.#fileAt(offset);
    for (let at = offset; at < end; file++) {
      const stop = Math.min(end, this.#starts[file + 1]!);
      if (stop > at)
        pieces.push({ file, position: at - this.#starts[file]!, from: at - offset, length: stop - at });
      at = stop;
    }
    return pieces;
  }

  /** Whether a piece is all of a file that is read and written at one go. */
  isSmallFile({ file, length }: Piece): boolean {
    return length === this.sizes[file] && length <= smallFile;
  }

  /** The last file that begins at or before `offset`. */
  #fileAt(offset: number): number {
    let low = 0;
    let high = this.sizes.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low;
  }
}
