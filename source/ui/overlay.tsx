// A list of ready rows over the panes, which scrolls: help, the detail of a peer, the matrix.
import { framed, inner } from './frame.ts';
import type { Look } from './look.ts';
import { Rows } from './rows.tsx';

type Props = {
  width: number;
  height: number;
  title: string;
  note?: string;
  look: Look;
  /** Rows as wide as the inside. */
  rows: readonly string[];
  /** The first that shows. */
  first: number;
};

export function Overlay({ width, height, title, note = '', look, rows, first }: Props) {
  const places = inner({ width, height }).height;
  const from = Math.max(0, Math.min(first, rows.length - places));
  const below = rows.length - from - places;
  const frame = {
    width,
    height,
    title,
    note,
    focused: true,
    foot: [from > 0 ? `${look.glyphs.up}${from}` : '', below > 0 ? `${look.glyphs.below}${below}` : '']
      .join(' ')
      .trim(),
  };
  return <Rows width={width} height={height} lines={framed(frame, rows.slice(from, from + places), look)} />;
}

/** The greatest first row of a list in an overlay of this height. */
export const lastFirst = (rows: number, height: number): number =>
  Math.max(0, rows - inner({ width: 0, height }).height);
