// The list of columns to show or hide, with what each means.
import { type ColumnId, type ColumnWishes, columns } from './columns.ts';
import { fitted } from './fit.ts';
import type { Look } from './look.ts';

/** Rows of exactly `width` columns, in the order of the table's columns. `shown` are those in the table now. */
export function columnRows(
  shown: ReadonlySet<ColumnId>,
  wishes: ColumnWishes,
  chosen: number,
  width: number,
  { theme, words, glyphs }: Look,
): string[] {
  return columns.map(({ id }, i) => {
    const box = shown.has(id) ? `[${glyphs.tick}]` : wishes[id] ? `[${glyphs.waiting}]` : '[ ]';
    const title = id === 'phi' ? glyphs.phi : words.columns[id];
    const mark = i === chosen ? glyphs.selected : ' ';
    const line = fitted(`${mark} ${box} ${fitted(title, 10)} ${words.columnHelp[id]}`, width);
    return i === chosen ? theme.selected(line) : shown.has(id) ? line : theme.dim(line);
  });
}
