// `listen`: the live engine without a screen.
import { startEngine } from '../engine/live.ts';
import type { Run } from './command.ts';
import { engineOptions } from './engine-options.ts';
import { printFeed } from './headless.ts';
import { refuseWords } from './input.ts';

export const run: Run = async (input, flags, io) => {
  refuseWords('listen', input);
  const options = engineOptions(flags, io, true);
  const feed = await startEngine({ ...options, doctor: true });
  return printFeed(feed, { json: flags.json, recorded: flags.record }, io);
};
