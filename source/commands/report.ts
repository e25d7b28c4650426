// `report`: a lab report of the sessions that one or more nodes recorded of the same run.
import { mkdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Fault } from '../core/fault.ts';
import { printable, printableJson } from '../core/printable.ts';
import { safeText } from '../core/safe-text.ts';
import { readBench } from '../report/lab/bench-file.ts';
import { readDoctor } from '../report/lab/doctor-file.ts';
import { gathered } from '../report/lab/gather.ts';
import { htmlOf } from '../report/lab/html.ts';
import { chartFiles, markdownOf } from '../report/lab/markdown.ts';
import { reportOf } from '../report/lab/report.ts';
import { labRunOf } from '../report/lab/run.ts';
import type { SessionFigures } from '../report/lab/session-figures.ts';
import { codeOf } from '../session/disk.ts';
import { resolveSession } from '../session/select.ts';
import { fill } from '../words/cli.ts';
import { reportWords } from '../words/report.ts';
import type { Io, Run } from './command.ts';
import type { Flags } from './flags.ts';
import { dataDirOf, tellOn } from './settings.ts';
import { firstSignal } from './signals.ts';
import { fileSink, streamSink } from './sink.ts';
import { usageFault } from './usage.ts';

const forms = ['html', 'md'] as const;
type Form = (typeof forms)[number];
/** Graphemes of a title. */
const titleLimit = 200;

type File = { path: string; text: string };

export const run: Run = async (input, flags, io) => {
  const form = formOf(flags);
  if (flags.out === undefined && io.stdout.isTTY) throw usageFault('report-output');
  const paths = await sessionPaths(input, flags, io);
  const out = flags.out === undefined ? undefined : resolve(flags.out);
  if (out !== undefined) await guard(out, [...paths, flags.bench, flags.doctor], flags.force);
  const bench = flags.bench === undefined ? undefined : await readBench(flags.bench);
  const doctor = flags.doctor === undefined ? undefined : await readDoctor(flags.doctor);
  const signal = firstSignal();
  try {
    const sessions = await gatherAll(paths, input, signal.came);
    if ('exitCode' in sessions) return sessions.exitCode;
    const { lang, version } = io;
    const title = flags.title === undefined ? undefined : safeText(flags.title, titleLimit);
    const report = reportOf(labRunOf(sessions, { bench, doctor }), { lang, version, title });
    if (out === undefined) {
      const text = form === 'html' ? htmlOf(report, lang) : markdownOf(report, lang);
      await streamSink(io.stdout).write(Buffer.from(text));
      return 0;
    }
    const folder = `${basename(out, extname(out))}-charts`;
    const files: File[] =
      form === 'html'
        ? [{ path: out, text: htmlOf(report, lang) }]
        : [
            ...chartFiles(report).map(({ name, svg }) => ({
              path: join(dirname(out), folder, name),
              text: svg,
            })),
            { path: out, text: markdownOf(report, lang, folder) },
          ];
    await writeAll(files, flags.force);
    const facts = { out, format: form, sessions: sessions.length, charts: files.length - 1 };
    if (flags.json) io.stdout.write(printableJson(`${JSON.stringify(facts, null, 2)}\n`));
    else io.stderr.write(printable(`${fill(reportWords(lang).written, { path: out })}\n`));
    return 0;
  } finally {
    signal.ignore();
  }
};

/** As the flag says, else by the ending of the file's name, else HTML. */
function formOf({ format, out }: Flags): Form {
  const wanted =
    format ?? (out === undefined ? 'html' : extname(out).slice(1).toLowerCase().replace(/^htm$/, 'html'));
  const found = forms.find((each) => each === wanted);
  if (found === undefined) throw usageFault('which-format', { formats: forms.join(', ') });
  return found;
}

/** The newest where none is named. */
async function sessionPaths(input: readonly string[], flags: Flags, io: Io): Promise<string[]> {
  const [dataDir, tell] = [dataDirOf(flags.dataDir), tellOn(io)];
  if (input.length > 0) {
    const paths: string[] = [];
    for (const which of input) paths.push(await resolveSession(which, dataDir, tell));
    return paths;
  }
  const newest = resolveSession(undefined, dataDir, tell).catch((error) => {
    throw error instanceof Fault ? usageFault('no-sessions') : error;
  });
  return [await newest];
}

/** What is read is never written over, and what is there only when that was said. */
async function guard(out: string, read: readonly (string | undefined)[], force: boolean): Promise<void> {
  const real = (path: string) => realpath(path).catch(() => resolve(path));
  for (const path of read) {
    if (path !== undefined && (await real(path)) === (await real(out)))
      throw usageFault('export-onto-itself');
  }
  if (!force) await refuseExisting(out);
}

async function refuseExisting(path: string): Promise<void> {
  const there = await stat(path).then(
    () => true,
    () => false,
  );
  if (there) throw new Fault('file-exists', { path });
}

/** The figures of each; or the exit code, when a signal ended it before. */
async function gatherAll(
  paths: readonly string[],
  input: readonly string[],
  signal: Promise<{ exitCode: number }>,
): Promise<SessionFigures[] | { exitCode: number }> {
  let ended: { exitCode: number } | undefined;
  void signal.then((by) => {
    ended = by;
  });
  const sessions: SessionFigures[] = [];
  for (const [index, path] of paths.entries()) {
    const work = gathered(path, input[index] ?? basename(path));
    for (let next = work.next(); ; next = work.next()) {
      if (next.done) {
        const same = sessions.find(({ id }) => id !== '' && id === next.value.id);
        if (same) throw new Fault('sessions-alike', { one: same.label, other: next.value.label });
        sessions.push(next.value);
        break;
      }
      // Signals are taken when the event loop turns.
      await nextTurn();
      if (ended) return ended;
    }
  }
  return sessions;
}

/** All or none is refused; then the report itself comes last, when its charts are there. */
async function writeAll(files: readonly File[], force: boolean): Promise<void> {
  if (!force) for (const { path } of files) await refuseExisting(path);
  for (const { path, text } of files) {
    await mkdir(dirname(path), { recursive: true }).catch((error) => {
      throw new Fault('file-not-written', { path, reason: codeOf(error) });
    });
    const sink = await fileSink(path);
    await sink.write(Buffer.from(text));
    await sink.end();
  }
}
