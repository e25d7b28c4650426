// One line of a frame as the cells of a terminal row. Whatever is not text or a style is dropped here, so
// this is also the last door before the terminal: no control byte and no other sequence gets through.
import { eachGrapheme } from '../core/graphemes.ts';
import { glyphWidth } from './glyph-width.ts';
import { Pen, type Style } from './style.ts';

/** Cells up to the last one that is not blank. A glyph two columns wide is followed by an empty cell. */
export type Row = { readonly glyphs: string[]; readonly styles: Style[] };

export const emptyRow: Row = { glyphs: [], styles: [] };

// An SGR sequence; any other escape sequence; a run of characters that every terminal draws one column wide
// (the last is left to the next alternative if a combining mark follows); anything else with its marks.
const token =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  /\x1b\[([\d;:]*)m|\x1b(?:\[[ -?]*[@-~]?|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.?)|([ -~¡-¬®-ɏ─-◼⠀-⣿]+)(?![\p{M}\u200d])|[^\x1b][^ -~\x1b]*/gsu;

/** @param columns width of the terminal; what is longer is cut, a wide glyph in the last column becomes a blank */
export function rowOf(line: string, columns: number): Row {
  const glyphs: string[] = [];
  const styles: Style[] = [];
  const pen = new Pen();
  const put = (glyph: string, width: number) => {
    const fits = glyphs.length + width <= columns;
    glyphs.push(fits ? glyph : ' ');
    styles.push(glyph === ' ' || !fits ? pen.spaceStyle : pen.style);
    if (width === 2 && fits) {
      glyphs.push('');
      styles.push(pen.style);
    }
  };
  for (const [all, sgr, simple] of line.matchAll(token)) {
    if (sgr !== undefined) pen.switch(sgr);
    else if (all.startsWith('\x1b')) continue;
    else if (glyphs.length >= columns) break;
    else if (simple !== undefined)
      for (let at = 0; at < simple.length && glyphs.length < columns; at++) put(simple[at] ?? '', 1);
    else
      for (const grapheme of eachGrapheme(all)) {
        const width = glyphWidth(grapheme);
        if (width > 0 && glyphs.length < columns) put(grapheme, width);
      }
  }
  let length = glyphs.length;
  while (length > 0 && glyphs[length - 1] === ' ' && styles[length - 1] === '') length--;
  glyphs.length = length;
  styles.length = length;
  return { glyphs, styles };
}
