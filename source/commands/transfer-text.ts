// A transfer as people read it without a screen: the lines with bars while it runs, and the table at its end.
import stringWidth from 'string-width';
import type { Transfer } from '../core/event.ts';
import { endpoint } from '../core/plain.ts';
import type { TransferReceiver } from '../core/share.ts';
import { sizeText } from '../core/size-text.ts';
import { barOf, isMoving, meanRate, progressOf } from '../core/transfer-progress.ts';
import { fill } from '../words/cli.ts';
import type { Lang } from '../words/lang.ts';
import { reasonText, transferWords } from '../words/transfer.ts';
import { align } from './align.ts';

const nameWidth = 16;
const barWidth = 24;

/** A line on the whole, then one for each receiver, at most `most` in all, none wider than `width`. */
export function progressLines(transfer: Transfer, lang: Lang, width: number, most: number): string[] {
  const words = transferWords(lang);
  const { receivers, more = 0 } = transfer;
  const room = Math.max(1, most - 1);
  const hidden = receivers.length + more - room;
  const shown = receivers.slice(0, hidden > 0 ? room - 1 : room);
  const rest = receivers.length + more - shown.length;
  return [
    headline(transfer, lang),
    ...shown.map((receiver) => receiverLine(transfer, receiver, lang, width)),
    ...(rest > 0 ? [fill(words.more, { count: rest })] : []),
  ].map((line) => cut(line, width));
}

/** `slides.pdf (105 MB, 1 file): sending` */
export function headline(transfer: Transfer, lang: Lang): string {
  const { title, total, files, from, role, phase } = transfer;
  const words = transferWords(lang);
  const ofReceiver = { waiting: words.waitingForSender, running: words.receivingPhase } as const;
  const said =
    role === 'receiver' && (phase === 'waiting' || phase === 'running')
      ? ofReceiver[phase]
      : words.phases[phase];
  const facts = { title, size: sizeText(total), files: words.files(files), name: from, phase: said };
  return fill(role === 'sender' ? words.sharing : words.receiving, facts);
}

/** What stands first is what is kept on a narrow terminal; a figure that does not fit is left out whole. */
function receiverLine(transfer: Transfer, receiver: TransferReceiver, lang: Lang, width: number): string {
  const words = transferWords(lang);
  const { ratio, percent, bytes, rate, time } = progressOf(transfer, receiver);
  const bar = barOf(ratio, Math.max(4, Math.min(barWidth, width - 56)), '#', '-');
  const name = padded(cut(receiver.name, nameWidth), nameWidth);
  const left = time === '' || !isMoving(transfer, receiver) ? time : fill(words.left, { time });
  const trouble =
    receiver.lost > 0
      ? [fill(words.lost, { count: receiver.lost }), fill(words.repaired, { count: receiver.repaired })]
      : [];
  let line = `${name} [${bar}] ${percent.padStart(4)} ${bytes.padStart(8)} ${rate.padStart(10)}`;
  for (const part of [words.states[receiver.state], left, ...trouble]) {
    if (part === '') continue;
    if (stringWidth(`${line}  ${part}`) > width) break;
    line += `  ${part}`;
  }
  return line;
}

/** All that a person wants to know at the end, each line with its end. */
export function resultText(transfer: Transfer, lang: Lang): string {
  const words = transferWords(lang);
  const { receivers, more = 0, sent, total, reason, path, role, phase } = transfer;
  const lines = [headline(transfer, lang)];
  if (reason) lines.push(fill(words.because, { reason: reasonText(lang, reason.code, reason.facts) }));
  if (role === 'receiver' && phase === 'done' && path) lines.push(fill(words.writtenTo, { path }));
  if (sent !== undefined && total > 0 && receivers.length > 0) {
    lines.push(fill(words.sentTotal, { sent: sizeText(sent), times: (sent / total).toFixed(2) }));
  }
  const table = receivers.length > 0 ? align(resultTable(transfer, lang), numeric) : '';
  const rest = more > 0 ? `${fill(words.more, { count: more })}\n` : '';
  return `${lines.join('\n')}\n${table}${rest}`;
}

/** Columns that hold numbers. */
const numeric = new Set([0, 3, 4, 5, 6, 7]);

function resultTable(transfer: Transfer, lang: Lang): string[][] {
  const words = transferWords(lang);
  const rows = transfer.receivers.map((receiver) => {
    const { number, name, address, port, bytes, lost, repaired, seconds, state, reason } = receiver;
    const rate = meanRate(receiver, transfer.seconds);
    const why = reason === undefined ? '' : `: ${reasonText(lang, reason)}`;
    return [
      String(number),
      name,
      endpoint(address, port),
      sizeText(bytes),
      String(lost),
      String(repaired),
      seconds === undefined ? '-' : fill(words.seconds, { seconds: seconds.toFixed(2) }),
      rate === undefined ? '-' : `${sizeText(rate)}/s`,
      words.states[state] + why,
    ];
  });
  return [Object.values(words.columns), ...rows];
}

/** To a width, by whole characters as far as JavaScript tells them apart. */
function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const { segment } of segments.segment(text)) {
    if (stringWidth(kept + segment) >= width) break;
    kept += segment;
  }
  return `${kept}…`;
}

const segments = new Intl.Segmenter();
const padded = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - stringWidth(text)));
