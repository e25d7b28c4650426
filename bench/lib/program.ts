// The program under test as a process: on a pseudo-terminal of 120x40 (from script(1)), or headless. It speaks to
// loopback only and keeps its sessions in a folder of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event } from '../../source/core/event.ts';
import { adopt, until } from './children.ts';

/** All that benchmarks write. */
export const workspace = mkdtempSync(join(tmpdir(), 'mcast-bench-'));
process.on('exit', () => rmSync(workspace, { recursive: true, force: true }));

/** A copy, so that a build meanwhile does not change what is measured. */
const dist = join(workspace, 'dist');
cpSync(join(import.meta.dirname, '../../dist'), dist, { recursive: true });
export const cli = join(dist, 'cli.js');

export const loopback = '127.0.0.1';
let nextPort = 47_000 + (process.pid % 500) * 8;

export type Target = { group: string; port: number };
export function nextGroup(): Target {
  const port = nextPort++;
  return { group: `239.255.77.7:${port}`, port };
}

export class Program {
  readonly folder = mkdtempSync(join(workspace, 'run-'));
  readonly ended: Promise<number>;
  readonly startedAt = performance.now();
  #child: ChildProcess;

  private constructor(make: (folder: string) => ChildProcess) {
    this.#child = make(this.folder);
    this.#child.stdin?.on('error', () => {});
    this.ended = adopt(this.#child);
  }

  /** With the screen on. `onOutput` gets what goes to the terminal, as it comes. */
  static onScreen(command: string[], onOutput: (chunk: Buffer) => void = () => {}): Program {
    const program = new Program((folder) => {
      const line = `stty rows 40 cols 120; echo $$ >${folder}/pid; exec ${command.map(quote).join(' ')}`;
      return spawn('script', ['-q', '-f', '-c', line, '/dev/null'], {
        env: environment(folder),
        stdio: ['pipe', 'pipe', 'inherit'],
      });
    });
    program.#child.stdout!.on('data', onOutput);
    return program;
  }

  /** Standard output goes to a file, `out` in its folder. */
  static headless(command: string[]): Program {
    const [file, ...args] = command as [string, ...string[]];
    return new Program((folder) =>
      spawn(file, args, {
        env: environment(folder),
        stdio: ['ignore', openSync(join(folder, 'out'), 'w'), openSync(join(folder, 'err'), 'w')],
      }),
    );
  }

  /** Of the program itself, not of script(1). */
  get pid(): number {
    const note = join(this.folder, 'pid');
    return existsSync(note) ? Number(readFileSync(note, 'utf8')) : this.#child.pid!;
  }

  type(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  read(name: 'out' | 'err'): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  /** Waits until it has joined: its session file says so. */
  async joined(): Promise<void> {
    const hasJoined = () => readFileSync(this.sessionPath!, 'utf8').includes('"type":"joined"');
    await until(() => this.sessionPath !== undefined && hasJoined(), 'the program to join');
  }

  /** Where it records. */
  get sessionPath(): string | undefined {
    const folder = join(this.folder, 'sessions');
    const name = existsSync(folder) ? readdirSync(folder).find((file) => file.endsWith('.json')) : undefined;
    return name === undefined ? undefined : join(folder, name);
  }

  /** All that it recorded so far. */
  events(): Event[] {
    return (JSON.parse(readFileSync(this.sessionPath!, 'utf8')) as { events: Event[] }).events;
  }

  /** Of a session that may be too long to be read whole. */
  lastEvent(): Event | undefined {
    const fd = openSync(this.sessionPath!, 'r');
    const tail = Buffer.alloc(16_384);
    const { size } = fstatSync(fd);
    const bytes = readSync(fd, tail, 0, tail.length, Math.max(0, size - tail.length));
    closeSync(fd);
    const line = tail.toString('utf8', 0, bytes).split('\n').at(-3);
    return line === undefined ? undefined : (JSON.parse(line) as Event);
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** By default as a person would: then it says in its session what it took. */
  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
    process.kill(this.pid, signal);
    await this.ended;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The built program with this command line, on loopback and this group. */
export function mcast(command: string, target: Target | undefined, ...more: string[]): string[] {
  const where = target ? ['--group', target.group, '--interface', loopback, '--ttl', '0'] : [];
  return [process.execPath, cli, command, ...where, ...more];
}

function environment(folder: string): Record<string, string> {
  const { PATH = '' } = process.env;
  return { PATH, HOME: folder, TERM: 'xterm-256color', LANG: 'C.UTF-8', MCAST_DATA_DIR: folder };
}

const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
