// What a sender has to give: the list of its files, their blocks, and the hashes that prove them.
import { Fault } from '../core/fault.ts';
import { decodeAskSections, encode, kinds, type Sections } from './control.ts';
import type { ControlLink } from './control-link.ts';
import { FileHashes } from './file-hashes.ts';
import { Layout } from './layout.ts';
import { encodeManifest, type Manifest } from './manifest.ts';
import { SourceStream } from './source-stream.ts';
import { type Listing, listFiles } from './walk.ts';

/** Sections of the stream in memory: what repairs ask for lies up to 23 MB behind. */
const keptSections = 28;

export class Content {
  readonly manifest: Manifest;
  /** The manifest as it is sent. */
  readonly encoded: Buffer;
  readonly layout: Layout;
  readonly stream: SourceStream;
  readonly #hashes: FileHashes;

  /** Lists the files and begins to hash them. Rejects as listFiles does. */
  static async open(paths: string[], blockSize: number, hashThread: URL): Promise<Content> {
    return new Content(await listFiles(paths), blockSize, hashThread);
  }

  private constructor({ manifest, sources }: Listing, blockSize: number, hashThread: URL) {
    this.manifest = manifest;
    this.encoded = Buffer.from(encodeManifest(manifest));
    this.layout = new Layout(
      manifest.files.map(({ size }) => size),
      blockSize,
    );
    this.stream = new SourceStream(sources, this.layout, keptSections);
    this.#hashes = new FileHashes(hashThread, sources);
  }

  /**
   * Answers what a receiver asks to prove its files. Rejects with Fault('file-changed') or Fault('file-failed') when they
   * are not what they were.
   */
  async answer(kind: number, body: Buffer, link: ControlLink): Promise<void> {
    if (kind === kinds.askHashes) {
      link.sendParts(kinds.digests, Buffer.from((await this.#hashes.digests).join(''), 'hex'));
    } else if (kind === kinds.askSections) {
      const asked = decodeAskSections(body);
      if (asked?.every((section) => section < this.layout.sections)) {
        link.send(kinds.sections, encode(await this.#sections(asked)));
      } else link.close();
    }
  }

  /** Calls back if the files cannot be hashed, because they changed or cannot be read. */
  onFault(failed: (fault: Fault) => void): void {
    this.#hashes.digests.catch((error) => {
      if (error instanceof Fault) failed(error);
    });
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.#hashes.stop(), this.stream.close()]);
  }

  async #sections(asked: readonly number[]): Promise<Sections> {
    const hashes: Sections = [];
    for (const section of asked) hashes.push({ section, hash: await this.stream.sectionHash(section) });
    return hashes;
  }
}
