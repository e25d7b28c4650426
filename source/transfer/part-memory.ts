// The receiver's bounded memory between the network and the disk. Sections are written when they are whole, or when
// room gets scarce; those that are written stay as long as there is room, for repairs soon ask for their blocks.
import type { Layout } from './layout.ts';
import { SectionBuffer } from './section-buffer.ts';

export type Flush = { section: number; first: number; end: number; data: Uint8Array };

/** Sections that are written at once. */
const parallel = 4;

export class PartMemory {
  /** In the order in which they were begun. */
  readonly #sections = new Map<number, SectionBuffer>();
  readonly #queue = new Set<number>();
  readonly #writing = new Set<number>();
  /** Memory of sections that were let go, to be used again. */
  readonly #spare: Uint8Array[] = [];
  #waiting: (() => void)[] = [];
  #stopped = false;

  /** At most `most` sections of about 1 MiB. `write` writes a stretch of blocks; when it rejects, all writing ends. */
  constructor(
    private readonly layout: Layout,
    private readonly most: number,
    private readonly write: (flush: Flush) => Promise<void>,
  ) {}

  /** True while more than three quarters of the memory wait for the disk. */
  get congested(): boolean {
    return this.#unwritten() > (this.most * 3) / 4;
  }

  /** Resolves when half of the memory or less waits for the disk, or nothing is written any more. */
  async drained(): Promise<void> {
    while (!this.#stopped && this.#unwritten() > this.most / 2) {
      this.#flushOldest();
      await this.#nextWritten();
    }
  }

  /** Takes in blocks of one section to be written, none of which is here; false when there is no room for them now. */
  put(first: number, end: number, bytes: Uint8Array): boolean {
    const section = this.layout.sectionOf(first);
    const buffer = this.#sections.get(section) ?? this.#begin(section);
    if (!buffer) return false;
    const wasWritten = buffer.unwritten === 0;
    const begin = this.layout.firstBlock(section);
    buffer.put(first - begin, end - begin, bytes);
    if (wasWritten) this.#relieve();
    return true;
  }

  /** Keeps blocks that were read from the file at hand, if there is room; `has` says which of them are valid. */
  keep(section: number, data: Uint8Array, has: (block: number) => boolean): void {
    const { layout } = this;
    const buffer = this.#sections.get(section) ?? this.#begin(section);
    if (!buffer) return;
    const first = layout.firstBlock(section);
    for (let place = 0; place < layout.blocksIn(section); place++) {
      if (!has(first + place)) continue;
      const from = place * layout.blockSize;
      buffer.putClean(place, data.subarray(from, from + layout.blockLength(first + place)));
    }
  }

  /** A view of a block, good until the next call that takes one in; undefined when it is not in memory. */
  get(block: number): Uint8Array | undefined {
    const section = this.layout.sectionOf(block);
    const place = block - this.layout.firstBlock(section);
    return this.#sections.get(section)?.get(place, this.layout.blockLength(block));
  }

  /** Has a section written as soon as its turn comes. */
  flush(section: number): void {
    if (this.#sections.get(section)?.unwritten) this.#queue.add(section);
    this.#pump();
  }

  /** Has all written; resolves when it is, or when writing has ended. */
  async flushAll(): Promise<void> {
    for (const section of this.#sections.keys()) this.flush(section);
    while (this.#writing.size > 0) await this.#nextWritten();
  }

  /** Forgets a section, which must have been written. */
  drop(section: number): void {
    const buffer = this.#sections.get(section);
    if (buffer && this.#sections.delete(section)) this.#spare.push(buffer.data);
  }

  #begin(section: number): SectionBuffer | undefined {
    if (this.#stopped) return undefined;
    if (this.#sections.size >= this.most && !this.#release()) {
      this.#flushOldest();
      return undefined;
    }
    const { layout } = this;
    const bytes = layout.sectionBlocks * layout.blockSize;
    const data = this.#spare.pop() ?? Buffer.allocUnsafeSlow(Math.min(bytes, layout.total));
    const buffer = new SectionBuffer(data, layout.blocksIn(section), layout.blockSize);
    this.#sections.set(section, buffer);
    return buffer;
  }

  #release(): boolean {
    for (const [section, { unwritten, data }] of this.#sections) {
      if (unwritten > 0) continue;
      this.#sections.delete(section);
      this.#spare.push(data);
      return true;
    }
    return false;
  }

  /**
   * Sections that wait for missing blocks are written as they are before the memory is full of them. While more than
   * half of it is unwritten something is always on its way to the disk: a receiver that is congested says nothing, so
   * nothing comes that could free it.
   */
  #relieve(): void {
    if (this.#unwritten() > this.most / 2) this.#flushOldest();
  }

  #flushOldest(): void {
    for (const [section, { unwritten }] of this.#sections) {
      if (unwritten === 0 || this.#queue.has(section) || this.#writing.has(section)) continue;
      this.flush(section);
      return;
    }
  }

  #unwritten(): number {
    let count = 0;
    for (const { unwritten } of this.#sections.values()) if (unwritten > 0) count++;
    return count;
  }

  #pump(): void {
    for (const section of this.#queue) {
      if (this.#stopped || this.#writing.size >= parallel) return;
      if (this.#writing.has(section)) continue;
      this.#queue.delete(section);
      this.#writing.add(section);
      void this.#writeSection(section);
    }
  }

  async #writeSection(section: number): Promise<void> {
    const buffer = this.#sections.get(section);
    const { blockSize } = this.layout;
    const begin = this.layout.firstBlock(section);
    for (const stretch of buffer?.takeDirty() ?? []) {
      const data = buffer!.data.subarray(stretch.first * blockSize, stretch.end * blockSize);
      const flush = { section, first: begin + stretch.first, end: begin + stretch.end, data };
      const written =
        !this.#stopped &&
        (await this.write(flush).then(
          () => true,
          () => false,
        ));
      buffer!.settle(stretch, written);
      if (!written) this.#stopped = true;
    }
    this.#writing.delete(section);
    // Blocks that came for it meanwhile make it unwritten still.
    this.#relieve();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
    this.#pump();
  }

  #nextWritten(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
