// Columns of one grapheme. Asked for every cell of every frame, and costly to find out.
import stringWidth from 'string-width';

/** Glyphs remembered; a screen has fewer. */
const most = 4096;
const known = new Map<string, number>();

export function glyphWidth(grapheme: string): number {
  let width = known.get(grapheme);
  if (width === undefined) {
    width = stringWidth(grapheme);
    if (known.size >= most) known.clear();
    known.set(grapheme, width);
  }
  return width;
}
