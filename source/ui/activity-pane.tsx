// The worker pane: how busy each worker is, and one row a batch, with what ran at the same time.
import type { ActivityLine, WorkerRow } from '../core/snapshot.ts';
import { fitted } from './fit.ts';
import { clock, millis, percent, short } from './format.ts';
import { framed, inner } from './frame.ts';
import { behind, type Indexed, indexOfNumber } from './lines.ts';
import type { Look } from './look.ts';
import { Rows } from './rows.tsx';
import { bar } from './sparkline.ts';

type Props = {
  width: number;
  height: number;
  focused: boolean;
  look: Look;
  lines: Indexed<ActivityLine>;
  anchor: number | undefined;
  workers: readonly WorkerRow[];
  queued: number;
  /** What the filter says of itself; empty without one. */
  filter: string;
};

export function ActivityPane(props: Props) {
  const { width, height, focused, look, lines, anchor, workers, filter } = props;
  const { words } = look;
  const room = inner(props);
  const newer = behind(lines, anchor);
  const frame = {
    width,
    height,
    focused,
    title: `3 ${words.panes.workers}`,
    note: [words.workers.queued(short(props.queued)), filter].filter(Boolean).join(' · '),
    foot: newer > 0 ? words.follow(newer, 'G') : '',
  };
  const heads = activityHead(room.height, workers.length);
  const head = [
    ...(heads > 0 ? [busyLine(workers, room.width, look)] : []),
    ...(heads > 1 ? [heading(room.width, look)] : []),
  ];
  const places = Math.max(0, room.height - head.length);
  const last = anchor === undefined ? lines.length - 1 : Math.max(0, indexOfNumber(lines, anchor));
  const lowest = Math.max(last, Math.min(lines.length, places) - 1);
  const shown: ActivityLine[] = [];
  for (let i = Math.max(0, lowest - places + 1); i <= lowest; i++) shown.push(lines.at(i)!);
  const longest = Math.max(0, ...shown.map(({ run }) => run));
  const rows = shown.map((line) => activityRow(line, longest, room.width, look));
  if (lines.length === 0) rows.push(look.theme.dim(fitted(words.workers.none, room.width)));
  return <Rows width={width} height={height} lines={framed(frame, [...head, ...rows], look)} />;
}

/** Rows above the batches: how busy each worker is, and the heading, where there is room for them. */
export const activityHead = (height: number, workers: number): number =>
  height < 3 || workers === 0 ? 0 : height < 5 ? 1 : 2;

/** What filters look at. */
export const activitySubject = ({ at, worker, items, failed }: ActivityLine, { words }: Look): string =>
  `${clock(at)} w${worker} ${items}${failed ? ` ${words.workers.failed}` : ''}`;

/** `w1 ▆▆▆░ 74%` for each, as many as fit. */
function busyLine(workers: readonly WorkerRow[], width: number, look: Look): string {
  const { theme, glyphs, words } = look;
  const gauge = width >= 60 ? 8 : 4;
  const each = 5 + gauge + 6;
  const label = `${words.workers.busy} `;
  const count = Math.min(workers.length, Math.floor((width - label.length) / each));
  const cells = workers.slice(0, count).map(({ worker, busy }) => {
    const role = busy > 0.9 ? 'bad' : busy > 0.6 ? 'warn' : 'good';
    return `${fitted(`w${worker}`, 4)}${theme[role](bar(busy, gauge, glyphs))} ${fitted(percent(Math.round(busy * 100) / 100), 5)} `;
  });
  const more = workers.length > count ? `+${workers.length - count}` : '';
  return (
    theme.dim(label) +
    cells.join('') +
    theme.dim(fitted(more, Math.max(0, width - label.length - count * each)))
  );
}

const widths = { at: 12, worker: 4, items: 6, wait: 9, run: 9 };
const barRoom = (width: number) => width - 12 - 4 - 6 - 9 - 9 - 5;

function heading(width: number, { theme, words: { workers } }: Look): string {
  const { at, worker, items, wait, run, load } = workers.columns;
  const cells = [
    fitted(at, widths.at),
    fitted(worker, widths.worker),
    fitted(items, widths.items, 'right'),
    fitted(wait, widths.wait, 'right'),
    fitted(run, widths.run, 'right'),
  ];
  return theme.dim(fitted(`${cells.join('')}  ${barRoom(width) >= 4 ? load : ''}`, width));
}

function activityRow(
  line: ActivityLine,
  longest: number,
  width: number,
  { theme, glyphs, words }: Look,
): string {
  const { at, worker, items, wait, run, failed, overlapped } = line;
  const cells =
    theme.dim(fitted(clock(at), widths.at)) +
    fitted(` w${worker}`, widths.worker) +
    fitted(short(items), widths.items, 'right') +
    theme.dim(fitted(millis(wait), widths.wait, 'right')) +
    fitted(millis(run), widths.run, 'right');
  const rest = width - 40;
  if (rest < 0) return fitted(`${clock(at)} w${worker} ${items} ${millis(run)}`, width);
  if (failed) return cells + theme.bad(fitted(`  ${words.workers.failed}`, rest));
  const mark = overlapped > 0 ? `${glyphs.overlap}${overlapped}` : '';
  const gauge = Math.min(40, barRoom(width));
  if (gauge < 4) return cells + theme.match(fitted(` ${mark}`, rest));
  const filled = bar(longest > 0 ? run / longest : 0, gauge, glyphs, ' ');
  return `${cells}  ${theme.accent(filled)} ${theme.match(fitted(mark, rest - gauge - 3))}`;
}
