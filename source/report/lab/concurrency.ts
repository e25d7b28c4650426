// How much of the time several workers ran at once, from when each of their batches began and ended.
import type { Millis } from '../../core/event.ts';
import { InOrder } from '../in-order.ts';

/** Batches that wait for one that began earlier: they are told of in the order in which they ended. */
const mostWaiting = 4096;

export type Overlap = {
  /** ms in which at least one worker ran, and in which at least two did. */
  busy: number;
  overlapped: number;
  /** ms of work of all workers together. */
  work: number;
  /** Workers that ran at the same instant, at most. */
  most: number;
};

export class Concurrency {
  readonly #waiting = new InOrder<{ at: Millis; to: Millis }>();
  /** When those that run end, soonest first. */
  #running: Millis[] = [];
  #now: Millis = Number.NEGATIVE_INFINITY;
  readonly #overlap: Overlap = { busy: 0, overlapped: 0, work: 0, most: 0 };

  add(from: Millis, to: Millis): void {
    this.#waiting.add({ at: from, to });
    while (this.#waiting.size > mostWaiting) this.#begin(this.#waiting.take()!);
  }

  /** Of all that was added; nothing can be added after it. */
  overlap(): Overlap {
    for (let next = this.#waiting.take(); next; next = this.#waiting.take()) this.#begin(next);
    this.#passTo(Number.POSITIVE_INFINITY);
    return this.#overlap;
  }

  #begin({ at, to }: { at: Millis; to: Millis }): void {
    // One that comes later than the patience allows counts from where the count stands.
    const from = Math.max(at, this.#now);
    if (to <= from) return;
    this.#passTo(from);
    this.#now = from;
    const place = this.#running.findIndex((end) => end > to);
    this.#running.splice(place < 0 ? this.#running.length : place, 0, to);
    this.#overlap.most = Math.max(this.#overlap.most, this.#running.length);
  }

  #passTo(instant: Millis): void {
    while (this.#running.length > 0) {
      const until = Math.min(this.#running[0]!, instant);
      const span = until - this.#now;
      this.#overlap.busy += span;
      if (this.#running.length > 1) this.#overlap.overlapped += span;
      this.#overlap.work += span * this.#running.length;
      this.#now = until;
      if (this.#running[0]! > instant) return;
      this.#running.shift();
    }
  }
}

/** Of some batches. */
export function overlapOf(runs: Iterable<{ from: Millis; to: Millis }>): Overlap {
  const concurrency = new Concurrency();
  for (const { from, to } of runs) concurrency.add(from, to);
  return concurrency.overlap();
}
