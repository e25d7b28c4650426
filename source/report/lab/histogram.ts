// Percentiles of any number of values in bounded memory: counts in buckets, each 2 % wider than the one before, so
// that a percentile is at most 2 % too large.

const growth = Math.log(1.02);
/** What is smaller counts as this, ms: clocks tell no less. */
const smallest = 0.001;

export type Percentiles = { p50: number; p95: number; p99: number; max: number };

export class Histogram {
  readonly #counts = new Map<number, number>();
  #count = 0;
  #max = 0;

  get count(): number {
    return this.#count;
  }

  get max(): number {
    return this.#max;
  }

  add(value: number): void {
    const bucket = value <= smallest ? 0 : Math.ceil(Math.log(value / smallest) / growth);
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + 1);
    this.#count++;
    this.#max = Math.max(this.#max, value);
  }

  /** 0 when nothing was added. */
  percentile(share: number): number {
    const wanted = Math.ceil(share * this.#count);
    let below = 0;
    for (const [bucket, count] of [...this.#counts].sort(([a], [b]) => a - b)) {
      below += count;
      if (below >= wanted) return Math.min(this.#max, smallest * Math.exp(bucket * growth));
    }
    return 0;
  }

  percentiles(): Percentiles {
    return {
      p50: this.percentile(0.5),
      p95: this.percentile(0.95),
      p99: this.percentile(0.99),
      max: this.#max,
    };
  }
}
