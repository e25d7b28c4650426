// `bench`: measures this program on the user's machine. Each benchmark is a file of its own, loaded when it runs.
import { safeName } from '../core/safe-text.ts';
import type { Bench, Run } from './command.ts';
import { refuseWords } from './input.ts';
import { findCommand } from './roster.ts';
import { usageFault } from './usage.ts';

/** By the word that follows `bench`; the words themselves stand in roster.ts. */
const benches: Record<string, () => Promise<{ run: Bench }>> = {
  share: () => import('./bench-share.ts'),
  workers: () => import('./bench-workers.ts'),
};

export const run: Run = async (input, flags, io) => {
  const names = findCommand('bench')!.words;
  const [name = ''] = input;
  if (!names.includes(name)) {
    throw usageFault('which-bench', { word: safeName(name), benches: names.join(', ') });
  }
  refuseWords('bench', input, 1);
  if (flags.json && flags.csv) throw usageFault('json-or-csv');
  const { run } = await benches[name]!();
  return run(flags, io);
};
