// Signals end a command in good order: it says bye, closes its file, and exits with 128 + the signal's number.
import { constants } from 'node:os';

const names = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

export type Signal = { name: (typeof names)[number]; exitCode: number };

/** The first signal that comes. A second one of any kind ends the process at once: the person insists. */
export function firstSignal(): { came: Promise<Signal>; ignore(): void } {
  const listeners = new Map<(typeof names)[number], () => void>();
  let seen = false;
  const came = new Promise<Signal>((resolve) => {
    for (const name of names) {
      const exitCode = 128 + constants.signals[name];
      const listener = () => {
        if (seen) process.exit(exitCode);
        seen = true;
        resolve({ name, exitCode });
      };
      listeners.set(name, listener);
      process.on(name, listener);
    }
  });
  const ignore = () => {
    for (const [name, listener] of listeners) process.off(name, listener);
  };
  return { came, ignore };
}
