// A session of a million events on the screen, beside one of a thousand: opening, jumping, memory.
import { statSync } from 'node:fs';
import { until } from './lib/children.ts';
import type { Benchmark, Context, Figure } from './lib/figure.ts';
import { writeSession } from './lib/long-session.ts';
import { memory } from './lib/proc.ts';
import { mcast, Program } from './lib/program.ts';
import { Screen } from './lib/screen.ts';
import { round } from './lib/table.ts';

const end = '\x1b[F';
const home = '\x1b[H';
/** In the player's bar: ` position / length `. */
const atEnd = / (\d[\dd: ]*) \/ \1 /;
const atStart = / [0:]+ \/ \d/;

type Run = { open: number; toEnd: number; back: number; peak: number };

/** Milliseconds, and MiB. */
async function replay(path: string): Promise<Run> {
  const screen = new Screen();
  const program = Program.onScreen(mcast('replay', undefined, path), (chunk) => void screen.write(chunk));
  const shows = async (what: RegExp): Promise<number> => {
    const from = performance.now();
    await until(() => what.test(screen.text()), String(what), 120_000);
    return performance.now() - from;
  };
  await shows(/REPLAY/);
  const open = performance.now() - program.startedAt;
  // Stands still, so that only the jump moves it.
  program.type(' ');
  program.type(end);
  const toEnd = await shows(atEnd);
  program.type(home);
  const back = await shows(atStart);
  const { peak } = memory(program.pid);
  await program.stop();
  return { open, toEnd, back, peak };
}

async function run({ quick, progress }: Context): Promise<Figure[]> {
  const files = { few: writeSession(1000), many: writeSession(quick ? 100_000 : 1_000_000) };
  const results: Record<keyof typeof files, Run[]> = { few: [], many: [] };
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    for (const size of ['few', 'many'] as const) {
      results[size].push(await replay(files[size]));
      progress(`${size} events: ${JSON.stringify(results[size].at(-1))}`);
    }
  }
  const figure = (what: string, unit: string, of: keyof Run, target?: Figure['target']): Figure => ({
    what,
    unit,
    runs: results.many.map((run) => run[of]),
    peer: { what: '1,000 events', runs: results.few.map((run) => run[of]) },
    ...(target && { target }),
  });
  const note = `${round(statSync(files.many).size / 2 ** 20)} MiB${quick ? ', 100,000 events as this is quick' : ''}`;
  return [
    // "Opens in seconds, and replays without loading it whole into memory."
    { ...figure('first frame of a million events', 'ms', 'open', { atMost: 3000 }), note },
    figure('jump to the end, which folds them all', 'ms', 'toEnd'),
    figure('and back to the start', 'ms', 'back'),
    figure('most memory ever held', 'MiB', 'peak', { atMost: 400 }),
  ];
}

export const sessions: Benchmark = { name: 'sessions', title: 'A long session', run };
