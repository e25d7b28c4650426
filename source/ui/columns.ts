// The columns of the peers table: what each shows, how it sorts, and which are chosen at a width.
import type { Millis } from '../core/event.ts';
import type { PeerRow } from '../core/snapshot.ts';
import type { ScreenWords } from '../words/screen.ts';
import type { Align } from './fit.ts';
import { age, duration, millis, percent, short } from './format.ts';
import type { Look } from './look.ts';
import type { Role } from './theme.ts';

export type ColumnId = keyof ScreenWords['columns'];
/** Columns that a person switched on or off. */
export type ColumnWishes = Readonly<Partial<Record<ColumnId, boolean>>>;
export type Sorting = { column: ColumnId; reverse: boolean };

export type RowContext = { now: Millis; look: Look; groupLabel(group: string): string };

export type Column = {
  id: ColumnId;
  width: number;
  /** Widest that it grows to where there is room. */
  most?: number;
  align: Align;
  /** The lowest number is dropped last when the room is short. */
  rank: number;
  text(row: PeerRow, context: RowContext): string;
  role?(row: PeerRow): Role | undefined;
  order(a: PeerRow, b: PeerRow): number;
};

const gravity = { dead: 0, suspect: 1, gone: 2, alive: 3 };
const stateRoles: Record<PeerRow['state'], Role> = {
  alive: 'good',
  suspect: 'warn',
  dead: 'bad',
  gone: 'dim',
};
const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const figure = (value: (row: PeerRow) => number | undefined) => (a: PeerRow, b: PeerRow) =>
  (value(a) ?? Number.NEGATIVE_INFINITY) - (value(b) ?? Number.NEGATIVE_INFINITY);

type Figure = Omit<Column, 'align' | 'order' | 'width' | 'id' | 'rank'>;
/** A right-aligned column that sorts by a number. */
const number = (
  id: ColumnId,
  width: number,
  rank: number,
  value: (row: PeerRow) => number | undefined,
  rest: Figure,
): Column => ({ id, width, rank, align: 'right', order: figure(value), ...rest });

const count = (value: number) => (value === 0 ? '0' : short(value));
const alarming = (value: number): Role | undefined => (value > 0 ? 'warn' : 'dim');

/** In the order in which they stand. Their greatest values sort last, so that `r` brings the worst to the top. */
export const columns: readonly Column[] = [
  {
    id: 'state',
    width: 9,
    rank: 0,
    align: 'left',
    text: ({ state }, { look }) => `${look.glyphs.states[state]} ${look.words.states[state]}`,
    role: ({ state }) => stateRoles[state],
    order: (a, b) => gravity[a.state] - gravity[b.state],
  },
  {
    id: 'name',
    width: 8,
    most: 24,
    rank: 0,
    align: 'left',
    text: ({ name }) => name,
    order: (a, b) => text(a.name.toLowerCase(), b.name.toLowerCase()),
  },
  {
    id: 'address',
    width: 15,
    most: 27,
    rank: 4,
    align: 'left',
    text: ({ address, port }, { look }) =>
      look.address(address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`),
    role: () => 'dim',
    order: (a, b) => text(sortable(a.address), sortable(b.address)) || a.port - b.port,
  },
  {
    id: 'group',
    width: 3,
    rank: 1,
    align: 'left',
    text: ({ group }, { groupLabel }) => groupLabel(group),
    order: (a, b) => text(a.group, b.group),
  },
  number('seen', 6, 2, ({ lastAt }) => -lastAt, {
    text: ({ lastAt }, { now }) => age(now - lastAt),
  }),
  number('phi', 4, 6, ({ phi }) => phi, {
    text: ({ phi, state }) =>
      state === 'gone' ? '-' : phi < 9.95 ? phi.toFixed(1) : Math.round(phi).toFixed(0),
    role: ({ phi }) => (phi >= 8 ? 'bad' : phi >= 3 ? 'warn' : 'dim'),
  }),
  number('loss', 5, 3, ({ lossRatio }) => lossRatio, {
    text: ({ lossRatio }) => percent(lossRatio),
    role: ({ lossRatio }) => (lossRatio >= 0.05 ? 'bad' : lossRatio > 0 ? 'warn' : 'good'),
  }),
  number('lost', 5, 12, ({ lost }) => lost, {
    text: ({ lost }) => count(lost),
    role: ({ lost }) => alarming(lost),
  }),
  number('rtt', 5, 5, ({ rtt }) => rtt, { text: ({ rtt }) => millis(rtt) }),
  number('jitter', 6, 7, ({ jitter }) => jitter, { text: ({ jitter }) => millis(jitter) }),
  number('duplicates', 4, 9, ({ duplicates }) => duplicates, {
    text: ({ duplicates }) => count(duplicates),
    role: ({ duplicates }) => alarming(duplicates),
  }),
  number('reordered', 5, 10, ({ reordered }) => reordered, {
    text: ({ reordered }) => count(reordered),
    role: ({ reordered }) => alarming(reordered),
  }),
  number('received', 5, 8, ({ received }) => received, { text: ({ received }) => count(received) }),
  number('restarts', 4, 11, ({ restarts }) => restarts, {
    text: ({ restarts }) => count(restarts),
    role: ({ restarts }) => alarming(restarts),
  }),
  number('ttl', 3, 14, ({ ttl }) => ttl, {
    text: ({ ttl }) => (ttl === undefined ? '-' : String(ttl)),
    role: () => 'dim',
  }),
  number('up', 8, 13, ({ up }) => up, {
    text: ({ up }) => (up === undefined ? '-' : duration(up)),
    role: () => 'dim',
  }),
];

/** Numbers of an address in equal width, so that 10.0.0.9 stands before 10.0.0.10. */
const sortable = (address: string): string => address.replace(/\d+/g, (digits) => digits.padStart(3, '0'));

export type ChosenColumn = { column: Column; width: number };

/**
 * Columns for a width, with a blank between two. What a person switched on comes before all others; the group
 * shows by itself only where there are several. Left-over room goes to name and address.
 */
export function chooseColumns(width: number, wishes: ColumnWishes, severalGroups: boolean): ChosenColumn[] {
  const rankOf = ({ id, rank }: Column) => (wishes[id] ? Math.min(rank, 0.5) : rank);
  const wanted = columns
    .filter(({ id }) => wishes[id] ?? (id === 'group' ? severalGroups : true))
    .sort((a, b) => rankOf(a) - rankOf(b));
  const kept = new Set<Column>();
  let used = -1;
  for (const column of wanted) {
    if (used + 1 + column.width > width && kept.size > 0) break;
    kept.add(column);
    used += 1 + column.width;
  }
  let spare = Math.max(0, width - used);
  return columns.flatMap((column) => {
    if (!kept.has(column)) return [];
    const grown = Math.min(spare, (column.most ?? column.width) - column.width);
    spare -= grown;
    return [{ column, width: Math.min(width, column.width + grown) }];
  });
}

/** A stable order: equal rows stay as they came. */
export function sortPeers(rows: readonly PeerRow[], { column, reverse }: Sorting): PeerRow[] {
  const order = columns.find(({ id }) => id === column)?.order ?? (() => 0);
  return [...rows].sort((a, b) => (reverse ? order(b, a) : order(a, b)));
}
