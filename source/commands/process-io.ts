// The real outside world, and how to leave it with nothing unsaid.
import { writeSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { pickLang } from '../words/lang.ts';
import type { Io } from './command.ts';
import { explain } from './explain.ts';

export function processIo(version: string): Omit<Io, 'lang'> {
  const { stdin, stdout, stderr, env } = process;
  // `mcast-tui … | head`: the reader has all that it wanted. Whoever prints notices by the stream's end.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  process.on('uncaughtException', (error) => {
    // An open screen has a listener of its own, which gives the terminal back before it says anything.
    if (process.listenerCount('uncaughtException') > 1) return;
    const { text, exitCode } = explain(error, pickLang(undefined, env), env);
    writeSync(2, `mcast-tui: ${text}\n`);
    process.exit(exitCode);
  });
  // Beyond `ulimit -f` a write then fails, and is told of; by default the kernel ends the program without a word.
  if (process.platform !== 'win32') process.on('SIGXFSZ', () => {});
  return {
    stdin,
    stdout,
    stderr,
    env,
    interactive: Boolean(stdin.isTTY && stdout.isTTY) && env.TERM !== 'dumb',
    version,
  };
}

/** A reader that does not read is not waited for longer than this when a signal asked for the end, ms. */
const patienceAfterSignal = 500;

/** process.exit() drops what a pipe has not taken yet, so wait for that; a reader that is gone is not waited for. */
export async function leave(exitCode: number): Promise<never> {
  if (exitCode > 128) setTimeout(() => process.exit(exitCode), patienceAfterSignal);
  await Promise.all([process.stdout, process.stderr].map(flushed));
  process.exit(exitCode);
}

function flushed(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.writableLength === 0) resolve();
    else stream.write('', () => resolve());
  });
}
