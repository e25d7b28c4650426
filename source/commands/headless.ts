// A run without a screen: event lines go to standard output until the source ends, a signal comes, or the
// reader goes away.
import { isAscii } from 'node:buffer';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Diagnosis, Event } from '../core/event.ts';
import type { Facts } from '../core/fault.ts';
import type { Feed } from '../core/feed.ts';
import { plainLine } from '../core/plain.ts';
import { printable, printableJson } from '../core/printable.ts';
import { cliWords, fill } from '../words/cli.ts';
import { diagnosisLine } from '../words/diagnosis.ts';
import { faultText, isFaultCode } from '../words/faults.ts';
import type { Io } from './command.ts';
import { Printer } from './printer.ts';
import { firstSignal } from './signals.ts';

/** After a signal a stuck reader is waited for no longer than this, ms. */
const patienceAfterSignal = 1000;
const patience = 2 ** 31 - 1;
/** Characters that are written at once. */
const batchLength = 64 * 1024;

export type LineFeed = Feed & { onLines(listener: (block: string) => void): void };

/** The exit code: 0, or 128 + n after a signal. */
export async function printFeed(
  feed: LineFeed,
  options: { json: boolean; recorded: boolean },
  io: Io,
): Promise<number> {
  const printer = new Printer(io.stdout);
  const format = options.json ? jsonLines : plainLines(io);
  const signal = firstSignal();
  feed.onLines((block) => printer.write(format(block)));

  try {
    const end = await Promise.race([
      feed.ended.then(() => ({ reason: 'end', exitCode: 0 })),
      signal.came.then(({ name, exitCode }) => ({ reason: name, exitCode })),
      printer.gone.then(() => ({ reason: 'output closed', exitCode: 0 })),
    ]);
    await feed.close(end.reason);
    await printer.drained(end.exitCode === 0 ? patience : patienceAfterSignal);
    return end.exitCode;
  } finally {
    signal.ignore();
    tellLost(printer.lost, options.recorded, io);
  }
}

/** Events that are there already: as fast as the reader takes them, and none is left out. */
export async function printEvents(
  events: Iterable<Event>,
  options: { json: boolean },
  io: Io,
): Promise<number> {
  const printer = new Printer(io.stdout);
  const format = options.json ? jsonOf : plainOf(io);
  const signal = firstSignal();
  const stopped = Promise.race([signal.came, printer.gone]);
  let exitCode: number | undefined;
  void signal.came.then((by) => {
    exitCode = by.exitCode;
  });
  try {
    let lines = '';
    for (const event of events) {
      lines += format(event);
      if (lines.length < batchLength) continue;
      printer.write(lines);
      lines = '';
      await Promise.race([printer.drained(patience), stopped]);
      // Signals are taken when the event loop turns.
      await nextTurn();
      if (exitCode !== undefined || printer.isGone) return exitCode ?? 0;
    }
    printer.write(lines);
    await Promise.race([printer.drained(patience), stopped]);
    return exitCode ?? 0;
  } finally {
    signal.ignore();
  }
}

/** A block is JSON objects joined by ",\n"; inside of JSON a line end cannot be. */
function jsonLines(block: string): string {
  const lines = `${block.replaceAll(',\n', '\n')}\n`;
  return isHarmless(lines) ? lines : printableJson(lines);
}

/**
 * Most blocks are ASCII, which is found out ten times sooner than what in the others cannot be printed. Control
 * characters JSON itself forbids, all but DEL, and the engine has parsed these lines.
 */
function isHarmless(lines: string): boolean {
  return !lines.includes('\x7f') && isAscii(Buffer.from(lines));
}

function plainLines(io: Io): (block: string) => string {
  const format = plainOf(io);
  return (block) => (JSON.parse(`[${block}]`) as Event[]).map(format).join('');
}

function jsonOf(event: Event): string {
  return printableJson(`${JSON.stringify(event)}\n`);
}

/** One line with its end, or nothing. */
function plainOf({ lang }: Io): (event: Event) => string {
  const options = {
    words: cliWords(lang).plain,
    fill,
    showGroup: false,
    explain: (code: string, facts: Facts, text: string) =>
      isFaultCode(code) ? faultText(lang, { code, facts }) : text,
    diagnose: (event: Diagnosis) => diagnosisLine(lang, event),
  };
  return (event) => {
    if (event.type === 'started') options.showGroup = event.groups.length > 1;
    const line = plainLine(event, options);
    return line === undefined ? '' : `${printable(line.replaceAll('\n', ' '))}\n`;
  };
}

function tellLost(lost: number, recorded: boolean, io: Io): void {
  if (lost === 0) return;
  const words = cliWords(io.lang);
  const sentences = [fill(words.lostLines, { count: lost }), ...(recorded ? [words.lostLinesRecorded] : [])];
  io.stderr.write(`mcast-tui: ${sentences.join(' ')}\n`);
}
