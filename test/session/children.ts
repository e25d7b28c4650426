// Starts a TypeScript file of this folder as a process of its own and collects the lines that it prints.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type Child = { process: ChildProcess; lines: string[]; ended: Promise<void> };

/** `wrap` is a command that runs the rest of its arguments, as `sh -c '…; exec "$@"' sh` does. */
export function start(file: string, args: string[], wrap: string[] = []): Child {
  const script = fileURLToPath(new URL(file, import.meta.url));
  const [command, ...rest] = [
    ...wrap,
    process.execPath,
    '--import',
    import.meta.resolve('tsx'),
    script,
    ...args,
  ];
  const child = spawn(command!, rest, {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Its cache of compiled files would have no room where a test leaves none.
    env: { ...process.env, TSX_DISABLE_CACHE: '1' },
  });
  const lines: string[] = [];
  let text = '';
  child.stdout!.on('data', (chunk) => {
    const parts = (text + chunk).split('\n');
    text = parts.pop()!;
    lines.push(...parts);
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return { process: child, lines, ended };
}
