// Puts what comes nearly in order of time into order: workers finish a little after what this node sends meanwhile.
// A heap, so that a file in any order costs no more than one in the right one.

type Timed = { at: number };

export class InOrder<T extends Timed> {
  readonly #heap: { item: T; n: number }[] = [];
  #count = 0;

  get size(): number {
    return this.#heap.length;
  }

  add(item: T): void {
    const heap = this.#heap;
    let at = heap.push({ item, n: this.#count++ }) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isBefore(at, above)) break;
      this.#swap(at, above);
      at = above;
    }
  }

  /** The oldest, if it is older than that. Of the same instant, the one that came first. */
  take(before = Number.POSITIVE_INFINITY): T | undefined {
    const heap = this.#heap;
    const first = heap[0];
    if (!first || !(first.item.at < before)) return undefined;
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      this.#sink();
    }
    return first.item;
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      let least = at;
      for (const below of [2 * at + 1, 2 * at + 2]) {
        if (below < this.#heap.length && this.#isBefore(below, least)) least = below;
      }
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one]!, this.#heap[other]!];
    return a.item.at < b.item.at || (a.item.at === b.item.at && a.n < b.n);
  }

  #swap(one: number, other: number): void {
    const heap = this.#heap;
    [heap[one], heap[other]] = [heap[other]!, heap[one]!];
  }
}
