// `completion`: the script that lets a shell complete commands, flags and their values, made from the tables.
import type { Run } from './command.ts';
import { bashScript } from './completion-bash.ts';
import { fishScript } from './completion-fish.ts';
import { zshScript } from './completion-zsh.ts';
import { refuseWords } from './input.ts';
import { usageFault } from './usage.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

export const run: Run = async (input, _flags, io) => {
  const shell = input[0];
  if (shell !== 'bash' && shell !== 'zsh' && shell !== 'fish') throw usageFault('which-shell');
  refuseWords('completion', input, 1);
  io.stdout.write(scripts[shell](io.lang));
  return 0;
};
