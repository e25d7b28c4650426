// The chat pane: what was said, newest at the foot, and below it the line that is being written.
import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { ChatLine } from '../core/snapshot.ts';
import { type ChatContext, chatRows } from './chat-lines.ts';
import { fitted } from './fit.ts';
import { bottomEdge, inner, sided, topEdge } from './frame.ts';
import { behind, type Indexed, indexOfNumber } from './lines.ts';
import { Rows } from './rows.tsx';

type Props = {
  width: number;
  height: number;
  focused: boolean;
  context: ChatContext;
  lines: Indexed<ChatLine>;
  /** Number of the lowest line that shows; undefined follows. */
  anchor: number | undefined;
  /** What the filter says of itself; empty without one. */
  filter: string;
  /** The compose line, one row high; absent in a replay. */
  children: ReactNode;
};

export function ChatPane({ width, height, focused, context, lines, anchor, filter, children }: Props) {
  const { look } = context;
  const room = inner({ width, height });
  const places = room.height - (children ? 1 : 0);
  const newer = behind(lines, anchor);
  const frame = {
    width,
    height,
    focused,
    title: `1 ${look.words.panes.chat}`,
    note: filter,
    foot: newer > 0 ? look.words.follow(newer, 'G') : '',
  };
  const rows = visibleRows(lines, anchor, room.width, places, context);
  if (lines.length === 0 && filter === '')
    rows.push(look.theme.dim(fitted(look.words.chat.none, room.width)));
  const blank = ' '.repeat(room.width);
  const body = Array.from({ length: places }, (_, i) => sided(rows[i] ?? blank, focused, look));
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0}>
      <Rows width={width} height={places + 1} lines={[topEdge(frame, look), ...body]} />
      {children}
      <Rows width={width} height={1} lines={[bottomEdge(frame, look)]} />
    </Box>
  );
}

/** The lines up to the anchor that fill the height; near the oldest, those after it fill the rest. */
export function visibleRows(
  lines: Indexed<ChatLine>,
  anchor: number | undefined,
  width: number,
  places: number,
  context: ChatContext,
): string[] {
  const last = lines.length - 1;
  const lowest = anchor === undefined ? last : Math.max(0, indexOfNumber(lines, anchor));
  const blocks: string[][] = [];
  let count = 0;
  for (let i = lowest; i >= 0 && count < places; i--) {
    const rows = chatRows(lines.at(i)!, width, context);
    blocks.unshift(rows);
    count += rows.length;
  }
  const above = blocks.flat().slice(-places);
  for (let i = lowest + 1; i <= last && above.length < places; i++) {
    above.push(...chatRows(lines.at(i)!, width, context));
  }
  return above.slice(0, places);
}

/** Index of the lowest line that shows while the oldest stands at the top. */
export function lowestAtTop(
  lines: Indexed<ChatLine>,
  width: number,
  places: number,
  context: ChatContext,
): number {
  let count = 0;
  for (let i = 0; i < lines.length; i++) {
    count += chatRows(lines.at(i)!, width, context).length;
    if (count >= places) return i;
  }
  return lines.length - 1;
}
