// Mistakes on the command line, each with what its sentence in words/cli.ts needs.
import { type Facts, Fault } from '../core/fault.ts';
import type { UsageProblem } from '../words/cli.ts';

export function usageFault(problem: UsageProblem, facts: Facts = {}): Fault {
  return new Fault('usage', { ...facts, problem });
}
