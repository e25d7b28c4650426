// Captures what a group's hosts put on the wire, with whatever tool is installed: this program's own sockets never see
// IGMP, and headers neither. Capturing needs privileges that this program does not have and does not ask for.
import { type ChildProcess, spawn } from 'node:child_process';
import { Fault } from '../core/fault.ts';

export type CaptureOptions = {
  interfaces: readonly string[];
  /** For libpcap. */
  filter: string;
  path: string;
  /** Ends after so many packets. */
  count?: number;
};

export type Capture = {
  tool: string;
  /** How many packets, where the tool says so. Resolves when the file is complete. */
  ended: Promise<number | undefined>;
  stop(): void;
};

type Tool = {
  name: string;
  /** Where it is looked for, beside PATH. */
  programs: readonly string[];
  argv(options: CaptureOptions): string[];
};

const dumpcap: Tool = {
  name: 'dumpcap',
  programs: [
    'dumpcap',
    '/Applications/Wireshark.app/Contents/MacOS/dumpcap',
    'C:\\Program Files\\Wireshark\\dumpcap.exe',
  ],
  argv: ({ interfaces, filter, path, count }) => [
    ...interfaces.flatMap((name) => ['-i', name, '-f', filter]),
    '-q',
    ...(count === undefined ? [] : ['-c', String(count)]),
    '-w',
    path,
  ],
};

const tcpdump: Tool = {
  name: 'tcpdump',
  programs: ['tcpdump', '/usr/sbin/tcpdump'],
  argv: ({ interfaces, filter, path, count }) => [
    '-i',
    interfaces.length === 1 ? interfaces[0]! : 'any',
    '-n',
    '-U',
    ...(count === undefined ? [] : ['-c', String(count)]),
    // Some give root away before they open the file, and then may not write to it.
    ...(process.platform === 'linux' && process.getuid?.() === 0 ? ['-Z', 'root'] : []),
    '-w',
    path,
    filter,
  ],
};

/** Both say so on standard error when packets are being taken. */
const ready = /^File: |listening on /m;
const counted = /Packets captured: (\d+)|(\d+) packets? captured/;
const forbidden = /permission|permitted|privilege|root|EPERM|EACCES/i;
/** A refusal is quoted up to here. */
const mostSaid = 64 * 1024;

/**
 * Starts the first tool that works, and resolves when it captures. Rejects with Fault `no-capture-tool` {command} or
 * `capture-refused` {tool, reason, command}; the command is what a person with the privilege would type.
 */
export async function startCapture(
  options: CaptureOptions,
  tools: readonly Tool[] = [dumpcap, tcpdump],
): Promise<Capture> {
  let refusal: { tool: string; said: string } | undefined;
  for (const tool of tools) {
    for (const program of tool.programs) {
      const outcome = await tryTool(tool, program, options);
      if (outcome === 'missing') continue;
      if ('ended' in outcome) return outcome;
      refusal ??= { tool: tool.name, said: outcome.said };
      break;
    }
  }
  const command = commandLine(tcpdump, options);
  if (!refusal) throw new Fault('no-capture-tool', { command });
  const { tool, said } = refusal;
  const reason = forbidden.test(said) ? 'no-privilege' : lastLine(said);
  throw new Fault('capture-refused', { tool, reason, command: commandLine(toolNamed(tool), options) });
}

const toolNamed = (name: string): Tool => (name === dumpcap.name ? dumpcap : tcpdump);

/** As it is typed in a shell by somebody who may become root. */
function commandLine({ name, argv }: Tool, options: CaptureOptions): string {
  const words = argv(options).map((word) =>
    /^[\w./:@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`,
  );
  return ['sudo', name, ...words].join(' ');
}

function tryTool(
  { name, argv }: Tool,
  program: string,
  options: CaptureOptions,
): Promise<Capture | 'missing' | { said: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, argv(options), {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    });
    let said = '';
    let settled = false;
    const ended = new Promise<number | undefined>((over) => {
      child.once('close', () => {
        const found = counted.exec(said);
        over(found ? Number(found[1] ?? found[2]) : undefined);
        if (!settled) resolve({ said });
        settled = true;
      });
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      settled = true;
      resolve(error.code === 'ENOENT' ? 'missing' : { said: error.code ?? error.message });
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-mostSaid);
      if (settled || !ready.test(said)) return;
      settled = true;
      resolve({ tool: name, ended, stop: () => interrupt(child) });
    });
  });
}

/** As Ctrl+C does: both tools then finish their file. */
function interrupt(child: ChildProcess): void {
  child.kill('SIGINT');
}

function lastLine(said: string): string {
  return said.trim().split('\n').at(-1)?.trim() || '?';
}
