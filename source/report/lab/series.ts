// A figure over time in bounded memory: a fixed number of buckets, which grow twice as wide whenever the run has
// become too long for them. A session of a second and one of a day make a chart of the same size.
import type { Millis } from '../../core/event.ts';

export type Bucket = { sum: number; count: number; least: number; most: number };

/** A bucket that holds something: its middle, and what came in it. */
export type Point = Bucket & { at: Millis };

export class Series {
  #from: Millis | undefined;
  #width: number;
  #buckets: (Bucket | undefined)[] = [];

  /** `width`: of a bucket at first, ms. `most`: so many buckets. */
  constructor(
    width: number,
    private readonly most = 240,
  ) {
    this.#width = width;
  }

  /** Of a bucket now, ms. */
  get width(): number {
    return this.#width;
  }

  /** In any order that is nearly that of time: what is older than the first counts with the first. */
  add(at: Millis, value: number): void {
    this.#from ??= Math.floor(at / this.#width) * this.#width;
    let index = Math.max(0, Math.floor((at - this.#from) / this.#width));
    while (index >= this.most) {
      this.#widen();
      index = Math.floor((at - this.#from) / this.#width);
    }
    const bucket = this.#buckets[index];
    this.#buckets[index] = bucket
      ? joined(bucket, { sum: value, count: 1, least: value, most: value })
      : { sum: value, count: 1, least: value, most: value };
  }

  points(): Point[] {
    const points: Point[] = [];
    for (const [index, bucket] of this.#buckets.entries()) {
      if (bucket) points.push({ ...bucket, at: this.#from! + (index + 0.5) * this.#width });
    }
    return points;
  }

  #widen(): void {
    const wide: (Bucket | undefined)[] = [];
    for (const [index, bucket] of this.#buckets.entries()) {
      if (!bucket) continue;
      const other = wide[index >> 1];
      wide[index >> 1] = other ? joined(other, bucket) : bucket;
    }
    this.#buckets = wide;
    this.#width *= 2;
  }
}

const joined = (a: Bucket, b: Bucket): Bucket => ({
  sum: a.sum + b.sum,
  count: a.count + b.count,
  least: Math.min(a.least, b.least),
  most: Math.max(a.most, b.most),
});
