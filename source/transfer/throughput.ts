// Bytes per second over the last second, of a count that is looked at a few times a second.

const span = 1000;

export class Throughput {
  readonly #seen: { at: number; bytes: number }[] = [];

  /** `bytes` in all at `at` ms. */
  see(bytes: number, at: number): void {
    this.#seen.push({ at, bytes });
    while (this.#seen.length > 2 && this.#seen[1]!.at <= at - span) this.#seen.shift();
  }

  get rate(): number {
    const first = this.#seen[0];
    const last = this.#seen.at(-1);
    if (!first || !last || last.at <= first.at) return 0;
    return Math.max(0, Math.round(((last.bytes - first.bytes) / (last.at - first.at)) * 1000));
  }
}
