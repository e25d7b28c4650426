// A process in a lab host: its lines as they come, waiting for one of them, and its end.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

type Match = RegExp | ((line: string) => boolean);

export class LabProcess {
  /** Lines of standard output so far. */
  readonly lines: string[] = [];
  /** Standard error so far. */
  stderr = '';
  /** Resolves with the exit code, or the signal's name, when all output has been read. */
  readonly ended: Promise<number | string>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #onLine = new Set<() => void>();
  #over = false;

  constructor(argv: string[], env: NodeJS.ProcessEnv = {}) {
    const [command = '', ...args] = argv;
    this.#child = spawn(command, args, { env: { ...process.env, ...env } });
    this.#child.stdin.on('error', () => {});
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.lines.push(line);
      this.#wake();
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.ended = once(this.#child, 'close').then(([code, signal]) => {
      this.#over = true;
      this.#wake();
      return (signal ?? code) as number | string;
    });
    this.ended.catch(() => {});
  }

  /** The first line, from `from` on, that matches. Rejects after `timeout` ms or at the end, quoting what came. */
  async waitForLine(match: Match, { from = 0, timeout = 15_000 } = {}): Promise<string> {
    const matches = typeof match === 'function' ? match : (line: string) => match.test(line);
    const deadline = Date.now() + timeout;
    for (let next = from; ; ) {
      for (; next < this.lines.length; next++) if (matches(this.lines[next]!)) return this.lines[next]!;
      if (this.#over || Date.now() >= deadline) {
        const what = this.#over ? 'it ended' : `${timeout} ms passed`;
        const tail = this.lines.slice(-20).join('\n');
        throw new Error(
          `${what} without a line for ${match}\nits last lines:\n${tail}\nits errors:\n${this.stderr}`,
        );
      }
      await this.#next(deadline - Date.now());
    }
  }

  /** Waits for a JSON line (an event of `--json`) that holds these fields, and returns it parsed. */
  async waitForJson(fields: Record<string, unknown>, options?: { from?: number; timeout?: number }) {
    const wanted = Object.entries(fields);
    const line = await this.waitForLine((candidate) => {
      const event = parse(candidate);
      return event !== undefined && wanted.every(([name, value]) => event[name] === value);
    }, options);
    return parse(line)!;
  }

  /** All JSON lines so far. */
  json(): Record<string, unknown>[] {
    return this.lines.map(parse).filter((value) => value !== undefined);
  }

  /** Writes a line to its standard input. */
  say(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  endInput(): void {
    this.#child.stdin.end();
  }

  /** `ip netns exec` becomes the program, so the signal reaches it. Waits for the end. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string> {
    if (!this.#over) this.#child.kill(signal);
    return this.ended;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  #next(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#onLine.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#onLine.add(done);
    });
  }

  #wake(): void {
    for (const wake of this.#onLine) wake();
  }
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
