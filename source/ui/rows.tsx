// Draws ready rows of text at a place that Ink lays out. Ink remembers every distinct text that it ever measured,
// for ever; text that changes must not reach its measuring. So Ink measures a blank column of the same height,
// and a transform (applied only when the frame is put together) says what each row is.
import { Box, Transform } from 'ink';
import { createContext, useContext } from 'react';
import { toAscii } from './glyphs.ts';
import { marked } from './sheet.ts';

type Props = {
  /** Styled rows, each exactly `width` columns. */
  lines: readonly string[];
  width: number;
  height: number;
};

/** Whether this program's own signs must be ASCII, wherever they stand in a row. */
export const AsciiOnly = createContext(false);

const blanks: string[] = [];

/** One text for each height. */
function blank(height: number): string {
  blanks[height] ??= Array(height).fill(' ').join('\n');
  return blanks[height];
}

export function Rows({ lines, width, height }: Props) {
  const ascii = useContext(AsciiOnly);
  if (height <= 0 || width <= 0) return null;
  const row = (index: number): string => {
    const line = lines[index];
    return line === undefined ? '' : marked(ascii ? toAscii(line) : line, width);
  };
  return (
    <Box width={width} height={height} flexShrink={0}>
      <Transform transform={(_, index) => row(index)}>{blank(height)}</Transform>
    </Box>
  );
}
