// This program as a process of its own, as a person would start it: measured is what people run. Whatever happens to
// the bench, none of its processes stays behind.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const built = import.meta.url.endsWith('.ts') ? '../../dist/cli.js' : './cli.js';
const cli = fileURLToPath(new URL(built, import.meta.url));

/** From being asked to end to being ended, ms. */
const patience = 3000;
/** Kept of what it says on standard error, characters. */
const mostSaid = 2000;

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export class Child {
  /** Resolves with the exit code, 128 or more after a signal. */
  readonly ended: Promise<number>;
  #said = '';
  readonly #process: ChildProcess;

  /** `line` is told each line of standard output. */
  constructor(args: readonly string[], line: (text: string) => void) {
    const child = spawn(process.execPath, [cli, ...args], {
      env: ownEnv(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    running.add(child);
    createInterface({ input: child.stdout! }).on('line', line);
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-mostSaid);
    });
    this.ended = new Promise((resolve) => {
      // Not that it exited: what it said must have come as well.
      child.once('close', (code) => {
        running.delete(child);
        resolve(code ?? 128);
      });
      child.once('error', () => resolve(127));
    });
  }

  /** The last line that it said on standard error. */
  get lastWord(): string {
    return this.#said.trimEnd().split('\n').at(-1) ?? '';
  }

  /** Asks it to end, and ends it if it does not. */
  async stop(): Promise<void> {
    if (!running.has(this.#process)) return;
    this.#process.kill('SIGINT');
    const force = setTimeout(() => this.#process.kill('SIGKILL'), patience);
    await this.ended;
    clearTimeout(force);
  }
}

/** A person's settings for the monitor are none for a measurement. */
function ownEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('MCAST_')));
}
