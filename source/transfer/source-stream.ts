// The sender's side of the disk: any blocks of the stream, read a section at a time and ahead of who asks in order.
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Fault } from '../core/fault.ts';
import { codeOf } from '../session/disk.ts';
import { HandleCache } from './handle-cache.ts';
import { inParallel } from './in-parallel.ts';
import type { Layout, Piece } from './layout.ts';
import { sectionHash } from './section-hash.ts';
import type { Source } from './walk.ts';

/** Files of a section that are read at once, and files kept open. */
const parallel = 16;
const openFiles = 32;
/** Sections read before they are asked for. */
const readAhead = 3;

export class SourceStream {
  /** The one used last is the last. Never written to again: a datagram in the send queue still points into it. */
  readonly #sections = new Map<number, Uint8Array>();
  readonly #loading = new Map<number, Promise<Uint8Array>>();
  readonly #handles: HandleCache;
  #last = -1;
  #closed = false;

  /** `sections` of about 1 MiB are kept in memory, at least 4. */
  constructor(
    private readonly sources: readonly Source[],
    readonly layout: Layout,
    private readonly sections = 16,
  ) {
    this.#handles = new HandleCache((file) => open(sources[file]!.path, constants.O_RDONLY), openFiles);
  }

  /**
   * A view of up to `most` consecutive blocks from `first`, fewer where a section or the stream ends; undefined when
   * they are not in memory: then await load(first). The view stays as it is for as long as it is held.
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
    const data = Buffer.allocUnsafeSlow(this.layout.sectionLength(section));
    const pieces = this.layout.pieces(this.layout.sectionStart(section), data.length);
    await inParallel(parallel, pieces, (piece) => this.#readPiece(piece, data));
    this.#sections.set(section, data);
    for (const [oldest] of this.#sections) {
      if (this.#sections.size <= Math.max(4, this.sections)) break;
      this.#sections.delete(oldest);
    }
    return data;
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
        await mustBeSame(handle, source);
      });
    } catch (error) {
      if (error instanceof Fault) throw error;
      throw codeOf(error) === 'ENOENT'
        ? changed(source)
        : new Fault('file-failed', { path: source.path, reason: codeOf(error) });
    }
  }
}

async function mustBeSame(handle: FileHandle, source: Source): Promise<void> {
  const { size, mtimeMs, ctimeMs } = await handle.stat();
  if (size !== source.size || mtimeMs !== source.mtimeMs || ctimeMs !== source.ctimeMs) throw changed(source);
}

const changed = ({ path }: Source) => new Fault('file-changed', { path }, 1);
