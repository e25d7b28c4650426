// A program on a pseudo-terminal, with an emulator in place of the person's window. The pseudo-terminal comes
// from util-linux script(1), because a native module would need a compiler on the machine that runs the tests.
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import xterm from '@xterm/headless';

export type PtyOptions = {
  argv: string[];
  columns?: number;
  rows?: number;
  /** Added to a plain environment that has no CI, NO_COLOR or FORCE_COLOR. */
  env?: Record<string, string>;
  cwd?: string;
};

/** Why there can be no pseudo-terminal here; undefined where there can. */
export function ptyUnavailable(): string | undefined {
  if (process.platform !== 'linux') return 'needs script(1) of util-linux';
  try {
    const version = execFileSync('script', ['--version'], { encoding: 'utf8' });
    return /util-linux/.test(version) ? undefined : 'needs script(1) of util-linux';
  } catch {
    return 'needs script(1) of util-linux, which is not installed';
  }
}

/** Starts a program and resolves once it runs. */
export async function openPty({ argv, columns = 120, rows = 40, env = {}, cwd }: PtyOptions): Promise<Pty> {
  const folder = mkdtempSync(join(tmpdir(), 'mcast-tui-pty-'));
  const launch = join(import.meta.dirname, 'launch.sh');
  const command = ['sh', launch, folder, String(rows), String(columns), ...argv].map(quote).join(' ');
  const child = spawn('script', ['-q', '-e', '-f', '-c', command, '/dev/null'], {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const pty = new Pty(child, folder, columns, rows);
  await pty.until(() => existsSync(join(folder, 'pid')) || pty.ended, 'the program to start');
  return pty;
}

export class Pty {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #terminal: xterm.Terminal;
  readonly #chunks: Buffer[] = [];
  #fed = 0;
  #shown = 0;
  /** Exit code of the program, 128 + n after a signal. */
  readonly exit: Promise<number>;
  ended = false;

  constructor(child: ChildProcess, folder: string, columns: number, rows: number) {
    this.#child = child;
    this.#folder = folder;
    this.#terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
    child.stdout?.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#fed++;
      this.#terminal.write(chunk, () => this.#shown++);
    });
    child.stdin?.on('error', () => {});
    this.exit = new Promise((resolve) => {
      child.on('close', (code) => {
        this.ended = true;
        this.#terminal.write('', () => resolve(code ?? -1));
      });
    });
  }

  get pid(): number {
    return Number(this.#note('pid'));
  }

  /** The process still runs: it is neither gone nor waits for its end to be noted. */
  get running(): boolean {
    try {
      return !/\) [ZX] /.test(readFileSync(`/proc/${this.pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  }

  /** Everything the program wrote so far. */
  get raw(): string {
    return Buffer.concat(this.#chunks).toString();
  }

  /** The rows that a person sees, without trailing blanks. */
  screen(): string[] {
    const buffer = this.#terminal.buffer.active;
    return Array.from({ length: this.#terminal.rows }, (_, y) =>
      (buffer.getLine(buffer.viewportY + y)?.translateToString(true, 0, this.#terminal.cols) ?? '').trimEnd(),
    );
  }

  get alternateScreen(): boolean {
    return this.#terminal.buffer.active.type === 'alternate';
  }

  get modes(): xterm.IModes {
    return this.#terminal.modes;
  }

  get cursor(): { row: number; column: number; visible: boolean } {
    const { baseY, cursorX, cursorY } = this.#terminal.buffer.active;
    const raw = this.raw;
    return {
      row: baseY - this.#terminal.buffer.active.viewportY + cursorY,
      column: cursorX,
      visible: raw.lastIndexOf('\x1b[?25l') <= raw.lastIndexOf('\x1b[?25h'),
    };
  }

  /** The program left the terminal in the modes in which it found it. Only after `exit`. */
  get modesRestored(): boolean {
    return this.#note('before') === this.#note('after');
  }

  /** As a person or a terminal would send it: `\r` is Enter, `\x1b[A` the up arrow. */
  type(text: string): void {
    this.#child.stdin?.write(text);
  }

  async resize(columns: number, rows: number): Promise<void> {
    this.#terminal.resize(columns, rows);
    const size = ['rows', String(rows), 'cols', String(columns)];
    await promisify(execFile)('stty', ['-F', this.#note('tty'), ...size]);
  }

  /** Another program writes to the same terminal. */
  async scribble(text: string): Promise<void> {
    await writeFile(this.#note('tty'), text);
  }

  kill(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** The terminal stops reading, until `read`. */
  stall(): void {
    this.#child.stdout?.pause();
  }

  read(): void {
    this.#child.stdout?.resume();
  }

  /** The window is closed: the program gets what the kernel gives it then. */
  vanish(): void {
    this.#child.kill('SIGKILL');
  }

  async waitForText(text: string | RegExp, timeout = 10_000): Promise<void> {
    await this.until(
      () => {
        const shown = this.screen().join('\n');
        return typeof text === 'string' ? shown.includes(text) : text.test(shown);
      },
      `${text} on the screen`,
      timeout,
    );
  }

  /** Waits until the condition holds, with all output so far on the screen and no frame half drawn. */
  async until(condition: () => boolean, what: string, timeout = 10_000): Promise<void> {
    const settled = () => this.#shown === this.#fed && !this.modes.synchronizedOutputMode;
    for (const end = Date.now() + timeout; !settled() || !condition(); ) {
      if (Date.now() > end) throw new Error(`waited for ${what}; the screen is\n${this.screen().join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }

  /** Ends whatever still runs and removes the notes. For the end of a test, however it went. */
  async close(): Promise<void> {
    if (!this.ended) {
      this.read();
      try {
        this.kill('SIGKILL');
      } catch {
        // It is gone already, or never started.
      }
      await Promise.race([this.exit, new Promise((resolve) => setTimeout(resolve, 2000))]);
      this.#child.kill('SIGKILL');
    }
    this.#terminal.dispose();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #note(name: string): string {
    return readFileSync(join(this.#folder, name), 'utf8').trim();
  }
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
