// The bytes that turn one terminal row into another: only cells that differ, each run of them at an absolute
// address, so that a terminal that measures a glyph otherwise than we do is wrong in that cell alone.
import { emptyRow, type Row } from './cells.ts';
import type { Style } from './style.ts';

/** Unchanged cells between two changed runs that are cheaper to write again than to jump over. */
const shortGap = 4;

const eraseToEnd = '\x1b[K';

/** Draws rows one after the other; keeps the style that the terminal is left with. */
export class Painter {
  #style: Style = '';
  #out = '';

  /**
   * @param y row on the screen, from 0
   * @param old what the terminal shows there; undefined when that is not known: then the row is drawn whole
   */
  row(y: number, old: Row | undefined, next: Row): void {
    if (!old) {
      this.#wear('');
      this.#out += `\x1b[${y + 1}H${eraseToEnd}`;
    }
    const before = old ?? emptyRow;
    const length = Math.max(before.glyphs.length, next.glyphs.length);
    for (let from = nextChange(before, next, 0); from < length; ) {
      const to = endOfRun(before, next, from, length);
      this.#out += `\x1b[${y + 1};${from + 1}H`;
      this.#cells(next, from, Math.min(to, next.glyphs.length));
      if (to > next.glyphs.length) {
        this.#wear('');
        this.#out += eraseToEnd;
        return;
      }
      from = nextChange(before, next, to);
    }
  }

  /** All bytes since the last call; the terminal is left in plain style. */
  take(): string {
    this.#wear('');
    const out = this.#out;
    this.#out = '';
    return out;
  }

  #cells(row: Row, from: number, to: number): void {
    for (let x = from; x < to; x++) {
      const glyph = row.glyphs[x] ?? ' ';
      // The second half of a wide glyph.
      if (glyph === '') continue;
      this.#wear(row.styles[x] ?? '');
      const wide = row.glyphs[x + 1] === '';
      // Blank both cells of a wide glyph first, for terminals that draw it in one.
      if (wide) this.#out += `  \x1b[${x + 1}G`;
      this.#out += glyph;
      if (wide || glyph.length > 1) this.#out += `\x1b[${x + (wide ? 3 : 2)}G`;
    }
  }

  #wear(style: Style): void {
    if (style === this.#style) return;
    this.#out += style === '' ? '\x1b[m' : this.#style === '' ? `\x1b[${style}m` : `\x1b[0;${style}m`;
    this.#style = style;
  }
}

function differs(a: Row, b: Row, x: number): boolean {
  return (a.glyphs[x] ?? ' ') !== (b.glyphs[x] ?? ' ') || (a.styles[x] ?? '') !== (b.styles[x] ?? '');
}

/** First cell from `x` on that differs, or the end of the longer row. */
function nextChange(a: Row, b: Row, x: number): number {
  const length = Math.max(a.glyphs.length, b.glyphs.length);
  let at = x;
  while (at < length && !differs(a, b, at)) at++;
  return at;
}

/** Cell after the last changed one of the run that begins at `from`; short gaps do not end a run. */
function endOfRun(a: Row, b: Row, from: number, length: number): number {
  let end = from + 1;
  for (let at = end; at < length && at - end <= shortGap; at++) if (differs(a, b, at)) end = at + 1;
  return end;
}
