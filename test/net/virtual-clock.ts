// Time that a test moves by hand, so that no test waits for the real one.
import type { Clock } from '../../source/net/memory-network.ts';

export class VirtualClock implements Clock {
  #now: number;
  /** Soonest first; of one instant, in order of request. */
  readonly #waiting: { due: number; run: () => void }[] = [];

  constructor(start = 1_790_000_000_000) {
    this.#now = start;
  }

  readonly now = (): number => this.#now;

  readonly after = (ms: number, run: () => void): void => {
    const due = this.#now + ms;
    const before = this.#waiting.findLastIndex((waiting) => waiting.due <= due);
    this.#waiting.splice(before + 1, 0, { due, run });
  };

  /** Runs what falls due on the way, in order of time and then of request. */
  advance(ms: number): void {
    const end = this.#now + ms;
    while (this.#waiting[0] && this.#waiting[0].due <= end) {
      const [next] = this.#waiting.splice(0, 1);
      this.#now = Math.max(this.#now, next!.due);
      next!.run();
    }
    this.#now = end;
  }
}
