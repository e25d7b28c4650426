// `bench share`: the practice of a file to many receivers, measured anew here: sizes, clients and modes in turn.
import { rmSync, statfsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRandomFile } from '../bench/random-file.ts';
import { cellsOf, type ShareCell, type ShareRun } from '../bench/share-figures.ts';
import { runShare } from '../bench/share-run.ts';
import { Fault } from '../core/fault.ts';
import { benchWords } from '../words/bench.ts';
import { fill } from '../words/cli.ts';
import { size } from '../words/fault-sentences.ts';
import { modesOf, sizesOf } from './bench-share-lists.ts';
import { csvHead, csvLine, jsonDocument, progressText, textTable } from './bench-share-text.ts';
import type { Bench, Io } from './command.ts';
import { benchInterface, type Measuring, measure } from './measuring.ts';

/** Stays free on the disk, bytes. */
const spare = 64 * 2 ** 20;

export const run: Bench = async (flags, io) => {
  const cells = cellsOf(sizesOf(flags.sizes), clientsOf(flags.clients), modesOf(flags.modes));
  const local = benchInterface(flags);
  mustFit(cells, tmpdir());
  const setting = { cells, times: flags.runs, interface: local.address, rate: flags.rate };
  const measuring: Measuring<ShareRun> = {
    csvHead,
    csvLine,
    told: (run) => progressText(run, io.lang),
    json: (runs) => jsonDocument(runs, local.name),
    table: (runs) => textTable(runs, local.name, io.lang),
    sweep: (stop, take) => sweep(setting, stop, take, io),
  };
  const { runs, exitCode } = await measure(measuring, flags, io);
  // Plain UDP is there to lose; the others promise that nobody does.
  const isKept = runs.every(({ mode, whole, clients }) => mode === 'lab' || whole === clients);
  return exitCode ?? (isKept && runs.every(({ problem }) => problem !== 'timeout') ? 0 : 1);
};

type Sweep = { cells: ShareCell[]; times: number; interface: string; rate: number | undefined };

async function sweep(
  { cells, times, interface: on, rate }: Sweep,
  signal: AbortSignal,
  take: (run: ShareRun) => void,
  io: Io,
): Promise<void> {
  const words = benchWords(io.lang);
  const workspace = await mkdtemp(join(tmpdir(), 'mcast-tui-bench-'));
  // A second signal ends the process at once.
  const clear = () => rmSync(workspace, { recursive: true, force: true });
  process.on('exit', clear);
  try {
    let number = 0;
    for (const bytes of new Set(cells.map((cell) => cell.bytes))) {
      const path = join(workspace, 'file.bin');
      const sha256 = await writeRandomFile(path, bytes, signal);
      for (const cell of cells.filter((each) => each.bytes === bytes)) {
        for (let run = 1; run <= times; run++) {
          const facts = { number: ++number, total: cells.length * times, size: size(String(bytes)) };
          io.stderr.write(`${fill(words.progress, { ...facts, clients: cell.clients, mode: cell.mode })}\n`);
          const setting = { cell, run, path, sha256, folder: join(workspace, 'run'), interface: on };
          take(await runShare({ ...setting, ...(rate === undefined ? {} : { rate }) }, signal));
        }
      }
      await rm(path);
    }
  } finally {
    process.off('exit', clear);
    await rm(workspace, { recursive: true, force: true });
  }
}

/** Processes that one machine is asked to run at once; a share has no more receivers either. */
const mostClients = 64;

function clientsOf(clients = [1, 5, 10]): number[] {
  const value = clients.find((count) => count > mostClients);
  if (value === undefined) return [...new Set(clients)];
  throw new Fault('not-a-number', { name: '--clients', value, min: 1, max: mostClients, whole: 1 });
}

/** The file, and a copy of it for each receiver. Throws Fault('bench-space'). */
function mustFit(cells: readonly ShareCell[], path: string): void {
  const needed = Math.max(...cells.map(({ bytes, clients }) => bytes * (clients + 1))) + spare;
  const { bavail, bsize } = statfsSync(path);
  if (needed > bavail * bsize) throw new Fault('bench-space', { needed, free: bavail * bsize, path });
}
