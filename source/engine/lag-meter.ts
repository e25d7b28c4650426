// How late this thread's own timers come. A node that is slow itself must not declare the others dead for it
// (Lifeguard's local health): its patience grows with its own lag.

/** A stall is remembered this long, ms: what arrived meanwhile is still being worked off. */
const memory = 5000;
/** Lag that doubles the patience: half a heartbeat at the usual pace, ms. */
const unit = 500;
/** Lifeguard's bound on the local health score. */
const maxPatience = 8;

export class LagMeter {
  #last: number | undefined;
  #worst = 0;
  #worstAt = 0;

  /** `period`: ms between two ticks when nothing is late. */
  constructor(private readonly period: number) {}

  /** To be called by a timer of that period. `at` in ms. */
  tick(at: number): void {
    const lag = this.#last === undefined ? 0 : Math.max(0, at - this.#last - this.period);
    this.#last = at;
    if (lag >= this.#worst || at - this.#worstAt > memory) {
      this.#worst = lag;
      this.#worstAt = at;
    }
  }

  /** Longest lag of the last seconds, ms. */
  get lag(): number {
    return this.#worst;
  }

  /** Factor for every deadline, 1 when all is well. */
  get patience(): number {
    return Math.min(maxPatience, 1 + this.#worst / unit);
  }
}
