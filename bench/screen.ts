// What the screen costs: bytes a frame on the line of a remote terminal, and processor time of the main thread.

import { percentile } from '../source/bench/spread.ts';
import { sleep } from './lib/children.ts';
import type { Benchmark, Context, Figure } from './lib/figure.ts';
import { processTime, threadTimes } from './lib/proc.ts';
import { mcast, nextGroup, Program, type Target } from './lib/program.ts';
import { framesOf } from './lib/screen.ts';
import { flood } from './lib/sender.ts';
import { round } from './lib/table.ts';

const peers = 3;
/** Rows that change in the frames that count as those in which six do. */
const about = { least: 5, most: 7 };

type Shown = { target: Target; program: Program; output(): Buffer };

async function show(): Promise<Shown> {
  const target = nextGroup();
  const chunks: Buffer[] = [];
  const program = Program.onScreen(mcast('monitor', target), (chunk) => chunks.push(chunk));
  await program.joined();
  await sleep(1500);
  return { target, program, output: () => Buffer.concat(chunks) };
}

/** Percent of a core, window by window, of the main thread and of the whole process. */
async function cpu(program: Program, windows: number, seconds: number) {
  const main: number[] = [];
  const whole: number[] = [];
  for (let window = 0; window < windows; window++) {
    const from = { at: performance.now(), main: threadTimes(program.pid), whole: processTime(program.pid) };
    await sleep(seconds * 1000);
    const percent = 100_000 / (performance.now() - from.at);
    const mainNow = threadTimes(program.pid).get(program.pid) ?? 0;
    main.push((mainNow - (from.main.get(program.pid) ?? 0)) * percent);
    whole.push((processTime(program.pid) - from.whole) * percent);
  }
  return { main, whole };
}

async function heartbeats({ quick, progress }: Context): Promise<Figure[]> {
  const { target, program, output } = await show();
  const windows = quick ? 2 : 5;
  const seconds = quick ? 5 : 10;
  const sent = flood(target.group, { kind: 'heartbeat', rate: peers, seconds: windows * seconds + 4, peers });
  await sleep(3000);
  const opening = output().length;
  progress(`heartbeats of ${peers} peers`);
  const used = await cpu(program, windows, seconds);
  await sent;
  await program.stop();
  const frames = (await framesOf(output().subarray(0))).filter(({ rows }) => rows > 0);
  const six = frames.filter(({ rows }) => rows >= about.least && rows <= about.most);
  const all = frames.slice(1).map(({ bytes }) => bytes);
  const perSecond = (output().length - opening) / (windows * seconds);
  return [
    {
      what: `bytes of a frame in which ${about.least} to ${about.most} rows change`,
      unit: 'B',
      runs: six.map(({ bytes }) => bytes),
      target: { atMost: 1200 },
      note: `of ${all.length} frames; all of them: median ${round(percentile(all, 0.5))}, most ${Math.max(...all)} B; ${round(perSecond)} B/s`,
    },
    {
      what: `CPU with heartbeats of ${peers} peers only, whole process`,
      unit: '% of a core',
      runs: used.whole,
      target: { atMost: 5 },
      note: `main thread alone ${round(percentile(used.main, 0.5))} %`,
    },
  ];
}

async function traffic({ quick, progress }: Context): Promise<Figure[]> {
  const { target, program, output } = await show();
  const windows = quick ? 2 : 5;
  const seconds = quick ? 2 : 5;
  const load = { kind: 'mixed', rate: 10_000, seconds: windows * seconds + 4, peers: 20 };
  const sent = flood(target.group, load);
  await sleep(2500);
  progress('10,000 datagrams a second');
  const opening = output().length;
  const used = await cpu(program, windows, seconds);
  const perSecond = (output().length - opening) / (windows * seconds);
  const { rate } = await sent;
  await program.stop();
  return [
    {
      what: 'CPU of the main thread at 10,000 datagrams a second',
      unit: '% of a core',
      runs: used.main,
      target: { atMost: 30 },
      note: `whole process ${round(percentile(used.whole, 0.5))} %; sent ${round(rate)}/s from 20 peers; ${round(perSecond)} B/s to the terminal`,
    },
  ];
}

export const screen: Benchmark = {
  name: 'screen',
  title: 'The screen at 120x40',
  run: async (context) => [...(await heartbeats(context)), ...(await traffic(context))],
};
