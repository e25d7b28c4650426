// Every way in which the program can end without the user's asking: signals and errors nobody caught. Having
// our own listener also keeps Ink's from ending the process before the terminal is given back.
import { constants } from 'node:os';

/** `code` is the exit status; an error is told to the user by whoever started the screen. */
export type Ending = { reason: string; code: number; summary?: string; error?: unknown };

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
type Signal = (typeof signals)[number];

/** The shell's convention: 128 + the number of the signal. */
export function signalled(signal: Signal): Ending {
  return { reason: signal, code: 128 + constants.signals[signal] };
}

/**
 * Calls back with each ending until the returned function is called. A second signal does not wait for anything:
 * it ends the process at once.
 */
export function watchEndings(end: (ending: Ending) => void): () => void {
  let asked = false;
  const onSignal = (name: NodeJS.Signals) => {
    const ending = signalled(name as Signal);
    if (asked) process.exit(ending.code);
    asked = true;
    end(ending);
  };
  const onError = (error: unknown) => end({ reason: 'error', code: 1, error });
  for (const signal of signals) process.on(signal, onSignal);
  process.on('uncaughtException', onError).on('unhandledRejection', onError);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
    process.off('uncaughtException', onError).off('unhandledRejection', onError);
  };
}
