// What a session tells of the clock of another node: apparent delays, each the difference of two clocks. A heartbeat
// that reports on this node gives one in each direction, a moment apart. Of these the pair with the least sum is kept
// for each window of time (the clock filter of RFC 5905 §10), as clocks drift apart over a long run.
import type { Millis } from '../../core/event.ts';

/** ms: a minute of heartbeats has a fast one among them. */
const firstWidth = 60_000;
const mostWindows = 64;

/** Apparent delays in ms. */
export type Delay = { toHere: number; toThere: number };

export class Delays {
  /** The least of all, where nothing tells of the other direction; infinite where nothing came. */
  leastToHere = Number.POSITIVE_INFINITY;
  #width = firstWidth;
  #from: Millis | undefined;
  #windows: (Delay | undefined)[] = [];

  /** A datagram that was sent at one instant and came at another, each by its own clock. */
  came(sentAt: Millis, receivedAt: Millis): void {
    this.leastToHere = Math.min(this.leastToHere, receivedAt - sentAt);
  }

  /** Both directions at about the same time, `now` by the clock of here. */
  both(delay: Delay, now: Millis): void {
    this.#from ??= now;
    let index = Math.max(0, Math.floor((now - this.#from) / this.#width));
    while (index >= mostWindows) {
      this.#widen();
      index = Math.floor((now - this.#from) / this.#width);
    }
    this.#windows[index] = lesser(this.#windows[index], delay);
  }

  /** The best of each window, in order of time. */
  windows(): Delay[] {
    return this.#windows.filter((window) => window !== undefined);
  }

  #widen(): void {
    const wide: (Delay | undefined)[] = [];
    for (const [index, window] of this.#windows.entries()) {
      if (window) wide[index >> 1] = lesser(wide[index >> 1], window);
    }
    this.#windows = wide;
    this.#width *= 2;
  }
}

const lesser = (one: Delay | undefined, other: Delay): Delay =>
  one && one.toHere + one.toThere <= other.toHere + other.toThere ? one : other;
