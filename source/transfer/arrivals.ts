// Which datagram numbers came. A number that is overtaken is given some time before it is taken for lost, because
// networks reorder; what was settled as lost and comes after all is not counted again.

/** A gap is settled once this many later numbers have come; RFC 5681's 3, wide enough for bursts over two paths. */
export const patience = 32;
const reach = 64;

export class Arrivals {
  /** Every number up to here has come or is taken for lost. */
  settled = 0;
  /** The last of them that came, when (µs), and their totals. */
  heard = 0;
  at = 0;
  received = 0;
  bytes = 0;
  lost = 0;
  /** Came again, or after it was taken for lost. */
  late = 0;
  /** The first block that no settled datagram has come to. */
  front = 0;
  #highest = 0;
  #overtaken = 0;
  readonly #came = new Uint8Array(reach);
  readonly #bytes = new Uint32Array(reach);
  readonly #ends = new Uint32Array(reach);
  readonly #times = new Float64Array(reach);

  /** A datagram came at `at` µs; `end` is the block after the last of a run, 0 for a repair. Counting starts with it. */
  came(number: number, bytes: number, end: number, at: number): void {
    if (this.#highest === 0) this.#highest = this.settled = number - 1;
    if (number <= this.settled || (number <= this.#highest && this.#came[number % reach] === 1)) {
      this.late++;
      return;
    }
    if (number > this.#highest) {
      this.#settle(Math.min(number - patience - 1, this.#highest));
      if (number - patience - 1 > this.settled) this.#giveUp(number - patience - 1);
      this.#highest = number;
    }
    const slot = number % reach;
    this.#came[slot] = 1;
    this.#bytes[slot] = bytes;
    this.#ends[slot] = end;
    this.#times[slot] = at;
    while (this.settled < this.#highest && this.#came[(this.settled + 1) % reach] === 1) this.#settleNext();
  }

  /** Waits no longer for what had been overtaken when this was called the last time. */
  tick(): void {
    this.#settle(this.#overtaken);
    this.#overtaken = this.#highest;
  }

  /** The sender says that it has sent all up to `number`, and every block below `front` at least once. */
  told(number: number, front: number): void {
    if (this.#highest === 0) this.#highest = this.settled = number;
    this.#settle(Math.min(number, this.#highest));
    if (number > this.#highest) {
      this.#giveUp(number);
      this.#highest = number;
    }
    this.front = Math.max(this.front, front);
  }

  /** Takes for lost what has not come up to `number`, which is not above the highest. */
  #settle(number: number): void {
    while (this.settled < number) this.#settleNext();
  }

  /** None of the numbers from the highest up to `number` has come. */
  #giveUp(number: number): void {
    this.lost += number - this.settled;
    this.settled = number;
  }

  #settleNext(): void {
    const slot = ++this.settled % reach;
    if (this.#came[slot] === 0) {
      this.lost++;
      return;
    }
    this.#came[slot] = 0;
    this.received++;
    this.bytes += this.#bytes[slot]!;
    this.heard = this.settled;
    this.at = this.#times[slot]!;
    this.front = Math.max(this.front, this.#ends[slot]!);
  }
}
