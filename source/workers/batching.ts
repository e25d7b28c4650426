// When to hand datagrams to a worker, and how many at once. A hand-over wakes a thread and is answered by waking
// another, which costs more than ten datagrams' work: on a busy network it waits a moment for company, and on a
// quiet one, or with slow work (`--work`), it does not.

/** Bounds of a batch: datagrams, and ms of work. */
const mostItems = 256;
const longestRun = 20;
/** Work that is worth a hand-over at once, ms. */
const worthAtOnce = 1;
/** What is worth less waits until so long after the hand-over before, ms. */
const company = 2;
/** Work that is worth a worker of its own, ms: less is not split between idle workers. */
const worthSplitting = 0.1;

export class Batching {
  /** Moving averages of a batch; their quotient is the cost of an item. */
  #run: number;
  #items = 1;
  #handedAt = Number.NEGATIVE_INFINITY;

  /** `work`: synthetic load, ms per datagram; `clock` in ms. */
  constructor(
    private readonly work: number,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.#run = Math.max(work, 0.02);
  }

  /** Milliseconds of work per datagram. */
  get cost(): number {
    return this.#run / this.#items;
  }

  /** Milliseconds that so many datagrams should take. */
  expected(items: number): number {
    return items * Math.max(this.cost, this.work);
  }

  /** A batch was done in `run` ms. */
  learn(items: number, run: number): void {
    this.#run += (run - this.#run) / 8;
    this.#items += (items - this.#items) / 8;
  }

  /** So many waiting datagrams are worth a hand-over at once. */
  isWorth(waiting: number): boolean {
    return waiting * this.cost >= worthAtOnce;
  }

  /** Milliseconds until so many waiting datagrams should be handed over; 0 is at once. */
  dueIn(waiting: number): number {
    if (this.isWorth(waiting)) return 0;
    return Math.max(0, this.#handedAt + company - this.clock());
  }

  /** Datagrams for the next of the `idle` workers, which are handed over now. */
  take(waiting: number, idle: number): number {
    this.#handedAt = this.clock();
    const least = Math.ceil(worthSplitting / this.cost);
    const most = Math.max(1, Math.min(mostItems, Math.floor(longestRun / this.cost)));
    return Math.min(Math.max(Math.ceil(waiting / idle), least), most);
  }
}
