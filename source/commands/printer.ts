// Writes lines to standard output for as long as its reader keeps up, and counts the lines that it did not.
import type { Writable } from 'node:stream';

/** Characters that may wait for a slow reader. */
const maxWaiting = 16 * 1024 * 1024;

export class Printer {
  #lost = 0;
  #gone: Promise<void>;
  #isGone = false;

  constructor(private readonly out: Writable) {
    this.#gone = new Promise((resolve) => {
      const mark = () => {
        this.#isGone = true;
        resolve();
      };
      out.once('error', mark);
      out.once('close', mark);
    });
  }

  /** Resolves when the reader went away, as `head` does when it has enough. */
  get gone(): Promise<void> {
    return this.#gone;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** Lines that a slow reader missed; those after it went away are not missed by anybody. */
  get lost(): number {
    return this.#lost;
  }

  /** One or more whole lines, each with its end. */
  write(lines: string): void {
    if (this.#isGone || lines === '') return;
    if (this.out.writableLength + lines.length > maxWaiting) {
      for (let at = lines.indexOf('\n'); at >= 0; at = lines.indexOf('\n', at + 1)) this.#lost++;
      return;
    }
    this.out.write(lines);
  }

  /** Resolves when all is with the reader, the reader is gone, or the patience (ms) is at its end. */
  async drained(patience: number): Promise<void> {
    if (this.#isGone || this.out.writableLength === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patience);
    });
    await Promise.race([
      new Promise<void>((resolve) => this.out.write('', () => resolve())),
      this.#gone,
      late,
    ]);
    clearTimeout(timer);
  }
}
