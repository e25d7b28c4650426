// Words after a command that takes none, or no more.
import { safeName } from '../core/safe-text.ts';
import type { CommandName } from './command.ts';
import { usageFault } from './usage.ts';

/** @throws Fault `usage` for the first word beyond those that the command takes */
export function refuseWords(command: CommandName, input: readonly string[], taken = 0): void {
  const word = input[taken];
  if (word !== undefined) throw usageFault('too-many-words', { command, word: safeName(word) });
}
