// What a session tells of the clock of another node: the least apparent delay in each direction. Apparent, for
// it is the difference of two clocks. Kept by windows of time, as clocks drift apart over a long run.
import type { Millis } from '../../core/event.ts';

/** ms: a minute of heartbeats has a fast one among them. */
const firstWidth = 60_000;
const mostWindows = 64;

/** Least apparent delays in ms; infinite where nothing came. */
export type Window = { toHere: number; toThere: number };

export class Delays {
  #width = firstWidth;
  #from: Millis | undefined;
  #windows: (Window | undefined)[] = [];

  /** A datagram that was sent and received at these instants, each by its own clock; `now` by the clock of here. */
  add(way: keyof Window, sentAt: Millis, receivedAt: Millis, now: Millis): void {
    this.#from ??= now;
    let index = Math.max(0, Math.floor((now - this.#from) / this.#width));
    while (index >= mostWindows) {
      this.#widen();
      index = Math.floor((now - this.#from) / this.#width);
    }
    const window = this.#windows[index] ?? {
      toHere: Number.POSITIVE_INFINITY,
      toThere: Number.POSITIVE_INFINITY,
    };
    window[way] = Math.min(window[way], receivedAt - sentAt);
    this.#windows[index] = window;
  }

  windows(): Window[] {
    return this.#windows.filter((window) => window !== undefined);
  }

  /** Over the whole run. */
  least(): Window {
    return this.windows().reduce(lesser, {
      toHere: Number.POSITIVE_INFINITY,
      toThere: Number.POSITIVE_INFINITY,
    });
  }

  #widen(): void {
    const wide: (Window | undefined)[] = [];
    for (const [index, window] of this.#windows.entries()) {
      if (!window) continue;
      const other = wide[index >> 1];
      wide[index >> 1] = other ? lesser(other, window) : window;
    }
    this.#windows = wide;
    this.#width *= 2;
  }
}

const lesser = (a: Window, b: Window): Window => ({
  toHere: Math.min(a.toHere, b.toHere),
  toThere: Math.min(a.toThere, b.toThere),
});
