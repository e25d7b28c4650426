// The sender's side of the disk: any blocks of the stream, read a section at a time and ahead of who asks in order.
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { Fault } from '../core/fault.ts';
import { codeOf } from '../session/disk.ts';
import { HandleCache } from './handle-cache.ts';
import { inParallel, inSlices } from './in-parallel.ts';
import type { Layout, Piece } from './layout.ts';
import { sectionHash } from './section-hash.ts';
import type { Source } from './walk.ts';

/** Large files of a section that are read at once, and files kept open. */
const parallel = 16;
const openFiles = 32;
/** Sections read before they are asked for. */
const readAhead = 4;
/** Sections' worth of memory that waits to be used again. */
const mostSpare = 8;

export class SourceStream {
  /** The one used last is the last. */
  readonly #sections = new Map<number, Uint8Array>();
  readonly #loading = new Map<number, Promise<Uint8Array>>();
  readonly #handles: HandleCache;
  /** Memory of sections that were dropped, into which datagrams in the send queue may still point; and to use again. */
  #dropped: Uint8Array[] = [];
  #spare: Uint8Array[] = [];
  #last = -1;
  #closed = false;

  /** `sections` of about 1 MiB are kept in memory, at least 4. */
  constructor(
    private readonly sources: readonly Source[],
    readonly layout: Layout,
    private readonly sections = 8,
  ) {
    this.#handles = new HandleCache((file) => open(sources[file]!.path, constants.O_RDONLY), openFiles);
  }

  /**
   * A view of up to `most` consecutive blocks from `first`, fewer where a section or the stream ends; undefined when
   * they are not in memory: then await load(first). The view stays as it is until recycle() is called.
   */
  run(first: number, most: number): Uint8Array | undefined {
    const { layout } = this;
    const section = layout.sectionOf(first);
    const data = this.#sections.get(section);
    if (!data) return undefined;
    this.#touch(section, data);
    const offset = (first - layout.firstBlock(section)) * layout.blockSize;
    return data.subarray(offset, Math.min(data.length, offset + most * layout.blockSize));
  }

  /**
   * Brings a block into memory, with the section around it. Rejects with Fault('file-changed') when a file is no
   * longer what it was when it was listed, or Fault('file-failed').
   */
  async load(block: number): Promise<void> {
    await this.#section(this.layout.sectionOf(block));
  }

  /**
   * To be called whenever no view is in use, which is when the send queue is empty: memory is then used again. Without
   * it the garbage collector has to find it, and lets about 60 MB come together first.
   */
  recycle(): void {
    if (this.#dropped.length === 0) return;
    this.#spare.push(...this.#dropped);
    this.#dropped = [];
    this.#spare.splice(0, this.#spare.length - mostSpare);
  }

  /** SHA-256 of a section. Rejects as load does. */
  async sectionHash(section: number): Promise<string> {
    return sectionHash(await this.#section(section));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#loading.values());
    await this.#handles.close();
    this.#sections.clear();
  }

  #touch(section: number, data: Uint8Array): void {
    if (section === this.#last) return;
    this.#last = section;
    this.#sections.delete(section);
    this.#sections.set(section, data);
    // Whoever read the one before reads in order, also when repairs of older blocks come in between.
    if (section > 0 && !this.#sections.has(section - 1)) return;
    for (let next = section + 1; next <= section + readAhead && next < this.layout.sections; next++) {
      // A failure is told to whoever asks for the section.
      this.#section(next).catch(() => {});
    }
  }

  #section(section: number): Promise<Uint8Array> {
    const known = this.#sections.get(section);
    if (known) return Promise.resolve(known);
    const under = this.#loading.get(section);
    if (under) return under;
    const loading = this.#read(section).finally(() => this.#loading.delete(section));
    this.#loading.set(section, loading);
    return loading;
  }

  async #read(section: number): Promise<Uint8Array> {
    if (this.#closed) throw new Error('the stream is closed');
    const data = this.#memory(this.layout.sectionLength(section));
    const pieces = this.layout.pieces(this.layout.sectionStart(section), data.length);
    const isSmall = (piece: Piece) => this.layout.isSmallFile(piece);
    await inSlices(pieces.filter(isSmall), (piece) => this.#readSmall(piece, data));
    const large = pieces.filter((piece) => !isSmall(piece));
    await inParallel(parallel, large, (piece) => this.#readPiece(piece, data));
    this.#sections.set(section, data);
    for (const [oldest, { buffer }] of this.#sections) {
      if (this.#sections.size <= Math.max(4, this.sections)) break;
      this.#sections.delete(oldest);
      if (this.#dropped.length < mostSpare) this.#dropped.push(new Uint8Array(buffer));
    }
    return data;
  }

  #memory(length: number): Uint8Array {
    const most = this.layout.sectionBlocks * this.layout.blockSize;
    const whole =
      this.#spare.pop() ?? new Uint8Array(Buffer.allocUnsafeSlow(Math.min(most, this.layout.total)).buffer);
    return whole.subarray(0, length);
  }

  #readSmall({ file, from, length }: Piece, data: Uint8Array): void {
    const source = this.sources[file]!;
    try {
      const descriptor = openSync(source.path, constants.O_RDONLY);
      try {
        if (readSync(descriptor, data, from, length, 0) < length) throw changed(source);
        mustBeSame(fstatSync(descriptor), source);
      } finally {
        closeSync(descriptor);
      }
    } catch (error) {
      throw sourceFault(error, source);
    }
  }

  async #readPiece({ file, position, from, length }: Piece, data: Uint8Array): Promise<void> {
    const source = this.sources[file]!;
    try {
      await this.#handles.with(file, async (handle) => {
        for (let done = 0; done < length; ) {
          const { bytesRead } = await handle.read(data, from + done, length - done, position + done);
          if (bytesRead === 0) throw changed(source);
          done += bytesRead;
        }
        mustBeSame(await handle.stat(), source);
      });
    } catch (error) {
      throw sourceFault(error, source);
    }
  }
}

function mustBeSame({ size, mtimeMs, ctimeMs }: Stats, source: Source): void {
  if (size !== source.size || mtimeMs !== source.mtimeMs || ctimeMs !== source.ctimeMs) throw changed(source);
}

function sourceFault(error: unknown, source: Source): Fault {
  if (error instanceof Fault) return error;
  const reason = codeOf(error);
  return reason === 'ENOENT' ? changed(source) : new Fault('file-failed', { path: source.path, reason });
}

const changed = ({ path }: Source) => new Fault('file-changed', { path }, 1);
