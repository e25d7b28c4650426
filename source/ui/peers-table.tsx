// The peers pane: one row a peer and group, or an explanation where there is none.
import type { PeerRow } from '../core/snapshot.ts';
import {
  type ChosenColumn,
  type ColumnWishes,
  chooseColumns,
  type RowContext,
  type Sorting,
} from './columns.ts';
import { fitted } from './fit.ts';
import { framed, inner } from './frame.ts';
import type { Look } from './look.ts';
import { Rows } from './rows.tsx';

type Props = {
  width: number;
  height: number;
  focused: boolean;
  look: Look;
  now: number;
  /** In the order shown. */
  rows: readonly PeerRow[];
  hidden: number;
  alive: number;
  known: number;
  sorting: Sorting;
  columns: ColumnWishes;
  severalGroups: boolean;
  groupLabel(group: string): string;
  selected: string | undefined;
  /** What the filter says of itself; empty without one. */
  filter: string;
  /** Ready rows, shown instead of peers, or below them. */
  quiet: readonly string[];
};

export function PeersTable(props: Props) {
  const { width, height, focused, look, rows, filter, quiet } = props;
  const { words } = look;
  const room = inner(props);
  const chosen = chooseColumns(room.width - 2, props.columns, props.severalGroups);
  const body = [heading(chosen, props.sorting, room.width, look)];
  const context: RowContext = { now: props.now, look, groupLabel: props.groupLabel };
  const places = Math.max(0, room.height - 1);
  const first = windowStart(rows, props.selected, places);
  for (const row of rows.slice(first, first + places)) {
    body.push(peerLine(row, chosen, context, row.key === props.selected, room.width));
  }
  const note = [
    props.known > 0 ? words.peers.count(props.alive, props.known) : '',
    filter === '' ? '' : `${filter} ${props.hidden > 0 ? words.peers.hidden(props.hidden) : ''}`,
  ];
  if (quiet.length > 0) {
    if (rows.length === 0) body.length = 0;
    body.push(...quiet.slice(0, room.height - body.length));
  } else if (rows.length === 0) {
    body.push(look.theme.dim(fitted(`  ${filter === '' ? words.peers.none : ''}`, room.width)));
  }
  const below = rows.length - first - places;
  const frame = {
    width,
    height,
    focused,
    title: `2 ${words.panes.peers}`,
    note: note.filter(Boolean).join(' · '),
    foot: [first > 0 ? `${look.glyphs.up}${first}` : '', below > 0 ? `${look.glyphs.below}${below}` : '']
      .join(' ')
      .trim(),
  };
  return <Rows width={width} height={height} lines={framed(frame, body, look)} />;
}

/** First row that shows, so that the chosen one stands in the middle where it can. */
export function windowStart(
  rows: readonly { key: string }[],
  selected: string | undefined,
  places: number,
): number {
  const at = selected === undefined ? 0 : rows.findIndex(({ key }) => key === selected);
  return Math.max(0, Math.min(at - Math.floor(places / 2), rows.length - places));
}

function heading(chosen: readonly ChosenColumn[], sorting: Sorting, width: number, look: Look): string {
  const cells = chosen.map(({ column: { id, align }, width }) => {
    const sorted = id === sorting.column;
    const arrow = sorted ? (sorting.reverse ? look.glyphs.descending : look.glyphs.ascending) : '';
    const title = id === 'phi' ? look.glyphs.phi : look.words.columns[id];
    const cell = fitted(
      arrow === '' ? title : `${fitted(title, Math.min(title.length, width - 1))}${arrow}`,
      width,
      align,
      '',
    );
    return sorted ? look.theme.title(cell) : look.theme.dim(cell);
  });
  return closed(`  ${cells.join(' ')}`, chosen, width);
}

function peerLine(
  row: PeerRow,
  chosen: readonly ChosenColumn[],
  context: RowContext,
  selected: boolean,
  width: number,
): string {
  const { theme, glyphs } = context.look;
  const cells = chosen.map(({ column, width }) => {
    const cell = fitted(column.text(row, context), width, column.align);
    if (selected) return cell;
    if (row.state === 'gone') return theme.dim(cell);
    if (column.id === 'name') return theme.person(row.name)(cell);
    const role = column.role?.(row);
    return role ? theme[role](cell) : cell;
  });
  const line = closed(`${selected ? glyphs.selected : ' '} ${cells.join(' ')}`, chosen, width);
  return selected ? theme.selected(line) : line;
}

/** Blanks up to the edge: the cells are styled already, so their width is summed and not measured. */
function closed(line: string, chosen: readonly ChosenColumn[], width: number): string {
  const used = 1 + chosen.reduce((sum, { width }) => sum + width + 1, 0);
  return line + ' '.repeat(Math.max(0, width - used));
}
