// Transfers as rows: one that says what goes where, and below it one for each receiver, with a bar.
import type { Transfer } from '../core/event.ts';
import type { TransferReceiver } from '../core/share.ts';
import { sizeText } from '../core/size-text.ts';
import { progressOf } from '../core/transfer-progress.ts';
import { fitted, widthOf } from './fit.ts';
import { short } from './format.ts';
import type { Look } from './look.ts';
import { segment, spread } from './segments.ts';
import { bar } from './sparkline.ts';
import type { Role } from './theme.ts';

/** `key` is the share that a row belongs to. */
export type FileRow = { key: string; text: string };

type Figure = Exclude<keyof Look['words']['files']['columns'], 'state' | 'name'>;

/** In the order in which they are given room. */
const figures: readonly { id: Figure; width: number }[] = [
  { id: 'done', width: 4 },
  { id: 'rate', width: 8 },
  { id: 'time', width: 6 },
  { id: 'bytes', width: 6 },
  { id: 'lost', width: 5 },
  { id: 'repaired', width: 5 },
];
/** Figures that come before the bar gets its room. */
const first = 3;
const leastBar = 3;
const mostBar = 40;
const mark = 2;

type Chosen = { state: number; name: number; bar: number; figures: readonly { id: Figure; width: number }[] };

const roles: Record<TransferReceiver['state'], Role> = {
  registered: 'dim',
  receiving: 'accent',
  repairing: 'warn',
  verifying: 'accent',
  whole: 'good',
  failed: 'bad',
  stalled: 'warn',
};

/** Which columns stand in a row of this width. */
function choose(width: number, { transfers: { states } }: Look): Chosen {
  const state = 2 + Math.max(...Object.values(states).map(widthOf));
  let name = width >= 90 ? 16 : width >= 74 ? 12 : 8;
  let used = mark + state + 1 + name;
  const chosen = figures.filter(({ width: wide }, i) => {
    const fits = used + 1 + wide <= width - (i < first ? 0 : leastBar + 1);
    if (fits) used += 1 + wide;
    return fits;
  });
  const rest = width - used - 1;
  const gauge = rest >= leastBar ? Math.min(mostBar, rest) : 0;
  if (gauge === 0) name += width - used;
  return { state, name, bar: gauge, figures: chosen };
}

/** The names of the columns, `width` columns wide. */
export function fileHeading(width: number, look: Look): string {
  const { columns } = look.words.files;
  const chosen = choose(width, look);
  const cells = [
    fitted(`${' '.repeat(mark)}${columns.state}`, mark + chosen.state),
    fitted(columns.name, chosen.name),
    ...(chosen.bar > 0 ? [' '.repeat(chosen.bar)] : []),
    ...chosen.figures.map(({ id, width: wide }) => fitted(columns[id], wide, 'right')),
  ];
  return look.theme.dim(fitted(cells.join(' '), width));
}

/** Rows of exactly `width` columns. */
export function fileRows(
  transfers: readonly Transfer[],
  chosen: string | undefined,
  width: number,
  look: Look,
): FileRow[] {
  const columns = choose(width, look);
  return transfers.flatMap((transfer) => {
    const { share: key, receivers, more = 0 } = transfer;
    return [
      { key, text: headRow(transfer, key === chosen, width, look) },
      ...receivers.map((receiver) => ({ key, text: receiverRow(transfer, receiver, columns, width, look) })),
      ...(more > 0
        ? [{ key, text: look.theme.dim(fitted(`${' '.repeat(mark)}${look.glyphs.more} +${more}`, width)) }]
        : []),
    ];
  });
}

function headRow(transfer: Transfer, isChosen: boolean, width: number, look: Look): string {
  const { role, title, total, from, phase, receivers } = transfer;
  const { theme, glyphs, transfers: words } = look;
  const waits = role === 'receiver' && phase === 'waiting';
  const said = waits
    ? words.waitingForSender
    : role === 'receiver' && phase === 'running'
      ? words.receivingPhase
      : words.phases[phase];
  const tone: Role = phase === 'done' ? 'good' : phase === 'failed' ? 'bad' : 'accent';
  const whole = receivers.filter(({ state }) => state === 'whole').length;
  const who =
    role === 'receiver'
      ? ` ${look.address(from)}`
      : receivers.length > 0
        ? ` ${whole}/${receivers.length}`
        : '';
  const sign = `${isChosen ? glyphs.selected : ' '} ${role === 'sender' ? glyphs.up : glyphs.below} `;
  const left = [
    segment(sign, isChosen ? 'key' : 'dim'),
    segment(look.address(title), 'title'),
    segment(` ${sizeText(total)}${who}`, 'dim'),
  ];
  if (!isChosen) return spread(left, [segment(` ${said}`, tone)], width, look);
  // Its own colours would fight with those of the choice.
  const plain = (text: string) => segment(text);
  const row = spread(
    left.map(({ text }) => plain(text)),
    [plain(` ${said}`)],
    width,
    look,
  );
  return theme.selected(row);
}

function receiverRow(
  transfer: Transfer,
  receiver: TransferReceiver,
  columns: Chosen,
  width: number,
  look: Look,
): string {
  const { theme, glyphs, transfers: words } = look;
  const { state, name, reason, lost, repaired } = receiver;
  const { ratio, percent, rate, time, bytes } = progressOf(transfer, receiver);
  const texts: Record<Figure, string> = {
    done: percent,
    rate: rate.replace(' ', ''),
    time,
    bytes: bytes.replace(' ', ''),
    lost: short(lost),
    repaired: short(repaired),
  };
  const sign = fitted(`${glyphs.receivers[state]} ${words.states[state]}`, columns.state);
  const who = [
    ' '.repeat(mark) + theme[roles[state]](sign),
    theme.person(name)(fitted(look.address(name), columns.name)),
  ];
  if (state === 'failed' && reason !== undefined) {
    // What it had matters less now than why it has no more.
    const rest = width - mark - columns.state - 1 - columns.name - 1;
    return [...who, theme.bad(fitted(`${percent} ${look.reason(reason)}`, rest))].join(' ');
  }
  const cells = [
    ...who,
    ...(columns.bar > 0 ? [theme[roles[state]](bar(ratio, columns.bar, glyphs))] : []),
    ...columns.figures.map(({ id, width: wide }) => {
      const cell = fitted(texts[id], wide, 'right');
      return id === 'lost' && lost > repaired ? theme.warn(cell) : cell;
    }),
  ];
  // The cells are styled already, so their width is summed and not measured.
  const used =
    mark +
    columns.state +
    1 +
    columns.name +
    (columns.bar > 0 ? columns.bar + 1 : 0) +
    columns.figures.reduce((sum, { width: wide }) => sum + wide + 1, 0);
  return cells.join(' ') + ' '.repeat(Math.max(0, width - used));
}
