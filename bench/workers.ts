// What more workers do: a burst of 1,000 datagrams with 2 ms of computing each, with 1, 2 and 4 workers. A person
// measures the same with `mcast-tui bench workers`.
import { availableParallelism } from 'node:os';
import type { BurstRun } from '../source/bench/burst-figures.ts';
import { runBurst } from '../source/bench/burst-run.ts';
import { spreadOf } from '../source/bench/spread.ts';
import type { Benchmark, Context, Figure } from './lib/figure.ts';
import { loopback } from './lib/program.ts';
import { round } from './lib/table.ts';

const burst = 1000;
const work = 2;
const cores = availableParallelism();

async function run({ quick, progress }: Context): Promise<Figure[]> {
  const results = new Map<number, BurstRun[]>([1, 2, 4].map((workers) => [workers, []]));
  const { signal } = new AbortController();
  for (let run = 1; run <= (quick ? 1 : 5); run++) {
    for (const [workers, runs] of results) {
      const setting = { cell: { workers, burst, work }, run, interface: loopback, version: 'bench' };
      const result = await runBurst(setting, signal, () => {});
      if (result.processed < burst) throw new Error(`${burst - result.processed} of ${burst} were lost`);
      runs.push(result);
      progress(`${workers} workers: ${Math.round(result.throughput)}/s`);
    }
  }
  const alone = spreadOf(results.get(1)!.map(({ throughput }) => throughput)).median;
  return [...results].map(([workers, runs]): Figure => {
    const middle = (of: (run: BurstRun) => number) => spreadOf(runs.map(of)).median;
    const most = Math.max(...runs.map(({ atOnce }) => atOnce));
    const ideal = Math.min(workers, cores);
    return {
      what: `throughput with ${workers} worker${workers > 1 ? 's' : ''}, as a multiple of one`,
      unit: '×',
      runs: runs.map(({ throughput }) => throughput / alone),
      // Three quarters of what the cores allow: the engine and the sender need some of them too.
      ...(workers > 1 ? { target: { atLeast: Math.max(1, 0.75 * ideal) } } : {}),
      note: `${round(middle(({ throughput }) => throughput))}/s; ${round(middle(({ overlap }) => overlap))} at work at once (at most ${most}) on ${cores} cores`,
    };
  });
}

export const workers: Benchmark = {
  name: 'workers',
  title: `--workers with --work ${work}, a burst of ${burst}`,
  run,
};
