// Decides when the next snapshot goes out: at most 15 a second, only when something changed or a second passed,
// and never before the one before was taken.

export const shortestGap = 1000 / 15;
const longestGap = 1000;

export class Pacer {
  #taken = false;
  #changed = false;
  #sentAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly publish: () => void,
    private readonly clock: () => number,
  ) {}

  /** Something happened that a screen would show. */
  changed(): void {
    if (this.#changed) return;
    this.#changed = true;
    this.#plan();
  }

  /** The receiver took the newest snapshot (or has just come). */
  taken(): void {
    this.#taken = true;
    this.#plan();
  }

  stop(): void {
    this.#taken = false;
    clearTimeout(this.#timer);
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (!this.#taken) return;
    const wait = this.#sentAt + (this.#changed ? shortestGap : longestGap) - this.clock();
    this.#timer = setTimeout(() => this.#go(), Math.max(0, wait));
  }

  #go(): void {
    this.#taken = false;
    this.#changed = false;
    this.#sentAt = this.clock();
    this.publish();
  }
}
