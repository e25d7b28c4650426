// Everything known of one peer: figures, histories, how its datagrams are spaced, what is missing, what it hears.
import type { PeerDetail, PeerRow } from '../core/snapshot.ts';
import { columns, type RowContext } from './columns.ts';
import { fitted } from './fit.ts';
import { age, clock, millis, percent } from './format.ts';
import { bar, histogram, sparkline } from './sparkline.ts';

/** Rows of exactly `width` columns. */
export function detailRows(
  row: PeerRow,
  detail: PeerDetail | undefined,
  width: number,
  context: RowContext,
): string[] {
  const { look } = context;
  const { theme, words } = look;
  const blank = ' '.repeat(width);
  const rows = [...identity(row, width, context), blank, ...figures(row, width, context), blank];
  if (!detail || detail.key !== row.key) return [...rows, theme.dim(fitted(words.detail.waiting, width))];
  const title = (text: string) => theme.title(fitted(text, width));
  return [
    ...rows,
    ...histories(detail, width, context),
    blank,
    title(words.detail.arrival),
    ...arrivals(detail, width, context),
    blank,
    title(words.detail.missing),
    ...(detail.gaps.length === 0 ? [theme.good(fitted(`  ${words.detail.noGaps}`, width))] : []),
    ...detail.gaps
      .slice(-8)
      .reverse()
      .map(({ at, from, to }) => fitted(`  ${clock(at)}  ${words.detail.range(from, to)}`, width)),
    blank,
    title(words.detail.hears),
    ...hears(detail, width, context),
    blank,
    title(words.detail.recent),
    ...detail.recent
      .slice(-20)
      .reverse()
      .map(({ at, kind, bytes, seq, text }) =>
        fitted(
          `  ${clock(at)} ${fitted(look.keys.landmarks[kind], 10)} ${fitted(seq === undefined ? '' : `#${seq}`, 8)} ${fitted(`${bytes} B`, 7, 'right')}  ${text ?? ''}`,
          width,
        ),
      ),
  ];
}

function identity(row: PeerRow, width: number, { look, now }: RowContext): string[] {
  const { theme, words, glyphs } = look;
  const { detail } = words;
  const state = `${glyphs.states[row.state]} ${words.states[row.state]} ${age(now - row.since)}`;
  const role = row.state === 'alive' ? 'good' : row.state === 'suspect' ? 'warn' : 'bad';
  const port = row.address.includes(':') ? `[${row.address}]:${row.port}` : `${row.address}:${row.port}`;
  const name = `${row.name}  `;
  return [
    theme.title(fitted(name, Math.min(width, 34))) + theme[role](fitted(state, Math.max(0, width - 34))),
    fitted(`${look.address(port)}  ${look.address(row.group)}  ${detail.id} ${row.id}`, width),
    theme.dim(
      fitted(
        `${detail.firstHeard} ${clock(row.firstAt)}${row.every === undefined ? '' : `  ${detail.every} ${Math.round(row.every)} ms`}`,
        width,
      ),
    ),
  ];
}

/** Every column as `name value`, three to a row. */
function figures(row: PeerRow, width: number, context: RowContext): string[] {
  const { words } = context.look;
  const across = width >= 72 ? 4 : width >= 50 ? 3 : 2;
  const each = Math.floor(width / across);
  const cells = columns
    .filter(({ id }) => !['state', 'name', 'address', 'group'].includes(id))
    .map((column) => {
      const label = column.id === 'phi' ? context.look.glyphs.phi : words.columns[column.id];
      const role = column.role?.(row);
      const value = fitted(column.text(row, context), each - 9);
      return `${context.look.theme.dim(fitted(label, 8))} ${role ? context.look.theme[role](value) : value}`;
    });
  const rows: string[] = [];
  for (let i = 0; i < cells.length; i += across) {
    const part = cells.slice(i, i + across);
    rows.push(part.join('') + ' '.repeat(width - part.length * each));
  }
  return rows;
}

function histories({ history }: PeerDetail, width: number, { look }: RowContext): string[] {
  const { theme, words, glyphs } = look;
  const { detail } = words;
  const chart = Math.max(8, width - 10 - 30);
  const series = [
    [detail.gap, history.map(({ gap }) => (gap > 0 ? gap : undefined))],
    [detail.rtt, history.map(({ rtt }) => rtt)],
    [detail.jitter, history.map(({ jitter }) => jitter as number | undefined)],
    // The samples count since the start; what was lost from one to the next is of interest.
    [
      detail.loss,
      history.map(({ lost }, i) => (i === 0 ? undefined : Math.max(0, lost - history[i - 1]!.lost))),
    ],
  ] as const;
  return series.map(([label, values]) => {
    const known = values.filter((value) => value !== undefined);
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    const spread =
      known.length === 0
        ? ''
        : `${detail.least} ${millis(Math.min(...known))} ${detail.mean} ${millis(mean)} ${detail.most} ${millis(Math.max(...known))}`;
    return (
      theme.dim(fitted(label, 10)) +
      theme.accent(
        fitted(sparkline(values, Math.min(chart, width - 10), glyphs), Math.min(chart, width - 10)),
      ) +
      fitted(`  ${spread}`, Math.max(0, width - 10 - chart))
    );
  });
}

function arrivals({ history }: PeerDetail, width: number, { look }: RowContext): string[] {
  const buckets = histogram(
    history.map(({ gap }) => gap).filter((gap) => gap > 0),
    6,
  );
  const greatest = Math.max(1, ...buckets.map(({ count }) => count));
  const room = Math.max(4, width - 26);
  return buckets.map(({ from, to, count }) => {
    const label = fitted(`${millis(from)}–${millis(to)}`, 16, 'right');
    return (
      look.theme.dim(label) +
      ' ' +
      look.theme.accent(bar(count / greatest, room, look.glyphs, ' ')) +
      fitted(` ${count}`, width - 17 - room)
    );
  });
}

function hears({ hears }: PeerDetail, width: number, { look }: RowContext): string[] {
  const { words, theme } = look;
  if (hears.length === 0) return [theme.dim(fitted(`  ${words.detail.hearsNothing}`, width))];
  return hears.map(({ name, got, lost, duplicates, jitter }) => {
    const ratio = percent(got + lost > 0 ? lost / (got + lost) : 0);
    const { columns } = words;
    return fitted(
      `  ${fitted(name, 16)} ${columns.received} ${fitted(String(got), 7)} ${columns.loss} ${fitted(ratio, 6)} ${columns.duplicates} ${fitted(String(duplicates), 4)} ${columns.jitter} ${millis(jitter)}`,
      width,
    );
  });
}
