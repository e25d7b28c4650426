// Makes text exactly as wide as its place on the screen. Everything that is drawn goes through here, so that a
// wide glyph, an emoji or a stray combining mark from the network moves nothing beside it.
import { eachGrapheme } from '../core/graphemes.ts';
import { glyphWidth } from './glyph-width.ts';

/** One column each and joining with nothing: Latin letters, box drawing, blocks and this program's own signs. */
const simple = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2500-\u259f…✓✕●◐○▸▲▼❯–—•φⅡ↑↓∥]*$/;

/** What a person sees as one character each. */
export function graphemes(text: string): string[] {
  return simple.test(text) ? text.split('') : [...eachGrapheme(text)];
}

/** Columns that a text takes on the terminal. */
export function widthOf(text: string): number {
  if (simple.test(text)) return text.length;
  let width = 0;
  for (const grapheme of eachGrapheme(text)) width += glyphWidth(grapheme);
  return width;
}

export type Align = 'left' | 'right';

/** `text` in exactly `width` columns: cut with `…` (or `mark`) where too long, padded where too short. */
export function fitted(text: string, width: number, align: Align = 'left', mark = '…'): string {
  if (width <= 0) return '';
  if (simple.test(text)) {
    if (text.length > width) return text.slice(0, width - 1) + mark;
    return align === 'left' ? text.padEnd(width) : text.padStart(width);
  }
  const safe = drawable(text, width);
  if (widthOf(safe) > width) return pad(cut(safe, width - 1) + mark, width, 'left');
  return pad(safe, width, align);
}

/** The longest start of `text` within `width` columns; may be a column short where a wide glyph would not fit. */
export function cut(text: string, width: number): string {
  if (simple.test(text)) return text.slice(0, Math.max(0, width));
  let out = '';
  let used = 0;
  for (const grapheme of eachGrapheme(text)) {
    const wide = glyphWidth(grapheme);
    if (used + wide > width) break;
    out += grapheme;
    used += wide;
  }
  return out;
}

/** Breaks at spaces where it can into lines of at most `width` columns; at most `most` of them, the last cut. */
export function wrap(text: string, width: number, most = Number.POSITIVE_INFINITY): string[] {
  const lines: string[] = [];
  // A row takes its width and one blank at the most: what comes after so many columns is never seen.
  let rest = simple.test(text) ? text : drawable(text, most * (width + 1));
  while (widthOf(rest) > width && lines.length + 1 < most) {
    const piece = cut(rest, width) || graphemes(rest)[0]!;
    const follows = rest[piece.length];
    const space = follows === ' ' ? piece.length : piece.lastIndexOf(' ');
    const end = space > piece.length / 3 ? space : piece.length;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).replace(/^ /, '');
  }
  return [...lines, rest];
}

function pad(text: string, width: number, align: Align): string {
  const blank = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + blank : blank + text;
}

/**
 * Glyphs that have no width of their own go; a text that would join with what stands beside it is made plain. Of a
 * text wider than `columns` enough is kept to tell that.
 */
function drawable(text: string, columns: number): string {
  const kept: string[] = [];
  let width = 0;
  for (const grapheme of eachGrapheme(text)) {
    const wide = glyphWidth(grapheme);
    if (wide === 0) continue;
    // No glyph takes three columns: terminals do not agree on what such a cluster is.
    kept.push(wide > 2 ? '?' : grapheme);
    width += wide > 2 ? 1 : wide;
    if (width > columns) break;
  }
  const out = kept.join('');
  const joins = graphemes(`|${out}|`).length !== kept.length + 2;
  return joins ? out.replace(/[^\x20-\x7e]/gu, '?') : out;
}
