// Whether a receiver's files are the sender's: the hash of each, and where one differs, the hashes of its sections, so
// that only the bad ones are sent again.
import { Fault } from '../core/fault.ts';
import { decodeSections, encode, kinds, type Sections } from './control.ts';
import type { PartStore } from './part-store.ts';

const digestBytes = 32;
/** Sections asked for at once: the sender hashes each anew. */
const askedAtOnce = 64;
/** Whoever is sent forged blocks all the time gives up. */
const mostRounds = 8;

type Ask = (kind: number, body?: Uint8Array) => void;

export class Verifier {
  readonly #received: Buffer[] = [];
  #digests: string[] | undefined;
  #sections: Sections | undefined;
  #wake: (() => void) | undefined;
  #ask: Ask = () => {};
  #asked: { kind: number; body?: Uint8Array } | undefined;
  #rounds = 0;
  #stopped = false;

  constructor(
    private readonly store: PartStore,
    private readonly files: number,
  ) {}

  /** An answer of the sender; false when it cannot be one. */
  take(kind: number, body: Buffer): boolean {
    if (kind === kinds.digests) {
      this.#received.push(Buffer.from(body));
      const have = this.#received.reduce((sum, { length }) => sum + length, 0);
      if (have > this.files * digestBytes) return false;
      if (have < this.files * digestBytes) return true;
      const all = Buffer.concat(this.#received.splice(0));
      this.#digests = Array.from({ length: this.files }, (_, file) =>
        all.subarray(file * digestBytes, (file + 1) * digestBytes).toString('hex'),
      );
    } else {
      this.#sections = decodeSections(body);
      if (!this.#sections) return false;
    }
    this.#wake?.();
    return true;
  }

  /** Asks again, after the connection was cut and is there again. */
  askAgain(): void {
    this.#received.length = 0;
    if (this.#asked) this.#ask(this.#asked.kind, this.#asked.body);
  }

  stop(): void {
    this.#stopped = true;
    this.#wake?.();
  }

  /** `again`: some sections count as missing now. Rejects with Fault('share-refused') when that has no end. */
  async verify(ask: Ask): Promise<'whole' | 'again' | 'stopped'> {
    this.#ask = ask;
    if (this.files > 0 && !this.#digests) await this.#answer(kinds.askHashes, undefined, () => this.#digests);
    if (this.#stopped) return 'stopped';
    const differing = await this.store.verify(this.#digests ?? []);
    if (differing.length === 0) return 'whole';
    const sections = this.store.sectionsOf(differing);
    let bad = 0;
    for (let at = 0; at < sections.length && !this.#stopped; at += askedAtOnce) {
      bad += await this.#compare(sections.slice(at, at + askedAtOnce));
    }
    if (this.#stopped) return 'stopped';
    // All sections the same and the file not: then the sender's file was not always the same.
    if (bad === 0 || ++this.#rounds > mostRounds) throw new Fault('share-refused', { reason: 'hashes' }, 1);
    return 'again';
  }

  async #compare(sections: number[]): Promise<number> {
    this.#sections = undefined;
    await this.#answer(kinds.askSections, encode(sections), () => this.#sections);
    const wanted = new Set(sections);
    let bad = 0;
    for (const { section, hash } of this.#sections ?? []) {
      if (wanted.delete(section) && !(await this.store.check(section, hash))) bad++;
    }
    if (wanted.size > 0 && !this.#stopped) throw new Fault('share-refused', { reason: 'hashes' }, 1);
    return bad;
  }

  async #answer(kind: number, body: Uint8Array | undefined, here: () => unknown): Promise<void> {
    this.#asked = { kind, ...(body && { body }) };
    this.#ask(kind, body);
    while (!this.#stopped && here() === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#asked = undefined;
  }
}
