// The receiver's side of the disk. Blocks come in any order and go into a .part beside the place where the share is to
// be; only when every file has the sender's SHA-256 does it get its name. Whatever ends the transfer before that
// leaves the .part and what is known of it, so that the next run goes on.
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Fault } from '../core/fault.ts';
import { Bitmap } from './bitmap.ts';
import { Layout } from './layout.ts';
import { encodeManifest, type Manifest } from './manifest.ts';
import { mustFit, mustTellApart, prepareFolder, removePart } from './output-folder.ts';
import { partFault } from './part-fault.ts';
import { giveName, syncAll } from './part-finish.ts';
import { releaseLock } from './part-lock.ts';
import { type Flush, PartMemory } from './part-memory.ts';
import { findPlace, type Place } from './part-place.ts';
import { PartProof } from './part-proof.ts';
import { type Identity, saveState } from './part-state.ts';
import { PartTree } from './part-tree.ts';
import { sectionHash } from './section-hash.ts';

export type PartOptions = {
  /** The output folder; made when it is missing. */
  folder: string;
  /** Checked: from decodeManifest. */
  manifest: Manifest;
  /** Bytes. */
  blockSize: number;
  /** The built hash-thread.js. */
  hashThread: URL;
  /** Sections of about 1 MiB kept in memory. */
  sections?: number;
  /** Milliseconds between two saves of what is there. */
  saveEvery?: number;
  /** Told once when the disk fails; nothing is taken in from then on. */
  onFault?: (fault: Fault) => void;
};

/**
 * `taken`: all are there now. `had`: they were there already. `busy`: the disk is behind, leave them missing for now.
 * `wrong`: there are no such blocks. `failed`: the disk has failed, onFault was told why.
 */
export type Taken = 'taken' | 'had' | 'busy' | 'wrong' | 'failed';

export class PartStore {
  /** Blocks that are here, in the file or on the way to it; to be changed by this store only. */
  readonly had: Bitmap;
  /** Blocks that are in the file. */
  readonly #written: Bitmap;
  readonly #memory: PartMemory;
  readonly #tree: PartTree;
  readonly #proof: PartProof;
  readonly #loading = new Map<number, Promise<void>>();
  #saving = Promise.resolve();
  #savedAt = performance.now();
  #failure: Fault | undefined;

  /**
   * Goes on with what an earlier run of the same share left in the folder, or begins. Rejects with
   * Fault('part-failed'), 'out-space', 'out-full', 'names-collide' or 'share-too-large'.
   */
  static async open(options: PartOptions): Promise<PartStore> {
    const { manifest, blockSize } = options;
    const layout = new Layout(
      manifest.files.map(({ size }) => size),
      blockSize,
    );
    const digest = createHash('sha256').update(encodeManifest(manifest)).digest('hex');
    const identity: Identity = { manifest: digest, blockSize, blocks: layout.blocks };
    const folder = await prepareFolder(options.folder);
    const fits = async (bytes: number) => mustFit(folder, manifest.files, bytes);
    const place = await findPlace(folder, manifest, identity, () => fits(0));
    const store = new PartStore(options, layout, place, identity);
    try {
      await mustTellApart(manifest, place.lockPath);
      if (place.bitmap) await fits(place.bitmap.count * blockSize);
      return store;
    } catch (error) {
      if (!place.bitmap) await removePart(place);
      await releaseLock(place.lockPath);
      throw partFault(error, place.path);
    }
  }

