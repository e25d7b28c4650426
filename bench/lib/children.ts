// Every process that a benchmark starts is stopped, however the benchmark ends.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const running = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

/** Resolves at its end. */
export function adopt(child: ChildProcess): Promise<number> {
  running.add(child);
  return once(child, 'close').then(([code]) => {
    running.delete(child);
    return (code as number | null) ?? -1;
  });
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits for a condition; throws after `within` ms. */
export async function until(condition: () => boolean, what: string, within = 15_000): Promise<void> {
  for (const end = performance.now() + within; !condition(); ) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await sleep(5);
  }
}
