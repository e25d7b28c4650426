// How much of what reached this host was lost in it: in the kernel's full buffer, or turned away by our own queue.
// Heartbeats are among that, so a node must not declare others dead for what it failed to hear.

/** Ticks that are looked back on: five seconds, because the kernel's count comes once in one. */
const ticks = 25;
/** Beats that the failure detector forgives by itself. */
const forgiven = 4;
/** A row of lost beats is taken for silence when it is less likely than this. */
const unlikely = 1e-4;
const maxPatience = 8;

type Counts = { lost: number; taken: number };

export class OwnLoss {
  readonly #marks: Counts[] = [];

  /** To be called at every tick, with what was lost and what was taken in since the start. */
  tick(lost: number, taken: number): void {
    const newest = this.#marks.at(-1);
    // A person counts from zero again.
    if (newest && (lost < newest.lost || taken < newest.taken)) this.#marks.length = 0;
    this.#marks.push({ lost, taken });
    if (this.#marks.length > ticks) this.#marks.shift();
  }

  /** Factor for every deadline, 1 when nothing was lost: so that a row of beats lost here is no reason to judge. */
  get patience(): number {
    const [oldest] = this.#marks;
    const newest = this.#marks.at(-1);
    if (!oldest || !newest || newest.lost === oldest.lost) return 1;
    const lost = newest.lost - oldest.lost;
    const share = lost / (lost + newest.taken - oldest.taken);
    if (share >= 1) return maxPatience;
    const row = Math.log(unlikely) / Math.log(share);
    return Math.min(maxPatience, Math.max(1, row / forgiven));
  }
}
