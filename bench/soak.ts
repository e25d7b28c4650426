// Memory over ten minutes at 1,000 datagrams a second of 200 peers, with the screen on.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spreadOf } from '../source/bench/spread.ts';
import { sleep } from './lib/children.ts';
import type { Benchmark, Context, Figure } from './lib/figure.ts';
import { memory } from './lib/proc.ts';
import { mcast, nextGroup, Program } from './lib/program.ts';
import { flood } from './lib/sender.ts';
import { round } from './lib/table.ts';

const probe = join(import.meta.dirname, 'lib/heap-probe.js');
const every = 1000;

type Thread = 'main' | 'engine';

/** MiB of heap in use since `from`, as the probe wrote it. The least was needed; the rest is garbage not yet collected. */
function heapOf(program: Program, thread: Thread, from: number): number {
  const lines = readFileSync(join(program.folder, `heap-${thread}`), 'utf8')
    .trim()
    .split('\n');
  const samples = lines.map((line) => JSON.parse(line) as { at: number; used: number });
  return Math.min(...samples.flatMap(({ at, used }) => (at >= from ? [used] : [])));
}

async function run({ quick, progress }: Context): Promise<Figure[]> {
  const target = nextGroup();
  const seconds = quick ? 90 : 600;
  /** A quick run has minutes of 15 s. */
  const minute = quick ? 15 : 60;
  const command = mcast('monitor', target, '--record-limit', '8192');
  const [node, ...rest] = command as [string, ...string[]];
  const program = Program.onScreen([node, '--import', probe, ...rest]);
  await program.joined();
  const load = { kind: 'mixed', rate: 1000, seconds, peers: 200, hears: 8 };
  const sent = flood(target.group, load);
  const minutes: Record<'rss' | Thread, number>[] = [];
  for (let passed = 0; passed < seconds; passed += minute) {
    const [from, rss]: [number, number[]] = [Date.now(), []];
    while (Date.now() - from < minute * 1000) {
      await sleep(every);
      rss.push(memory(program.pid).now);
    }
    const [main, engine] = [heapOf(program, 'main', from), heapOf(program, 'engine', from)];
    minutes.push({ rss: spreadOf(rss).median, main, engine });
    const heaps = `${round(main)} and ${round(engine)} MiB of heap in main and engine thread`;
    progress(`minute ${minutes.length}: ${round(minutes.at(-1)!.rss)} MiB resident, ${heaps}`);
  }
  const { sent: count } = await sent;
  await program.stop();
  const half = Math.ceil(minutes.length / 2);
  const length = quick ? '15 s each' : 'minute by minute';
  const flat = (what: string, of: keyof (typeof minutes)[number], from: number, more = ''): Figure => ({
    what: `${what}, as a multiple of minute ${from}`,
    unit: '×',
    runs: [minutes.at(-1)![of] / minutes[from - 1]![of]],
    // Flat, but for what a collector lets lie about.
    target: { atMost: 1.1 },
    note: `${length}, MiB: ${minutes.map((each) => round(each[of])).join(', ')}${more}`,
  });
  return [
    flat('resident memory at the end', 'rss', 2, `; ${count} datagrams`),
    // Bounded lists take minutes to fill and the collector longer to find its level; a leak goes on after that.
    flat('resident memory at the end', 'rss', half),
    flat('least heap of the main thread', 'main', half),
    flat('least heap of the engine thread', 'engine', half),
  ];
}

export const soak: Benchmark = { name: 'soak', title: 'Memory, 1,000 datagrams a second of 200 peers', run };
