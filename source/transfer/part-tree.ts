// The unfinished files on the disk. Nothing is opened through a link or outside of the part, whatever the names say
// and whatever others put into the output folder: whoever may write there can plant links, but gains nothing by it.
import { closeSync, constants, fstatSync, ftruncateSync, openSync, type Stats, writeSync } from 'node:fs';
import { type FileHandle, lstat, mkdir, open } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { Fault } from '../core/fault.ts';
import { codeOf, writeWhole } from '../session/disk.ts';
import { HandleCache } from './handle-cache.ts';
import { inParallel, inSlices } from './in-parallel.ts';
import type { Layout, Piece } from './layout.ts';
import { type Manifest, modeOf } from './manifest.ts';

const flags = constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);
/** Large files written at once, and files kept open. */
const parallel = 16;
const openFiles = 32;

export class PartTree {
  readonly #handles: HandleCache;
  /** Folders known to be folders, or being made, by their path in the share. */
  readonly #folders = new Map<string, Promise<void>>();

  /** `root` is the .part: the file itself, or the folder around the files. */
  constructor(
    readonly root: string,
    private readonly manifest: Manifest,
    private readonly layout: Layout,
  ) {
    this.#handles = new HandleCache((file) => this.#open(file), openFiles);
  }

  /** Where a file is. Throws Fault('unsafe-path') for a name that leads out; none should come so far. */
  pathOf(file: number): string {
    return this.manifest.kind === 'file' ? this.root : this.#inside(this.manifest.files[file]!.path);
  }

  /** Writes bytes of the stream from `offset`. Rejects as the disk does, or with Fault('unsafe-path'). */
  async write(offset: number, data: Uint8Array): Promise<void> {
    const pieces = this.layout.pieces(offset, data.length);
    const isSmall = (piece: Piece) => this.layout.isSmallFile(piece);
    const small = pieces.filter(isSmall);
    for (const { file } of small) await this.#parentOf(file);
    await inSlices(small, ({ file, from, length }) =>
      this.#writeSmall(file, data.subarray(from, from + length)),
    );
    const large = pieces.filter((piece) => !isSmall(piece));
    await inParallel(parallel, large, ({ file, position, from, length }) =>
      this.#handles.with(file, (handle) => writeWhole(handle, data.subarray(from, from + length), position)),
    );
  }

  /** Reads bytes of the stream from `offset`; zeros where nothing was written yet. Rejects as write does. */
  async read(offset: number, data: Uint8Array): Promise<void> {
    await inParallel(parallel, this.layout.pieces(offset, data.length), ({ file, position, from, length }) =>
      this.#handles.with(file, async (handle) => {
        for (let done = 0; done < length; ) {
          const { bytesRead } = await handle.read(data, from + done, length - done, position + done);
          if (bytesRead === 0) data.fill(0, from + done, from + length);
          done += bytesRead || length;
        }
      }),
    );
  }

  /** Makes what no block belongs to, empty files and empty folders, and looks at every folder once more. */
  async complete(): Promise<void> {
    const { files, folders } = this.manifest;
    const empty = [...files.keys()].filter((file) => files[file]!.size === 0);
    for (const file of files.keys()) await this.#parentOf(file);
    await inSlices(empty, (file) => this.#writeSmall(file, new Uint8Array()));
    for (const path of folders) await this.#folder(path);
  }

  /** Every folder of the tree after complete(), the root too; none for a single file. */
  folderPaths(): string[] {
    return [...this.#folders.keys()].map((path) => this.#inside(path));
  }

  async close(): Promise<void> {
    await this.#handles.close();
  }

  async #open(file: number): Promise<FileHandle> {
    const name = this.pathOf(file);
    await this.#parentOf(file);
    const handle = await open(name, flags, modeOf(this.manifest.files[file]!)).catch((error) => {
      throw openFault(error, name);
    });
    try {
      if (this.#isTooLong(await handle.stat(), file)) await handle.truncate(this.layout.sizes[file]);
      return handle;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Writes all of a file, whose folder must be there. */
  #writeSmall(file: number, data: Uint8Array): void {
    const name = this.pathOf(file);
    const descriptor = openNow(name, modeOf(this.manifest.files[file]!));
    try {
      if (this.#isTooLong(fstatSync(descriptor), file)) ftruncateSync(descriptor, data.length);
      for (let done = 0; done < data.length; ) {
        done += writeSync(descriptor, data, done, data.length - done, done);
      }
    } finally {
      closeSync(descriptor);
    }
  }

  /** Looks at a file that was opened. Throws Fault('unsafe-path') when it is none, or has another name elsewhere. */
  #isTooLong(stats: Stats, file: number): boolean {
    if (!stats.isFile() || stats.nlink > 1) throw unsafe(this.pathOf(file));
    return stats.size > this.layout.sizes[file]!;
  }

  /** Makes the folder that a file is in. */
  async #parentOf(file: number): Promise<void> {
    if (this.manifest.kind === 'folder') await this.#folder(parentOf(this.manifest.files[file]!.path));
  }

  /** Makes a folder of the tree and those around it; '' is the root. */
  #folder(path: string): Promise<void> {
    const known = this.#folders.get(path);
    if (known) return known;
    const made = this.#makeFolder(path);
    this.#folders.set(path, made);
    return made;
  }

  async #makeFolder(path: string): Promise<void> {
    if (path !== '') await this.#folder(parentOf(path));
    const name = this.#inside(path);
    try {
      await mkdir(name);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      if (!(await lstat(name)).isDirectory()) throw unsafe(name);
    }
  }

  #inside(path: string): string {
    const name = resolve(this.root, join('.', path));
    if (name !== this.root && !name.startsWith(this.root + sep)) throw unsafe(path);
    return name;
  }
}

function openNow(name: string, mode: number): number {
  try {
    return openSync(name, flags, mode);
  } catch (error) {
    throw openFault(error, name);
  }
}

const openFault = (error: unknown, name: string) => (codeOf(error) === 'ELOOP' ? unsafe(name) : error);
const parentOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const unsafe = (path: string) => new Fault('unsafe-path', { path }, 1);
