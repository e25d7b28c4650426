// How many datagrams a second of 200 bytes the program takes, with the screen on and without, beside mcjoin and a
// plain loop in Python on the same machine in the same run. What counts is the kernel's own counter of drops.
import { setTimeout as sleep } from 'node:timers/promises';
import { spreadOf } from '../source/bench/spread.ts';
import type { Benchmark, Context, Figure } from './lib/figure.ts';
import { kernelDrops, processTime } from './lib/proc.ts';
import { nextGroup } from './lib/program.ts';
import { bufferNote, mcjoin, ours, python, type Receiver } from './lib/receiver.ts';
import { highestRate, type Trial } from './lib/search.ts';
import { flood } from './lib/sender.ts';
import { round } from './lib/table.ts';

/** Share of the datagrams that may be lost; `none` is what the screen is held to. */
const none = 0;
const little = 0.001;
/** A sender that falls short of the rate asked for has proved nothing about it. */
const reached = 0.9;

type Probe = { receiver: Receiver; kind: 'chat' | 'text'; allowed: number };

/** The newest trial of each receiver, for the notes: sent, taken and dropped are three counts of three programs. */
const newest = new Map<string, string>();

async function probe({ receiver, kind, allowed }: Probe, rate: number, context: Context): Promise<Trial> {
  const target = nextGroup();
  const program = await receiver.start(target);
  try {
    // Compiles the path that every datagram takes, as it is in a program that has been running for a while.
    const warmUp = await flood(target.group, { rate: 10_000, seconds: 1, kind });
    await sleep(300);
    const before = kernelDrops(target.port);
    const usedBefore = processTime(program.pid);
    const {
      sent,
      rate: was,
      cpu,
    } = await flood(target.group, {
      rate,
      seconds: context.quick ? 2 : 5,
      kind,
      from: warmUp.sent + 1,
    });
    await sleep(1000);
    const drops = kernelDrops(target.port) - before;
    const used = ((processTime(program.pid) - usedBefore) * 1e6) / Math.max(1, sent - drops);
    await program.stop();
    const { taken, shed } = await receiver.told(program);
    // What the warm-up lost tells nothing.
    const missing = Math.max(drops, sent + warmUp.sent - before - taken);
    const passed = missing <= allowed * sent && shed <= allowed * sent && was >= reached * rate;
    const counts = `sent ${sent} at ${round(was)}/s (${round(cpu)} cores), missing ${missing}, kernel drops ${drops}, shed ${shed}; ${round(used)} µs of CPU a datagram`;
    context.progress(`${receiver.what}, ${kind}: ${counts}${passed ? '' : ' - too much'}`);
    if (passed) newest.set(receiver.what + kind, counts);
    return { rate: was, passed };
  } finally {
    if (program.running) await program.stop('SIGKILL');
    program.remove();
  }
}

async function search(what: Probe, context: Context): Promise<number> {
  return highestRate({
    from: 20_000,
    most: 160_000,
    steps: context.quick ? 2 : 4,
    trial: (rate) => probe(what, rate, context),
  });
}

async function run(context: Context): Promise<Figure[]> {
  const peers = [mcjoin(), python()].filter((peer) => peer !== undefined);
  const rival = peers[0];
  const screen = ours('monitor, screen on', true, ['monitor']);
  const json = ours('listen --json', false, ['listen', '--json']);
  const plain = ours('listen', false, ['listen']);
  const probes: Probe[] = [
    ...peers.map((receiver): Probe => ({ receiver, kind: 'text', allowed: little })),
    ...[screen, json, plain].flatMap((receiver) =>
      (['chat', 'text'] as const).map(
        (kind): Probe => ({ receiver, kind, allowed: receiver === screen ? none : little }),
      ),
    ),
  ];
  const results = new Map<Probe, number[]>(probes.map((what) => [what, []]));
  // In turns, so that a noisy minute meets all of them alike.
  for (let round = 0; round < (context.quick ? 1 : 3); round++) {
    for (const [what, rates] of results) rates.push(await search(what, context));
  }
  const rivalRuns = [...results].find(([{ receiver }]) => receiver === rival)?.[1];
  return [...results].map(([{ receiver, kind, allowed }, runs]): Figure => {
    const figure: Figure = {
      what: `${receiver.what}, ${kind}, ${allowed === none ? 'no drop' : '≤ 0.1 % lost'}`,
      unit: '/s',
      runs,
      note: [newest.get(receiver.what + kind), bufferNote].filter(Boolean).join('; '),
    };
    if (receiver === screen) figure.target = { atLeast: 50_000 };
    if (receiver === json || receiver === plain) {
      const twice = rival?.what === 'mcjoin' && rivalRuns ? 2 * spreadOf(rivalRuns).median : 80_000;
      figure.target = { atLeast: twice };
      if (rival && rivalRuns) figure.peer = { what: rival.what, runs: rivalRuns };
      else figure.note = `${figure.note}; mcjoin is not installed, the target is twice 40,000/s`;
    }
    return figure;
  });
}

export const rate: Benchmark = { name: 'rate', title: 'Datagrams a second, 200 bytes each', run };
