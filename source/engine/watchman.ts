// Looks after silence: several times a second it asks the judge which peers fell silent and whether this node is
// cut off, with more patience while this node itself is slow or loses what it is sent.
import type { Event, Millis } from '../core/event.ts';
import { isolatedSince, isolationWarning, judgeSilence } from '../core/judge.ts';
import type { State } from '../core/state.ts';
import { LagMeter } from './lag-meter.ts';
import { OwnLoss } from './own-loss.ts';

export class Watchman {
  readonly #lag: LagMeter;
  readonly #ownLoss = new OwnLoss();
  #isolated: Millis | undefined;

  constructor(
    private readonly state: State,
    private readonly write: (event: Event) => void,
    /** ms between two looks. */
    readonly every: number,
  ) {
    this.#lag = new LagMeter(every);
  }

  /** Longest stall of this thread in the last seconds, ms. */
  get lag(): number {
    return this.#lag.lag;
  }

  /** `oldestAt`: arrival of the oldest datagram that still waits for a worker. */
  look(at: Millis, oldestAt: Millis | undefined): void {
    this.#lag.tick(at);
    const { kernelDrops, shed, received } = this.state.totals;
    this.#ownLoss.tick(kernelDrops + shed.queue, received);
    // What still waits for a worker was heard: nobody is judged later than the oldest of it.
    const judgedAt = Math.min(at, oldestAt ?? at);
    const patience = Math.max(this.#lag.patience, this.#ownLoss.patience);
    for (const verdict of judgeSilence(this.state, judgedAt, patience)) this.write(verdict);
    const isolated = isolatedSince(this.state);
    for (const warning of isolationWarning(this.#isolated, isolated, at)) this.write(warning);
    this.#isolated = isolated;
  }
}