  private constructor(
    private readonly options: PartOptions,
    readonly layout: Layout,
    private readonly place: Place,
    private readonly identity: Identity,
  ) {
    this.#written = place.bitmap ?? new Bitmap(layout.blocks);
    this.had = Bitmap.deserialize(this.#written.serialize(), layout.blocks)!;
    this.#tree = new PartTree(place.path, options.manifest, layout);
    this.#memory = new PartMemory(layout, options.sections ?? 20, (flush) => this.#flush(flush));
    this.#proof = new PartProof(layout, (file) => this.#tree.pathOf(file), options.hashThread);
  }

  /** Where the unfinished share is. */
  get path(): string {
    return this.place.path;
  }

  /** Bytes hashed by verify() so far, of those that it must. */
  get hashed(): number {
    return this.#proof.hashed;
  }

  /** True while the disk is far behind; a little more and write() says busy. */
  get congested(): boolean {
    return this.#memory.congested;
  }

  /** Resolves when the disk has caught up, or has failed. */
  drained(): Promise<void> {
    return this.#memory.drained();
  }

  /** Takes in a block, or the consecutive blocks of one section; the bytes are copied. */
  write(first: number, bytes: Uint8Array): Taken {
    const { layout, had } = this;
    const { blockSize } = layout;
    const end = first + Math.ceil(bytes.length / blockSize);
    if (!Number.isInteger(first) || first < 0 || first === end || end > layout.blocks) return 'wrong';
    if (bytes.length !== layout.bytesIn(first, end)) return 'wrong';
    const section = layout.sectionOf(first);
    const sectionEnd = layout.endBlock(section);
    if (end > sectionEnd) return 'wrong';
    let from = had.nextClear(first, end);
    if (from === end) return 'had';
    if (this.#failure) return 'failed';
    while (from < end) {
      const stop = had.nextSet(from, end);
      const part = bytes.subarray((from - first) * blockSize, (stop - first) * blockSize);
      if (!this.#memory.put(from, stop, part)) return 'busy';
      from = had.nextClear(stop, end);
    }
    had.setRange(first, end);
    // Blocks mostly come in order: what is missing is most often the next one.
    const isWhole = had.nextClear(end, sectionEnd) === sectionEnd;
    if (isWhole && had.nextClear(layout.firstBlock(section), sectionEnd) === sectionEnd)
      this.#memory.flush(section);
    return 'taken';
  }

  /** A view of a block that is in memory, good until the next write(); undefined when it is not. */
  peek(block: number): Uint8Array | undefined {
    return this.#memory.get(block);
  }

  /** A copy of a block that is here, wherever it is. Rejects with Fault('part-failed'). */
  async read(block: number): Promise<Uint8Array> {
    const { layout } = this;
    const near = this.peek(block);
    if (near) return Uint8Array.from(near);
    if (!this.#written.has(block)) throw new RangeError(`block ${block} is not here`);
    await this.#load(layout.sectionOf(block));
    const data = new Uint8Array(layout.blockLength(block));
    const loaded = this.peek(block);
    if (loaded) data.set(loaded);
    else await this.#guard(this.#tree.read(block * layout.blockSize, data));
    return data;
  }

  /**
   * Hashes the files, all of whose blocks must be here, and compares them with the sender's SHA-256 (hex). Resolves
   * with the indexes of files that differ. Rejects with Fault('bad-manifest') for digests that are none,
   * 'out-full', 'part-failed', 'unsafe-path'.
   */
  async verify(digests: readonly string[]): Promise<number[]> {
    await this.#memory.flushAll();
    if (this.#failure) throw this.#failure;
    if (this.#written.count < this.layout.blocks) throw new Error('blocks are missing');
    return this.#guard(this.#proof.prove(digests));
  }

  /** The sections in which these files have bytes. */
  sectionsOf(files: readonly number[]): number[] {
    return this.#proof.sectionsOf(files);
  }

  /** Compares a section in the file with the sender's hash; one that differs counts as missing from then on. */
  async check(section: number, hash: string): Promise<boolean> {
    const { layout } = this;
    const data = new Uint8Array(layout.sectionLength(section));
    await this.#guard(this.#tree.read(layout.sectionStart(section), data));
    if ((await sectionHash(data)) === hash) return true;
    this.#memory.drop(section);
    const first = layout.firstBlock(section);
    for (let block = first; block < first + layout.blocksIn(section); block++) {
      this.had.clear(block);
      this.#written.clear(block);
    }
    this.#proof.forget(section);
    return false;
  }

  /**
   * After verify() found nothing: gives the share its name, with a number when that is taken. Resolves with its path.
   * Rejects as verify() does; the part is kept then.
   */
  async finish(): Promise<string> {
    const { files, title, kind } = this.options.manifest;
    if (!this.#proof.isWhole) throw new Error('not every file is proved');
    const { path, statePath, lockPath } = this.place;
    return this.#guard(
      (async () => {
        await this.#tree.complete();
        await this.#stop();
        const paths = [...files.keys()].map((file) => this.#tree.pathOf(file));
        await syncAll(path, paths, this.#tree.folderPaths());
        const final = await giveName(path, title, kind);
        await rm(statePath, { force: true });
        await releaseLock(lockPath);
        return final;
      })(),
    );
  }

  /** Ends without finishing: the part stays, with what is known of it, for the next run. */
  async close(): Promise<void> {
    await this.#memory.flushAll();
    await this.save();
    await this.#stop();
    await releaseLock(this.place.lockPath);
  }

  /** Ends and removes the part. */
  async discard(): Promise<void> {
    await this.#memory.flushAll();
    await this.#stop();
    await removePart(this.place);
    await releaseLock(this.place.lockPath);
  }

  /** Writes down which blocks are in the file. A failure is told as that of any other write. */
  save(): Promise<void> {
    this.#savedAt = performance.now();
    this.#saving = this.#saving
      .then(() => saveState(this.place.statePath, this.identity, this.#written))
      .catch((error) => this.#fail(error));
    return this.#saving;
  }

  async #flush({ first, end, data }: Flush): Promise<void> {
    try {
      await this.#tree.write(first * this.layout.blockSize, data);
    } catch (error) {
      this.#fail(error);
      throw error;
    }
    this.#written.setRange(first, end);
    if (performance.now() - this.#savedAt > (this.options.saveEvery ?? 2000)) void this.save();
  }

  #load(section: number): Promise<void> {
    const under = this.#loading.get(section);
    if (under) return under;
    const { layout } = this;
    const first = layout.firstBlock(section);
    const valid = Array.from({ length: layout.blocksIn(section) }, (_, place) =>
      this.#written.has(first + place),
    );
    const data = new Uint8Array(layout.sectionLength(section));
    const loading = this.#guard(this.#tree.read(layout.sectionStart(section), data))
      .then(() => this.#memory.keep(section, data, (block) => valid[block - first]!))
      .finally(() => this.#loading.delete(section));
    this.#loading.set(section, loading);
    return loading;
  }

  async #stop(): Promise<void> {
    await this.#proof.stop();
    await Promise.allSettled(this.#loading.values());
    await this.#saving;
    await this.#tree.close();
  }

  /** Gives a failure of the disk its meaning. */
  async #guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw partFault(error, this.path);
    }
  }

  #fail(error: unknown): void {
    if (this.#failure) return;
    this.#failure = partFault(error, this.path);
    this.options.onFault?.(this.#failure);
  }
}
