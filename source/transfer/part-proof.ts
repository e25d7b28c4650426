// Which files of a share are proved to be the sender's, by their SHA-256.
import { Fault } from '../core/fault.ts';
import { FileHashes } from './file-hashes.ts';
import type { Layout } from './layout.ts';

export class PartProof {
  readonly #whole = new Set<number>();
  #hashes: FileHashes | undefined;

  /** `pathOf` a file by its index; `thread` is the built hash-thread.js. */
  constructor(
    private readonly layout: Layout,
    private readonly pathOf: (file: number) => string,
    private readonly thread: URL,
  ) {}

  /** Bytes hashed so far, of the files that are being proved. */
  get hashed(): number {
    return this.#hashes?.done ?? 0;
  }

  get isWhole(): boolean {
    return this.#whole.size === this.layout.sizes.length;
  }

  /** Hashes what is not proved yet; resolves with the files that differ. Rejects with Fault('bad-manifest') or 'file-failed'. */
  async prove(digests: readonly string[]): Promise<number[]> {
    if (digests.length !== this.layout.sizes.length)
      throw new Fault('bad-manifest', { reason: 'digests' }, 1);
    const unproved = this.#unproved();
    this.#hashes = this.#hash(unproved);
    const own = await this.#hashes.digests;
    this.#hashes = undefined;
    for (const [at, file] of unproved.entries()) if (own[at] === digests[file]) this.#whole.add(file);
    return unproved.filter((file) => !this.#whole.has(file));
  }

  /** The files in a section are not proved any more. */
  forget(section: number): void {
    const { layout } = this;
    const pieces = layout.pieces(layout.sectionStart(section), layout.sectionLength(section));
    for (const { file } of pieces) this.#whole.delete(file);
  }

  /** The sections in which these files have bytes. */
  sectionsOf(files: readonly number[]): number[] {
    const sections = new Set<number>();
    for (const file of files) {
      const { first, end } = this.layout.sectionsOf(file);
      for (let section = first; section < end; section++) sections.add(section);
    }
    return [...sections];
  }

  async stop(): Promise<void> {
    await this.#hashes?.stop();
  }

  #unproved(): number[] {
    return [...this.layout.sizes.keys()].filter((file) => !this.#whole.has(file));
  }

  #hash(files: number[]): FileHashes {
    const { sizes } = this.layout;
    return new FileHashes(
      this.thread,
      files.map((file) => ({ path: this.pathOf(file), size: sizes[file]! })),
    );
  }
}
