// What was sent under the latest datagram numbers, so that a report of a number tells bytes, frames and time.

const kept = 65_536;

export class SentLog {
  /** The last number, and totals up to it. */
  number = 0;
  bytes = 0;
  frames = 0;
  readonly #bytes = new Float64Array(kept);
  readonly #frames = new Float64Array(kept);
  readonly #times = new Float64Array(kept);

  /** Numbers go up by one; `bytes` of payload, which took `frames` on the wire, at `now` ms. */
  sent(number: number, bytes: number, frames: number, now: number): void {
    this.number = number;
    this.bytes += bytes;
    this.frames += frames;
    this.#bytes[number % kept] = this.bytes;
    this.#frames[number % kept] = this.frames;
    this.#times[number % kept] = now;
  }

  /** Bytes sent up to a number and with it. */
  bytesUpto(number: number): number {
    return this.#bytes[this.#nearest(number)]!;
  }

  framesUpto(number: number): number {
    return this.#frames[this.#nearest(number)]!;
  }

  /** When a number was sent, ms. */
  timeOf(number: number): number {
    return this.#times[this.#nearest(number)]!;
  }

  /** A number that is no longer kept counts as the oldest that is. */
  #nearest(number: number): number {
    return Math.min(this.number, Math.max(number, this.number - kept + 1, 0)) % kept;
  }
}
