// Finds the moment that shows best how the workers ran at once, among any number of batches: the burst in which
// most of the time was overlapped. A whole session on one picture shows only hairlines.
import type { Millis, Task } from '../../core/event.ts';
import { overlapOf } from './concurrency.ts';

export type Run = { worker: number; from: Millis; to: Millis; items: number; wait: number };

/** As many bars as can be told apart. */
const mostRuns = 48;
/** Batches that are further apart are no burst, ms. */
const pause = 20;

export class Busiest {
  #best: { runs: Run[]; score: number } = { runs: [], score: -1 };
  #burst: Run[] = [];
  #until: Millis = 0;

  add({ worker, at, run, items, wait }: Task): void {
    const next = { worker, from: at - run, to: at, items, wait };
    if (this.#burst.length >= mostRuns || next.from > this.#until + pause) this.#judge();
    this.#burst.push(next);
    this.#until = Math.max(this.#until, at);
  }

  /** In the order in which they began; nothing when there was none. */
  runs(): Run[] {
    this.#judge();
    return [...this.#best.runs].sort((a, b) => a.from - b.from);
  }

  #judge(): void {
    const runs = this.#burst;
    this.#burst = [];
    if (runs.length === 0) return;
    const { busy, overlapped } = overlapOf(runs);
    // Much of it overlapped, and of that a large part of the picture.
    const score = busy === 0 ? 0 : (overlapped * overlapped) / busy;
    if (score > this.#best.score) this.#best = { runs, score };
  }
}
