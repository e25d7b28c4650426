// Rows made of short pieces of text with a look each: as many as fit, the rest of the width blank.
import { cut, widthOf } from './fit.ts';
import type { Look } from './look.ts';
import type { Role } from './theme.ts';

export type Segment = { text: string; role?: Role };

export const segment = (text: string, role?: Role): Segment => (role ? { text, role } : { text });

export const segmentsWidth = (segments: readonly Segment[]): number =>
  segments.reduce((sum, { text }) => sum + widthOf(text), 0);

const painted = ({ text, role }: Segment, { theme }: Look) => (role ? theme[role](text) : text);

/** `left` from the left edge and `right` up to the right edge of `width` columns; the left gives way. */
export function spread(
  left: readonly Segment[],
  right: readonly Segment[],
  width: number,
  look: Look,
): string {
  const ending = segmentsWidth(right) <= width ? right : [];
  let room = width - segmentsWidth(ending);
  let row = '';
  for (const part of left) {
    if (room <= 0) break;
    const wide = widthOf(part.text);
    const text = wide <= room ? part.text : cut(part.text, room - 1) + look.glyphs.more;
    row += painted({ ...part, text }, look);
    room -= widthOf(text);
  }
  return row + ' '.repeat(Math.max(0, room)) + ending.map((part) => painted(part, look)).join('');
}

/** Keeps whole groups of pieces, in order, as long as they fit with `gap` columns between two. */
export function whole(groups: readonly (readonly Segment[])[], gap: string, width: number): Segment[] {
  const kept: Segment[] = [];
  let used = 0;
  for (const group of groups) {
    const need = segmentsWidth(group) + (kept.length > 0 ? widthOf(gap) : 0);
    if (used + need > width) break;
    if (kept.length > 0) kept.push(segment(gap));
    kept.push(...group);
    used += need;
  }
  return kept;
}
