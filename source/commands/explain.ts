// Every way a run can fail, as a person reads it: one or two sentences, and an exit code.
import { Fault } from '../core/fault.ts';
import { printable } from '../core/printable.ts';
import { cliWords, fill } from '../words/cli.ts';
import { faultText } from '../words/faults.ts';
import type { Lang } from '../words/lang.ts';
import type { Env } from './settle.ts';

export type Failure = { text: string; exitCode: number };

/** What is no Fault is a mistake of the program: it says so, and tells the stack only to who asks for it. */
export function explain(error: unknown, lang: Lang, env: Env): Failure {
  if (error instanceof Fault) return { text: faultText(lang, error), exitCode: error.exitCode };
  const words = cliWords(lang);
  const message = error instanceof Error ? error.message : String(error);
  const lines = [fill(words.internal, { message }), words.report];
  if (env.MCAST_DEBUG && error instanceof Error && error.stack) lines.push(error.stack);
  return { text: printable(lines.join('\n')), exitCode: 1 };
}
