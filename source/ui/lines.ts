// The lines of a pane that scrolls: the newest few thousand, oldest first, numbered by the engine.

/** A list that can be looked into and not changed. Arrays are one. */
export type Indexed<T> = { readonly length: number; at(index: number): T | undefined };

export class Lines<T extends { n: number }> implements Indexed<T> {
  #items: T[] = [];
  #start = 0;

  constructor(private readonly capacity: number) {}

  get length(): number {
    return this.#items.length;
  }

  push(line: T): void {
    if (this.#items.length < this.capacity) this.#items.push(line);
    else {
      this.#items[this.#start] = line;
      this.#start = (this.#start + 1) % this.capacity;
    }
  }

  at(index: number): T | undefined {
    if (index < 0 || index >= this.#items.length) return undefined;
    return this.#items[(this.#start + index) % this.#items.length];
  }

  clear(): void {
    this.#items = [];
    this.#start = 0;
  }

  /** A copy that stays as it is, for a screen that is frozen. */
  still(): Lines<T> {
    const copy = new Lines<T>(this.capacity);
    copy.#items = [...this.#items];
    copy.#start = this.#start;
    return copy;
  }
}

/** Index of the last line whose number is at most `n`; -1 if all are greater. */
export function indexOfNumber(lines: Indexed<{ n: number }>, n: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (lines.at(middle)!.n <= n) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Where a pane that shows its newest line (`anchor` undefined) or holds at line number `anchor` (its lowest one)
 * stands after moving by `by` lines; undefined again when that reaches the newest. `least` is the index of the
 * lowest line while the oldest stands at the top: there it goes no further up.
 */
export function scrolled(
  lines: Indexed<{ n: number }>,
  anchor: number | undefined,
  by: number,
  least: number,
): number | undefined {
  const last = lines.length - 1;
  const from = anchor === undefined ? last : indexOfNumber(lines, anchor);
  const to = Math.min(last, Math.max(least, 0, from + by));
  return to >= last ? undefined : lines.at(to)!.n;
}

/** Lines newer than the one that a pane holds at. */
export function behind(lines: Indexed<{ n: number }>, anchor: number | undefined): number {
  return anchor === undefined ? 0 : lines.length - 1 - Math.max(0, indexOfNumber(lines, anchor));
}
