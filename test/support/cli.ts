// Runs the built program, or a script that is not ours, as a process of its own and tells what it said.
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, vi } from 'vitest';

/** The build under test; another one, such as an installed package, can be named. */
const dist = process.env.MCAST_TEST_DIST ?? fileURLToPath(new URL('../../dist', import.meta.url));
export const cliPath = join(dist, 'cli.js');
/** By its address, which is the same on every system, unlike its name. */
export const loopback = '127.0.0.1';

const running = new Set<Running>();
const directories: string[] = [];

afterEach(() => {
  for (const { child } of running) child.kill('SIGKILL');
  running.clear();
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

export type Result = { code: number | null; signal: NodeJS.Signals | null; out: string; err: string };

/** A process that runs, with what it has said so far. */
export class Running {
  out = '';
  err = '';
  readonly ended: Promise<Result>;

  constructor(readonly child: ChildProcessWithoutNullStreams) {
    running.add(this);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.err += text;
    });
    // A process may end before it has read all that it is told.
    child.stdin.on('error', () => {});
    this.ended = once(child, 'close').then(([code, signal]) => {
      running.delete(this);
      return { code, signal, out: this.out, err: this.err };
    });
  }

  get lines(): string[] {
    return this.out.split('\n').slice(0, -1);
  }

  /** Waits until standard output has a match. */
  async says(what: string | RegExp): Promise<void> {
    await vi.waitFor(() => expect(this.out, this.err).toMatch(what), { timeout: 15_000, interval: 20 });
  }

  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Result> {
    this.child.kill(signal);
    return this.ended;
  }
}

export function start(program: string, args: string[], env: Record<string, string> = {}): Running {
  // Nothing of the developer's own settings, but for what programs need to be found.
  const { PATH = '', HOME = tmpdir() } = process.env;
  return new Running(spawn(program, args, { env: { PATH, HOME, LANG: 'C.UTF-8', ...env } }));
}

/** With a data directory of its own, and on loopback unless told: no test speaks to a real network. */
export const startCli = (args: string[], env?: Record<string, string>) =>
  start(process.execPath, [cliPath, ...args], {
    MCAST_DATA_DIR: temporaryDirectory(),
    MCAST_INTERFACE: loopback,
    ...env,
  });

/** Runs to the end, with this as the whole of standard input. */
export function runCli(args: string[], input = '', env?: Record<string, string>): Promise<Result> {
  const cli = startCli(args, env);
  cli.child.stdin.end(input);
  return cli.ended;
}

/** A listener that has joined. */
export async function startListener(args: string[], env?: Record<string, string>): Promise<Running> {
  const cli = startCli(['listen', ...args], env);
  await cli.says(/joined/);
  return cli;
}

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'mcast-tui-test-'));
  directories.push(directory);
  return directory;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0);
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

/** Whether a program can be run here. */
export function has(program: string, argument = '--version'): boolean {
  return spawnSync(program, [argument]).status === 0;
}

export type Json = Record<string, unknown>;

export function parseLines(text: string): Json[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Json);
}
