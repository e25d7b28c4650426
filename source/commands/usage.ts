// Mistakes on the command line, each with what its sentence in words/cli.ts needs.
import { type Facts, Fault } from '../core/fault.ts';
import type { UsageProblem } from '../words/cli.ts';
import { type FlagName, spelling } from './flags.ts';

export function usageFault(problem: UsageProblem, facts: Facts = {}): Fault {
  return new Fault('usage', { ...facts, problem });
}

/** Of a flag that only bench takes several of. Throws Fault `usage`. */
export function oneNumber(name: FlagName, numbers: readonly number[] | undefined): number | undefined {
  const [one, more] = numbers ?? [];
  if (more !== undefined) throw usageFault('one-number', { name: spelling(name) });
  return one;
}
