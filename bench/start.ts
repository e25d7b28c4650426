// From the command to the first frame, beside Node itself starting on the same kind of terminal.
import { spreadOf } from '../source/bench/spread.ts';
import type { Benchmark, Context, Figure } from './lib/figure.ts';
import { mcast, nextGroup, Program } from './lib/program.ts';
import { round } from './lib/table.ts';

const endUpdate = '\x1b[?2026l';

/** Milliseconds until the first frame stands whole. */
async function firstFrame(): Promise<number> {
  const program = await new Promise<{ program: Program; at: number }>((resolve) => {
    let output = '';
    const program: Program = Program.onScreen(mcast('monitor', nextGroup()), (chunk) => {
      output += chunk.toString();
      if (output.includes(endUpdate)) resolve({ program, at: performance.now() });
    });
  });
  const took = program.at - program.program.startedAt;
  await program.program.joined();
  await program.program.stop();
  return took;
}

/** Milliseconds that Node takes to start, do nothing and end. */
async function nothing(): Promise<number> {
  const program = Program.onScreen([process.execPath, '-e', '0']);
  await program.ended;
  return performance.now() - program.startedAt;
}

async function run({ quick, progress }: Context): Promise<Figure[]> {
  const [ours, node]: [number[], number[]] = [[], []];
  for (let round = 0; round < (quick ? 5 : 15); round++) {
    node.push(await nothing());
    ours.push(await firstFrame());
  }
  progress(`${ours.length} starts`);
  const base = spreadOf(node).median;
  return [
    {
      what: 'first frame, as a multiple of `node -e 0`',
      unit: '×',
      runs: ours.map((ms) => ms / base),
      target: { atMost: 3.5 },
      peer: { what: 'node -e 0', runs: node.map((ms) => ms / base) },
      note: `${round(spreadOf(ours).median)} ms against ${round(base)} ms`,
    },
  ];
}

export const start: Benchmark = { name: 'start', title: 'Start', run };
