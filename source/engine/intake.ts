// Who is let in while more arrives than the workers can do. What then waited in line would be told many seconds
// late; and one sender that floods would be all that is heard. So each sender gets the same share of what can be
// done, and the rest is counted and turned away.
import type { BatchResult } from '../workers/pool.ts';

/** Waits in line, ms: from the first on everybody only gets a share; beyond the second nobody is let in. */
const crowdedWait = 1_000;
const longestWait = 3_000;
/** Shares are dealt anew after this, ms. */
const round = 250;
/** Senders told apart in a round; beyond that they are made up, and have one share together. */
const maxSenders = 10_000;

export class Intake {
  /** Moving averages of a batch: ms of work, and datagrams. */
  #run = 0;
  #items = 0;
  readonly #taken = new Map<string, number>();
  /** How many senders asked in the round before. */
  #senders = 1;
  #roundEnds = Number.NEGATIVE_INFINITY;
  #refused = 0;

  constructor(private readonly workers: number) {}

  /** What a batch cost. Until the first nobody is turned away. */
  learn({ items, run }: Pick<BatchResult, 'items' | 'run'>): void {
    this.#run += (run - this.#run) / 8;
    this.#items += (items - this.#items) / 8;
  }

  /** `waiting`: datagrams in line; `at`: ms. */
  admits(address: string, port: number, at: number, waiting: number): boolean {
    const rate = (this.workers * this.#items) / this.#run;
    if (!(waiting > rate * crowdedWait)) return true;
    const admitted = this.#hasShare(`${address} ${port}`, at, rate * round) && waiting <= rate * longestWait;
    if (!admitted) this.#refused++;
    return admitted;
  }

  /** Datagrams turned away since the last call. */
  takeRefused(): number {
    const refused = this.#refused;
    this.#refused = 0;
    return refused;
  }

  /** `whole`: what can be done in a round, datagrams. */
  #hasShare(sender: string, at: number, whole: number): boolean {
    if (at >= this.#roundEnds) {
      this.#senders = at < this.#roundEnds + round ? Math.max(1, this.#taken.size) : 1;
      this.#taken.clear();
      this.#roundEnds = at + round;
    }
    const key = this.#taken.size < maxSenders || this.#taken.has(sender) ? sender : '';
    const taken = this.#taken.get(key) ?? 0;
    this.#taken.set(key, taken + 1);
    return taken < Math.max(1, whole / this.#senders);
  }
}
