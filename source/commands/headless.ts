// A run without a screen: event lines go to standard output until the source ends, a signal comes, or the
// reader goes away.
import type { Event } from '../core/event.ts';
import type { Feed } from '../core/feed.ts';
import { plainLine } from '../core/plain.ts';
import { printable, printableJson } from '../core/printable.ts';
import { cliWords, fill } from '../words/cli.ts';
import { faultText, isFaultCode } from '../words/faults.ts';
import type { Io } from './command.ts';
import { Printer } from './printer.ts';
import { firstSignal } from './signals.ts';

/** After a signal a stuck reader is waited for no longer than this, ms. */
const patienceAfterSignal = 1000;
const patience = 2 ** 31 - 1;

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

  const end = await Promise.race([
    feed.ended.then(() => ({ reason: 'end', exitCode: 0 })),
    signal.came.then(({ name, exitCode }) => ({ reason: name, exitCode })),
    printer.gone.then(() => ({ reason: 'output closed', exitCode: 0 })),
  ]);
  await feed.close(end.reason);
  await printer.drained(end.exitCode === 0 ? patience : patienceAfterSignal);
  signal.ignore();
  tellLost(printer.lost, options.recorded, io);
  return end.exitCode;
}

/** A block is JSON objects joined by ",\n"; inside of JSON a line end cannot be. */
function jsonLines(block: string): string {
  return printableJson(`${block.replaceAll(',\n', '\n')}\n`);
}

function plainLines({ lang }: Io): (block: string) => string {
  const { plain: words } = cliWords(lang);
  const options = {
    words,
    fill,
    showGroup: false,
    explain: (code: string, facts: Record<string, string | number>, text: string) =>
      isFaultCode(code) ? faultText(lang, { code, facts }) : text,
  };
  return (block) => {
    let lines = '';
    for (const event of JSON.parse(`[${block}]`) as Event[]) {
      if (event.type === 'started') options.showGroup = event.groups.length > 1;
      const line = plainLine(event, options);
      if (line !== undefined) lines += `${line.replaceAll('\n', ' ')}\n`;
    }
    return printable(lines);
  };
}

function tellLost(lost: number, recorded: boolean, io: Io): void {
  if (lost === 0) return;
  const words = cliWords(io.lang);
  const sentences = [fill(words.lostLines, { count: lost }), ...(recorded ? [words.lostLinesRecorded] : [])];
  io.stderr.write(`mcast-tui: ${sentences.join(' ')}\n`);
}
