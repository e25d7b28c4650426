// The border of a pane: its number and name, what it says of itself, and a note at its foot.
import { cut, fitted, widthOf } from './fit.ts';
import type { Look } from './look.ts';

export type Frame = {
  width: number;
  height: number;
  title: string;
  /** Beside the title, in dim: a filter, a count. */
  note?: string;
  /** In the lower border, at the right. */
  foot?: string;
  focused: boolean;
};

/** Columns and rows inside a frame: one blank column at either side. */
export const inner = ({ width, height }: { width: number; height: number }) => ({
  width: Math.max(0, width - 4),
  height: Math.max(0, height - 2),
});

export function topEdge({ width, title, note = '', focused }: Frame, { theme, glyphs }: Look): string {
  const line = focused ? theme.focus : theme.border;
  const name = cut(` ${title} `, width - 4);
  const room = width - 4 - widthOf(name);
  const beside = note === '' || room < 5 ? '' : ` ${cut(note, room - 3)} `;
  const rest = glyphs.across.repeat(Math.max(0, room - widthOf(beside) - (beside === '' ? 0 : 1)));
  return [
    line(glyphs.topLeft + glyphs.across),
    focused ? theme.focus(theme.title(name)) : theme.title(name),
    beside === '' ? '' : line(glyphs.across) + theme.dim(beside),
    line(rest + glyphs.across + glyphs.topRight),
  ].join('');
}

export function bottomEdge({ width, foot = '', focused }: Frame, { theme, glyphs }: Look): string {
  const line = focused ? theme.focus : theme.border;
  const note = foot === '' ? '' : cut(` ${foot} `, width - 4);
  const rest = glyphs.across.repeat(Math.max(0, width - 3 - widthOf(note)));
  return line(glyphs.bottomLeft + rest) + theme.match(note) + line(glyphs.across + glyphs.bottomRight);
}

/** A row of the body between its sides; `row` is as wide as the inside. */
export function sided(row: string, focused: boolean, { theme, glyphs }: Look): string {
  const line = focused ? theme.focus : theme.border;
  return `${line(glyphs.down)} ${row} ${line(glyphs.down)}`;
}

/** A whole pane. Rows are as wide as the inside; missing ones stay blank. */
export function framed(frame: Frame, rows: readonly string[], look: Look): string[] {
  const { width, height } = inner(frame);
  const blank = ' '.repeat(width);
  return [
    topEdge(frame, look),
    ...Array.from({ length: height }, (_, i) => sided(rows[i] ?? blank, frame.focused, look)),
    bottomEdge(frame, look),
  ];
}

/** Plain text in exactly `width` columns, in a role's style. */
export const centred = (text: string, width: number): string => {
  const blank = Math.max(0, Math.floor((width - widthOf(text)) / 2));
  return fitted(' '.repeat(blank) + text, width);
};
