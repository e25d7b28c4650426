// `bench workers`: bursts through the real path, group, engine and pool, with each number of workers in turn.
import type { BurstCell, BurstRun } from '../bench/burst-figures.ts';
import { type BurstNotice, runBurst } from '../bench/burst-run.ts';
import { printable } from '../core/printable.ts';
import { whole } from '../ui/format.ts';
import { benchWorkersWords } from '../words/bench-workers.ts';
import { fill } from '../words/cli.ts';
import { faultText, isFaultCode } from '../words/faults.ts';
import {
  csvHead,
  csvLine,
  jsonDocument,
  type Place,
  progressText,
  workersText,
} from './bench-workers-text.ts';
import type { Bench, Io } from './command.ts';
import type { Flags } from './flags.ts';
import { benchInterface, measure } from './measuring.ts';
import { usageFault } from './usage.ts';

/** Work of one burst for one worker, s: who asks for more has mistaken a unit. */
const longestBurst = 600;

export const run: Bench = async (flags, io) => {
  const cells = cellsOf(flags);
  const local = benchInterface(flags);
  const place: Place = { interface: local.name, receiveBuffer: undefined };
  const setting = { cells, times: flags.runs, interface: local.address, tell: teller(place, io) };
  const look = { lang: io.lang, ascii: flags.ascii };
  const { exitCode } = await measure<BurstRun>(
    {
      csvHead,
      csvLine,
      told: (run) => progressText(run, io.lang),
      json: (runs) => jsonDocument(runs, place),
      table: (runs) => printable(workersText(runs, place, look)),
      sweep: (stop, take) => sweep(setting, stop, take, io),
    },
    flags,
    io,
  );
  return exitCode ?? 0;
};

/** Bursts, and for each one number of workers after the other. Throws Fault `usage`. */
function cellsOf({ workers = [1, 2, 4, 8], bursts = [100, 1000, 10_000], work = 1 }: Flags): BurstCell[] {
  const most = Math.max(...bursts);
  const seconds = (most * work) / 1000;
  if (seconds > longestBurst) {
    throw usageFault('burst-too-long', { burst: most, work, seconds, most: longestBurst });
  }
  return [...new Set(bursts)].flatMap((burst) =>
    [...new Set(workers)].map((count) => ({ workers: count, burst, work })),
  );
}

type Sweep = { cells: BurstCell[]; times: number; interface: string; tell(event: BurstNotice): void };

async function sweep(
  { cells, times, interface: on, tell }: Sweep,
  signal: AbortSignal,
  take: (run: BurstRun) => void,
  io: Io,
): Promise<void> {
  const words = benchWorkersWords(io.lang);
  let number = 0;
  for (const cell of cells) {
    for (let run = 1; run <= times; run++) {
      const facts = { number: ++number, total: cells.length * times, workers: cell.workers };
      io.stderr.write(`${fill(words.progress, { ...facts, burst: whole(cell.burst) })}\n`);
      take(await runBurst({ cell, run, interface: on, version: io.version }, signal, tell));
    }
  }
}

/** Notes what the kernel granted, and tells each warning once: every run meets the same. */
function teller(place: Place, { stderr, lang }: Io): (event: BurstNotice) => void {
  const told = new Set<string>();
  return (event) => {
    if (event.type === 'joined') {
      place.receiveBuffer = event.receiveBuffer;
      return;
    }
    const { code, facts, text } = event;
    const sentence = isFaultCode(code) ? faultText(lang, { code, facts }) : text;
    if (told.has(sentence)) return;
    told.add(sentence);
    stderr.write(`mcast-tui: ${printable(sentence)}\n`);
  };
}
