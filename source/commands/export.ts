// `export`: a recorded session as a file that Wireshark, a spreadsheet or a script reads.
import { realpath } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Fault } from '../core/fault.ts';
import { printable, printableJson } from '../core/printable.ts';
import { type Exported, type ExportFormat, exported, exportFormats } from '../report/export.ts';
import { SessionReader } from '../session/reader.ts';
import { resolveSession } from '../session/select.ts';
import { fill } from '../words/cli.ts';
import type { Lang } from '../words/lang.ts';
import { wiresharkWords } from '../words/wireshark.ts';
import type { Run } from './command.ts';
import type { Flags } from './flags.ts';
import { refuseWords } from './input.ts';
import { dataDirOf, tellOn } from './settings.ts';
import { firstSignal } from './signals.ts';
import { fileSink, type Sink, streamSink } from './sink.ts';
import { usageFault } from './usage.ts';

export const run: Run = async (input, flags, io) => {
  refuseWords('export', input, 1);
  const format = formatOf(flags);
  if (flags.out === undefined && format === 'pcapng' && io.stdout.isTTY) throw usageFault('binary-output');
  const path = await resolveSession(input[0], dataDirOf(flags.dataDir), tellOn(io)).catch((error) => {
    throw input.length === 0 && error instanceof Fault ? usageFault('no-sessions') : error;
  });
  if (flags.out !== undefined && (await isSame(path, flags.out))) throw usageFault('export-onto-itself');
  const reader = new SessionReader(path);
  const signal = firstSignal();
  try {
    const sink = flags.out === undefined ? streamSink(io.stdout) : await fileSink(flags.out);
    const { payloads } = flags;
    const pieces = exported(reader, { format, payloads, lang: io.lang });
    const end = await pour(pieces, sink, signal.came);
    if ('exitCode' in end) return end.exitCode;
    const out = flags.out === undefined ? undefined : resolve(flags.out);
    if (flags.json && out !== undefined) {
      io.stdout.write(printableJson(`${JSON.stringify({ out, format, ...end }, null, 2)}\n`));
    } else {
      io.stderr.write(printable(sentences(end, out, io.lang)));
    }
    return 0;
  } finally {
    signal.ignore();
    reader.close();
  }
};

/** As the flag says, else by the ending of the file's name. */
function formatOf({ format, out = '' }: Flags): ExportFormat {
  const wanted = format ?? extname(out).slice(1).toLowerCase();
  const found = exportFormats.find((each) => each === wanted);
  if (found === undefined) throw usageFault('which-format', { formats: exportFormats.join(', ') });
  return found;
}

async function isSame(path: string, out: string): Promise<boolean> {
  const [one, other] = await Promise.all(
    [path, out].map((each) => realpath(each).catch(() => resolve(each))),
  );
  return one === other;
}

/** What was exported; or the exit code, when a signal or the reader ended it before. */
async function pour(
  pieces: Generator<Buffer, Exported>,
  sink: Sink,
  signal: Promise<{ exitCode: number }>,
): Promise<Exported | { exitCode: number }> {
  let ended: { exitCode: number } | undefined;
  void signal.then((by) => {
    ended = by;
  });
  for (let next = pieces.next(); ; next = pieces.next()) {
    if (next.done) {
      await sink.end();
      return next.value;
    }
    if (next.value.length > 0 && !(await sink.write(next.value))) return { exitCode: 0 };
    // Signals are taken when the event loop turns.
    await nextTurn();
    if (ended) {
      await sink.abandon();
      return ended;
    }
  }
}

/** Where the file itself goes to standard output, only what somebody must know is told. */
function sentences({ events, packets }: Exported, out: string | undefined, lang: Lang): string {
  const words = wiresharkWords(lang);
  const said: string[] = [];
  if (out !== undefined) {
    const facts = { path: out, events, packets: packets?.packets ?? 0 };
    said.push(fill(packets ? words.exportedPackets : words.exported, facts));
  }
  if (packets && packets.short > 0) said.push(fill(words.withoutPayload, { short: packets.short }));
  if (packets && packets.skipped > 0) said.push(fill(words.withoutPackets, { skipped: packets.skipped }));
  return said.length > 0 ? `${said.join(' ')}\n` : '';
}
