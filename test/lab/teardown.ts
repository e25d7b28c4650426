// Takes labs down, whatever became of the test that built them.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Whether the command succeeded. */
export function runQuietly(command: string, argv: readonly string[]): boolean {
  try {
    execFileSync(command, argv, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Ends everything that runs in the namespaces of that prefix: what a host's processes started, too. */
export function killWithin(prefix: string): void {
  for (const name of namespaces().filter((each) => each.startsWith(prefix))) {
    for (const pid of output('ip', ['netns', 'pids', name]).split('\n').filter(Boolean)) {
      try {
        process.kill(Number(pid), 'SIGKILL');
      } catch {}
    }
  }
}

/** Ends what runs in the namespaces of that prefix, and deletes them. Their interfaces go with them. */
export function sweep(prefix: string): void {
  killWithin(prefix);
  for (const name of namespaces().filter((each) => each.startsWith(prefix))) {
    runQuietly('ip', ['netns', 'delete', name]);
  }
}

/** Labs of test processes that were killed before they could take them down. */
export function sweepAbandoned(): void {
  for (const name of namespaces()) {
    const [prefix, pid] = /^mt(\d+)-/.exec(name) ?? [];
    if (prefix !== undefined && !existsSync(`/proc/${pid}`)) sweep(prefix);
  }
}

const namespaces = () =>
  output('ip', ['netns', 'list'])
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '');

function output(command: string, argv: string[]): string {
  try {
    return execFileSync(command, argv, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}
