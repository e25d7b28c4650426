// What every benchmark does around its own: its runs are told as they end, printed and written, and a signal ends it
// with the results that there are.
import { parseGroup } from '../core/group.ts';
import { type LocalInterface, pickInterface } from '../net/interfaces.ts';
import type { Io } from './command.ts';
import type { Flags } from './flags.ts';
import { Printer } from './printer.ts';
import { resultFile } from './result-file.ts';
import { firstSignal } from './signals.ts';

/** What is measured, and how its results are written; text is safe to draw. */
export type Measuring<Outcome> = {
  csvHead: string;
  csvLine(run: Outcome): string;
  /** Lines on a run that is over. */
  told(run: Outcome): string;
  json(runs: readonly Outcome[]): string;
  table(runs: readonly Outcome[]): string;
  /** Gives each run when it is over. Rejects when it is stopped; nothing of that run is left then either. */
  sweep(stop: AbortSignal, take: (run: Outcome) => void): Promise<void>;
};

/** Loopback unless told: no benchmark speaks to a network that nobody named. Throws as pickInterface does. */
export const benchInterface = (flags: Flags): LocalInterface =>
  pickInterface(parseGroup('239.255.0.1:50000'), flags.interface ?? '127.0.0.1');

/** The runs that there were, and the exit code of the signal that ended them. Rejects as sweep() and the file do. */
export async function measure<Outcome>(
  { csvHead, csvLine, told, json, table, sweep }: Measuring<Outcome>,
  flags: Flags,
  io: Io,
): Promise<{ runs: Outcome[]; exitCode: number | undefined }> {
  const file = await resultFile(flags.out);
  const signal = firstSignal();
  const stop = new AbortController();
  const printer = new Printer(io.stdout);
  const runs: Outcome[] = [];
  let exitCode: number | undefined;
  void signal.came.then((by) => {
    exitCode = by.exitCode;
    stop.abort();
  });
  void printer.gone.then(() => stop.abort());
  if (flags.csv) printer.write(csvHead);
  try {
    await sweep(stop.signal, (run) => {
      runs.push(run);
      if (flags.csv) printer.write(csvLine(run));
      io.stderr.write(told(run));
    });
  } catch (error) {
    if (!stop.signal.aborted) {
      await file.close(undefined);
      throw error;
    }
  } finally {
    signal.ignore();
  }
  await file.close(runs.length > 0 ? json(runs) : undefined);
  if (flags.json) printer.write(json(runs));
  else if (!flags.csv && runs.length > 0) printer.write(table(runs));
  await printer.drained(exitCode === undefined ? 2 ** 31 - 1 : 1000);
  return { runs, exitCode };
}
