// A line of the chat as rows of the screen: when, who, what, and how far an own line got.
import type { ChatLine, Delivery } from '../core/snapshot.ts';
import { fitted, widthOf, wrap } from './fit.ts';
import { clock } from './format.ts';
import type { Look } from './look.ts';

export type ChatContext = {
  look: Look;
  delivery(n: number): Delivery | undefined;
  /** Short name of a group; empty where there is only one. */
  groupLabel(group: string): string;
};

/** Rows of one message at most; what is longer is cut. */
const mostRows = 12;

/** One row or more of exactly `width` columns. */
export function chatRows(line: ChatLine, width: number, context: ChatContext): string[] {
  const { theme } = context.look;
  const time = width >= 40 ? clock(line.at) : width >= 30 ? clock(line.at).slice(0, 8) : '';
  const group = context.groupLabel(line.group);
  const before = [time, group].filter(Boolean).join(' ');
  const indent = before === '' ? 0 : before.length + 1;
  const { who, text, paint } = wording(line, context);
  const name =
    who === ''
      ? ''
      : fitted(who, Math.min(widthOf(who), Math.max(width >= 44 ? 15 : 6, Math.floor(width / 3))));
  const mark = line.own ? ticks(context.delivery(line.n), context.look) : '';
  const room = Math.max(1, width - indent - (mark === '' ? 0 : widthOf(mark) + 1));
  const nameWidth = name === '' ? 0 : widthOf(name) + 1;
  // The name takes part in the first row only; the rest of the text stands under the name.
  const lines = wrapped(line, `${'_'.repeat(nameWidth)}${text}`, room);
  const stamp = before === '' ? '' : `${theme.dim(before)} `;
  return lines.map((row, i) => {
    const end = mark === '' ? '' : ` ${i === 0 ? theme.good(mark) : ' '.repeat(widthOf(mark))}`;
    const start = i === 0 ? stamp : ' '.repeat(indent);
    if (i > 0 || name === '') return start + paint(fitted(row, room)) + end;
    const painted = line.own ? theme.own(theme.title(name)) : theme.person(line.from)(name);
    return `${start + painted} ${paint(fitted(row.slice(nameWidth), room - nameWidth))}${end}`;
  });
}

/** Breaking foreign scripts into rows is dear, and a line that stands still is drawn many times. */
const cache = new WeakMap<ChatLine, { text: string; room: number; rows: string[] }>();

function wrapped(line: ChatLine, text: string, room: number): string[] {
  const known = cache.get(line);
  if (known?.text === text && known.room === room) return known.rows;
  const rows = wrap(text, room, mostRows);
  cache.set(line, { text, room, rows });
  return rows;
}

/** What filters look at. */
export function chatSubject(line: ChatLine, look: Look): string {
  const said = line.kind === 'notice' ? look.notice(line.code, line.facts ?? {}, line.text) : line.text;
  return `${look.address(line.from)} ${said}`;
}

function wording(
  line: ChatLine,
  { look }: ChatContext,
): { who: string; text: string; paint(text: string): string } {
  const { theme, glyphs, words } = look;
  const who = look.address(line.from);
  const plain = (text: string) => text;
  switch (line.kind) {
    case 'notice': {
      const text = `${glyphs.notice} ${look.notice(line.code, line.facts ?? {}, line.text)}`;
      return { who: '', text, paint: noticeRole(line.code) === 'dim' ? theme.dim : theme.warn };
    }
    case 'malformed': {
      const reason = words.chat.malformed(line.code ?? '?', Number(line.facts?.count ?? 1));
      return { who, text: `${reason} ${line.text}`, paint: theme.warn };
    }
    case 'binary':
      return { who, text: `${words.chat.bytes(line.bytes ?? 0)} ${line.text}`, paint: theme.dim };
    default:
      return { who, text: line.text, paint: plain };
  }
}

/** Comings and goings are everyday; all other notices ask for attention. */
const everyday = new Set(['peer-joined', 'peer-back', 'peer-gone-bye', 'peer-gone-restarted']);
const usual = /^share-(started|done|cancelled)-|-(regained|back)$/;
const noticeRole = (code: string | undefined): 'dim' | 'warn' =>
  code !== undefined && (everyday.has(code) || usual.test(code)) ? 'dim' : 'warn';

/** `✓ 2/3`: how many of the peers alive then have it. Acknowledgements of plain scripts stand beside it. */
function ticks(delivery: Delivery | undefined, { glyphs, words }: Look): string {
  if (!delivery) return '';
  const { delivered, of, acks } = delivery;
  const beside = acks > delivered ? ` ${words.chat.acks(acks)}` : '';
  if (of === 0 && delivered === 0) return beside.trim();
  const tick = delivered > 0 ? glyphs.tick : glyphs.waiting;
  return `${tick} ${delivered}/${Math.max(of, delivered)}${beside}`;
}
