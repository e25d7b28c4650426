// The help overlay: the whole keymap, in as many columns as fit.
import { fitted, widthOf } from './fit.ts';
import { helpSections, type Place } from './keymap.ts';
import type { Look } from './look.ts';

/** Rows of exactly `width` columns. `left` are places whose keys do nothing here. */
export function helpRows(width: number, left: readonly Place[], { theme, keys }: Look): string[] {
  const columns = width >= 150 ? 3 : width >= 90 ? 2 : 1;
  const each = Math.floor((width - (columns - 1) * 2) / columns);
  const sections = helpSections(keys, left);
  const keysWidth = Math.min(
    Math.floor(each / 2),
    Math.max(...sections.flatMap(({ rows }) => rows.map((row) => widthOf(row.keys)))) + 2,
    24,
  );
  const blocks = sections.map(({ title, rows }) => [
    theme.title(fitted(title, each)),
    ...rows.map((row) => {
      // Two blanks at least stand between keys and words, also where the keys are long.
      const names = Math.max(keysWidth, Math.min(widthOf(row.keys) + 2, each - 8));
      return theme.key(fitted(`  ${row.keys}`, names + 2)) + fitted(row.does, each - names - 2);
    }),
    ' '.repeat(each),
  ]);
  return abreast(blocks, columns, each, width);
}

/** Blocks in columns of about equal height, none of them broken. */
function abreast(blocks: readonly string[][], columns: number, each: number, width: number): string[] {
  const total = blocks.reduce((sum, block) => sum + block.length, 0);
  const stacks: string[][] = Array.from({ length: columns }, () => []);
  let at = 0;
  for (const block of blocks) {
    const stack = stacks[at]!;
    if (at < columns - 1 && stack.length > 0 && stack.length + block.length / 2 > total / columns) at++;
    stacks[at]!.push(...block);
  }
  const height = Math.max(...stacks.map((stack) => stack.length));
  const rest = ' '.repeat(width - columns * each - (columns - 1) * 2);
  return Array.from(
    { length: height },
    (_, row) => stacks.map((stack) => stack[row] ?? ' '.repeat(each)).join('  ') + rest,
  );
}
