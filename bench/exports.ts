// A session of a million events, with payloads, exported in each form: time and memory, beside one of a thousand.
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { exportFormats } from '../source/report/export.ts';
import { sleep } from './lib/children.ts';
import type { Benchmark, Context, Figure } from './lib/figure.ts';
import { writeSession } from './lib/long-session.ts';
import { memory } from './lib/proc.ts';
import { mcast, Program, workspace } from './lib/program.ts';
import { round } from './lib/table.ts';

type Run = { seconds: number; peak: number; bytes: number };

async function once(path: string, format: string): Promise<Run> {
  const out = join(workspace, `export.${format}`);
  const program = Program.headless(mcast('export', undefined, path, '--format', format, '--out', out));
  let peak = 0;
  let seconds: number | undefined;
  const ended = program.ended.then((code) => {
    seconds = (performance.now() - program.startedAt) / 1000;
    return code;
  });
  while (seconds === undefined) {
    peak = Math.max(peak, peakOf(program.pid));
    await sleep(5);
  }
  if ((await ended) !== 0) throw new Error(program.read('err'));
  const { size } = statSync(out);
  rmSync(out);
  program.remove();
  return { seconds, peak, bytes: size };
}

/** MiB; 0 of a process that has ended. */
function peakOf(pid: number): number {
  try {
    return memory(pid).peak || 0;
  } catch {
    return 0;
  }
}

async function run({ quick, progress }: Context): Promise<Figure[]> {
  const files = { few: writeSession(1000, true), many: writeSession(quick ? 100_000 : 1_000_000, true) };
  const figures: Figure[] = [];
  for (const format of exportFormats) {
    const results: Record<keyof typeof files, Run[]> = { few: [], many: [] };
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      for (const size of ['few', 'many'] as const) results[size].push(await once(files[size], format));
    }
    progress(`${format}: ${JSON.stringify(results.many.at(-1))}`);
    const figure = (what: string, unit: string, of: 'seconds' | 'peak'): Figure => ({
      what: `${format}, ${what}`,
      unit,
      runs: results.many.map((run) => run[of]),
      peer: { what: '1,000 events', runs: results.few.map((run) => run[of]) },
    });
    figures.push(
      { ...figure('time', 's', 'seconds'), note: `${round(results.many[0]!.bytes / 2 ** 20)} MiB` },
      // "Of any length": what a million events need must not be a multiple of what a thousand do.
      { ...figure('most memory ever held', 'MiB', 'peak'), target: { atMost: 250 } },
    );
  }
  rmSync(files.many);
  return figures;
}

export const exports: Benchmark = { name: 'exports', title: 'A session of a million events exported', run };
