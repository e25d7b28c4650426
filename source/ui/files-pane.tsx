// The pane of file transfers: what this node shares and receives, a bar for each receiver.
import type { Transfer } from '../core/event.ts';
import { isOver } from '../core/transfers.ts';
import { fileHeading, fileRows } from './file-rows.ts';
import { fitted } from './fit.ts';
import { framed, inner } from './frame.ts';
import type { Look } from './look.ts';
import { windowStart } from './peers-table.tsx';
import { Rows } from './rows.tsx';

type Props = {
  width: number;
  height: number;
  focused: boolean;
  look: Look;
  /** In the order shown. */
  transfers: readonly Transfer[];
  chosen: string | undefined;
  /** What the filter says of itself; empty without one. */
  filter: string;
};

export function FilesPane({ width, height, focused, look, transfers, chosen, filter }: Props) {
  const { words, theme, glyphs } = look;
  const room = inner({ width, height });
  const rows = fileRows(transfers, chosen, room.width, look);
  const heads = room.height > 3 && rows.length > 0 ? 1 : 0;
  const places = room.height - heads;
  const first = windowStart(rows, chosen, places);
  const below = rows.length - first - places;
  const body = [
    ...(heads > 0 ? [fileHeading(room.width, look)] : []),
    ...rows.slice(first, first + places).map(({ text }) => text),
  ];
  if (rows.length === 0) body.push(theme.dim(fitted(filter === '' ? words.files.none : '', room.width)));
  const running = transfers.filter((transfer) => !isOver(transfer)).length;
  const frame = {
    width,
    height,
    focused,
    title: `4 ${words.panes.files}`,
    note: [running > 0 ? words.files.running(running) : '', filter].filter(Boolean).join(' · '),
    foot: [first > 0 ? `${glyphs.up}${first}` : '', below > 0 ? `${glyphs.below}${below}` : '']
      .join(' ')
      .trim(),
  };
  return <Rows width={width} height={height} lines={framed(frame, body, look)} />;
}

/** What filters look at. */
export const fileSubject = ({ title, from, receivers, phase }: Transfer, look: Look): string =>
  `${title} ${from} ${look.transfers.phases[phase]} ${receivers.map(({ name }) => look.address(name)).join(' ')}`;

/** Rows that the pane would fill, its heading included; 1 where there is only to say that there is nothing. */
export const fileRowCount = (transfers: readonly Transfer[]): number =>
  1 + transfers.reduce((sum, { receivers, more }) => sum + 1 + receivers.length + (more ? 1 : 0), 0);
