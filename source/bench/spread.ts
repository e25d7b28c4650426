// What several runs of one measurement come to: a median alone would hide how far apart they were.

export type Spread = { median: number; min: number; max: number };

/** Of at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)! };
}

/** By nearest rank; `share` from 0 to 1. NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** `12.3`, or of several runs `12.3 (11.9–13.0)`. */
export function spreadText(values: readonly number[], digits: number): string {
  if (values.length === 0) return '-';
  const { median, min, max } = spreadOf(values);
  const text = (value: number) => value.toFixed(digits);
  return values.length === 1 ? text(median) : `${text(median)} (${text(min)}–${text(max)})`;
}
