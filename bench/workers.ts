// What more workers do: a burst of 1,000 datagrams with 2 ms of computing each, with 1, 2 and 4 workers.
import { availableParallelism } from 'node:os';
import type { Task } from '../source/core/event.ts';
import { sleep, until } from './lib/children.ts';
import type { Benchmark, Context, Figure } from './lib/figure.ts';
import { mcast, nextGroup, Program } from './lib/program.ts';
import { flood } from './lib/sender.ts';
import { summary } from './lib/stats.ts';
import { round } from './lib/table.ts';

const burst = 1000;
const work = 2;
const cores = availableParallelism();

type Run = {
  /** Datagrams a second, from the first run's begin to the last one's end. */
  throughput: number;
  /** Workers busy at once: at most, and on average while any was. */
  most: number;
  average: number;
};

async function once(workers: number): Promise<Run> {
  const target = nextGroup();
  const flags = ['--workers', String(workers), '--work', String(work), '--heartbeat', '0'];
  const program = Program.headless(mcast('listen', target, '--json', ...flags));
  await program.joined();
  // A thread measures its own computing as it starts, and is not ready before.
  await sleep(1500);
  await flood(target.group, { count: burst, rate: 100_000 });
  const done = () => program.read('out').split('"type":"received"').length > burst;
  await until(done, `${burst} datagrams`, 60_000);
  await program.stop();
  const tasks = program.events().filter((event): event is Task => event.type === 'task' && event.items > 0);
  program.remove();
  return { throughput: (burst * 1000) / spanOf(tasks), ...overlapOf(tasks) };
}

const spanOf = (tasks: Task[]): number =>
  Math.max(...tasks.map(({ at }) => at)) - Math.min(...tasks.map(({ at, run }) => at - run));

/** As the activity log tells it: a run lasts from `at - run` to `at`. */
function overlapOf(tasks: Task[]): { most: number; average: number } {
  const edges = tasks
    .flatMap(({ at, run }) => [
      { at: at - run, step: 1 },
      { at, step: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.step - b.step);
  let [running, most, busy, area, last] = [0, 0, 0, 0, 0];
  for (const { at, step } of edges) {
    if (running > 0) busy += at - last;
    area += running * (at - last);
    running += step;
    most = Math.max(most, running);
    last = at;
  }
  return { most, average: area / busy };
}

async function run({ quick, progress }: Context): Promise<Figure[]> {
  const results = new Map<number, Run[]>([1, 2, 4].map((workers) => [workers, []]));
  for (let round = 0; round < (quick ? 1 : 5); round++) {
    for (const [workers, runs] of results) {
      runs.push(await once(workers));
      progress(`${workers} workers: ${Math.round(runs.at(-1)!.throughput)}/s`);
    }
  }
  const alone = summary(results.get(1)!.map(({ throughput }) => throughput)).median;
  return [...results].map(([workers, runs]): Figure => {
    const overlap = summary(runs.map(({ average }) => average)).median;
    const most = Math.max(...runs.map((run) => run.most));
    const ideal = Math.min(workers, cores);
    return {
      what: `throughput with ${workers} worker${workers > 1 ? 's' : ''}, as a multiple of one`,
      unit: '×',
      runs: runs.map(({ throughput }) => throughput / alone),
      // Three quarters of what the cores allow: the engine, the printer and the sender need some of them too.
      ...(workers > 1 ? { target: { atLeast: Math.max(1, 0.75 * ideal) } } : {}),
      note: `${round(alone * summary(runs.map(({ throughput }) => throughput / alone)).median)}/s; the log shows ${round(overlap)} at work at once (at most ${most}) on ${cores} cores`,
    };
  });
}

export const workers: Benchmark = {
  name: 'workers',
  title: `--workers with --work ${work}, a burst of ${burst}`,
  run,
};
