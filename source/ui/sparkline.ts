// Small charts of one row: a history, a filled bar, and how often which value came.
import type { Glyphs } from './glyphs.ts';

/** The newest `width` values as columns of one row, scaled to their greatest (or `top`); gaps stay blank. */
export function sparkline(
  values: readonly (number | undefined)[],
  width: number,
  glyphs: Glyphs,
  top?: number,
): string {
  const shown = values.slice(-width);
  const greatest = top ?? Math.max(0, ...shown.map((value) => value ?? 0));
  const steps = glyphs.levels.length;
  const columns = shown.map((value) => {
    if (value === undefined) return ' ';
    if (value <= 0 || greatest <= 0) return glyphs.levels[0]!;
    return glyphs.levels[Math.min(steps - 1, Math.ceil((value / greatest) * steps) - 1)]!;
  });
  return ' '.repeat(Math.max(0, width - columns.length)) + columns.join('');
}

/** `share` (0 to 1) of `width` columns filled, to an eighth of a column; never empty for more than nothing. */
export function bar(share: number, width: number, glyphs: Glyphs, blank = glyphs.empty): string {
  const steps = glyphs.partials.length;
  const bounded = Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0));
  const eighths = bounded === 0 ? 0 : Math.max(1, Math.round(bounded * width * steps));
  const full = Math.floor(eighths / steps);
  const rest = eighths % steps;
  const filled = glyphs.partials[steps - 1]!.repeat(full) + (rest ? glyphs.partials[rest - 1]! : '');
  return filled + blank.repeat(Math.max(0, width - full - (rest ? 1 : 0)));
}

export type Bucket = { from: number; to: number; count: number };

/** Counts values in `buckets` spans of equal width; the outermost 2 % stretch the last one and not the scale. */
export function histogram(values: readonly number[], buckets: number): Bucket[] {
  if (values.length === 0) return [];
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[0]!;
  const high = sorted[Math.floor((sorted.length - 1) * 0.98)]!;
  const step = (high - low) / buckets || 1;
  const out = Array.from({ length: buckets }, (_, i) => ({
    from: low + i * step,
    to: low + (i + 1) * step,
    count: 0,
  }));
  for (const value of values) out[Math.min(buckets - 1, Math.floor((value - low) / step))]!.count++;
  out[buckets - 1]!.to = Math.max(out[buckets - 1]!.to, sorted.at(-1)!);
  return out;
}
