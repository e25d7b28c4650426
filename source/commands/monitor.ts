// `monitor`: the live engine on the full-screen app; where there is no terminal, what `listen` does.
import { startEngine } from '../engine/live.ts';
import type { Run } from './command.ts';
import { engineOptions } from './engine-options.ts';
import { refuseWords } from './input.ts';
import { run as listen } from './listen.ts';
import { showScreen, wantsScreen } from './screen.ts';

export const run: Run = async (input, flags, io) => {
  refuseWords('monitor', input);
  if (!wantsScreen(flags, io)) return listen(input, flags, io);
  const options = engineOptions(flags, io, false);
  return showScreen(startEngine({ ...options, doctor: true }), flags, { replay: false }, io);
};
