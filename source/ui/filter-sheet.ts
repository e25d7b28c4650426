// The overlay of filters for Wireshark, each on lines of its own so that a terminal can copy it.
import type { GroupName } from '../core/event.ts';
import { type Group, parseGroup } from '../core/group.ts';
import { captureFilter, type DisplayFilter, displayFilters, needsDissector } from '../core/wireshark.ts';
import { fitted, widthOf } from './fit.ts';
import type { Look } from './look.ts';

/** Rows of exactly `width` columns. */
export function filterRows(names: readonly GroupName[], width: number, look: Look): string[] {
  const { theme, wireshark } = look;
  const groups = names.flatMap(groupOf);
  const filters = displayFilters(groups);
  const title = (text: string) => theme.title(fitted(text, width));
  const blank = ' '.repeat(width);
  const lines = (text: string) =>
    wrapped(look.address(text), width - 2).map((line) => fitted(`  ${line}`, width));
  const rows = ({ use, filter }: DisplayFilter) => [
    theme.dim(fitted(` ${wireshark.uses[use]}`, width)),
    ...lines(filter),
  ];
  return [
    title(wireshark.filters),
    ...filters.filter((each) => !needsDissector(each)).flatMap(rows),
    blank,
    title(wireshark.withDissector),
    ...filters.filter(needsDissector).flatMap(rows),
    blank,
    title(wireshark.captureWith),
    ...lines(['mcast-tui capture', ...names.map((name) => `-g '${name}'`)].join(' ')),
    ...lines(captureFilter(groups)),
  ];
}

/** A session may come from anywhere. */
function groupOf(name: GroupName): Group[] {
  try {
    return [parseGroup(name)];
  } catch {
    return [];
  }
}

/** Broken at blanks: a filter may be longer than the screen is wide. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
