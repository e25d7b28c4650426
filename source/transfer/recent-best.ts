// The largest of the values of late, in constant space: of the span under way and the one before.
export class RecentBest {
  #now = 0;
  #before = 0;
  #end = 0;

  /** `span`: how long a value counts at least, ms; at most twice that. */
  constructor(readonly span: number) {}

  add(value: number, now: number): void {
    this.#turn(now);
    this.#now = Math.max(this.#now, value);
  }

  /** 0 when there was none. */
  value(now: number): number {
    this.#turn(now);
    return Math.max(this.#now, this.#before);
  }

  #turn(now: number): void {
    if (now < this.#end) return;
    this.#before = now < this.#end + this.span ? this.#now : 0;
    this.#now = 0;
    this.#end = now + this.span;
  }
}
