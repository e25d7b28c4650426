// What an event costs to write down, by how many there are already in the file, beside lowdb, which writes the
// whole file each time.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { spreadOf } from '../source/bench/spread.ts';
import type { Event } from '../source/core/event.ts';
import { Recorder } from '../source/session/recorder.ts';
import { chat, header, heartbeat, linesOf } from '../test/session/events.ts';
import type { Benchmark, Context, Figure } from './lib/figure.ts';
import { workspace } from './lib/program.ts';
import { round } from './lib/table.ts';

const block = 1000;
const lengths = [1_000, 10_000, 100_000, 1_000_000];

/** Events as they come in a lively group, from the nth on. */
const events = (from: number, count: number): Event[] =>
  Array.from({ length: count }, (_, i) =>
    (from + i) % 3 === 0 ? chat(from + i, 'hello') : heartbeat(from + i),
  );

const timed = async (work: () => Promise<void>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/** Milliseconds to put one more event into a file of each length, several times. */
async function ours(times: number, progress: Context['progress']): Promise<Map<number, number[]>> {
  const recorder = await Recorder.open({ path: join(workspace, 'recorder.json'), header });
  const costs = new Map<number, number[]>();
  let count = 0;
  for (const length of lengths) {
    for (; count < length; count += block) {
      recorder.append(linesOf(events(count, block)), block);
      await recorder.flush();
    }
    const line = linesOf(events(count, 1));
    const runs: number[] = [];
    for (let run = 0; run < times; run++) {
      recorder.append(line, 1);
      runs.push(await timed(() => recorder.flush()));
    }
    costs.set(length, runs);
    progress(`${length} events: ${round(statSync(recorder.path).size / 1e6)} MB`);
  }
  await recorder.close();
  return costs;
}

async function lowdb(lengths: number[]): Promise<Map<number, number[]>> {
  const costs = new Map<number, number[]>();
  for (const length of lengths) {
    const db = new Low(new JSONFile<Event[]>(join(workspace, `lowdb-${length}.json`)), events(0, length));
    const runs: number[] = [];
    for (let run = 0; run < 3; run++) {
      db.data.push(...events(length + run, 1));
      runs.push(await timed(() => db.write()));
    }
    costs.set(length, runs);
  }
  return costs;
}

async function run({ quick, progress }: Context): Promise<Figure[]> {
  const costs = await ours(quick ? 200 : 1000, progress);
  // Its million takes seconds and a gigabyte of memory.
  const theirs = await lowdb(quick ? lengths.slice(0, 3) : lengths);
  const base = spreadOf(costs.get(lengths[0]!)!).median;
  return lengths.map((length): Figure => {
    const peer = theirs.get(length);
    const figure: Figure = {
      what: `one more event after ${round(length)}, written`,
      unit: 'ms',
      runs: costs.get(length)!,
      ...(peer ? { peer: { what: 'lowdb', runs: peer } } : {}),
    };
    // Half as much again is within the noise of a disk; growing with the file would be a thousand times as much.
    if (length === lengths.at(-1)) figure.target = { atMost: 1.5 * base };
    return figure;
  });
}

export const recorder: Benchmark = { name: 'recorder', title: 'The recorder', run };
