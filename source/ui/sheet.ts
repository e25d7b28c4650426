// Carries ready rows around Ink's output. Ink takes a frame apart into one object a cell, with its styles, and
// puts it together again: 70 % of the time of a frame. So a row goes through Ink as a single mark in its first
// column, which Ink lays out and places like any text, and gets its content when the frame is written.

/** Marks are private-use characters of plane 15, one column wide. Nothing else on the screen has any. */
const first = 0xf0000;
const most = 4096;
const marks = /[\u{f0000}-\u{f0fff}] */gu;

type Row = { line: string; width: number };
let rows: Row[] = [];

/** The mark that stands for `line`, which is `width` columns wide, in the frame that Ink puts together now. */
export function marked(line: string, width: number): string {
  if (rows.length >= most) rows = [];
  return String.fromCodePoint(first + rows.push({ line, width }) - 1);
}

/** The frame with each mark, and the blanks behind it, replaced by its row. Call it once for each frame. */
export function filled(frame: string): string {
  const now = rows;
  rows = [];
  return frame.replace(marks, (found) => {
    const row = now[found.codePointAt(0)! - first];
    if (!row) return found.slice(1);
    // The mark takes two UTF-16 units and one column.
    return row.line + found.slice(1 + row.width);
  });
}
