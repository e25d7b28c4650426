// Pools with real threads for the tests of this folder, closed after each.
import { afterEach, expect, vi } from 'vitest';
import type { Received } from '../../source/core/event.ts';
import type { Fault } from '../../source/core/fault.ts';
import { type BatchResult, Pool, type PoolOptions } from '../../source/workers/pool.ts';

const groups = ['239.255.0.1:50000', '[ff15::4d43]:50000'];
export const selfId = '00000000000000aa';
export const utf8 = new TextEncoder();
export const now = () => performance.timeOrigin + performance.now();

const open: Pool[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((pool) => pool.close()));
});

export function start(options: Partial<PoolOptions> = {}) {
  const results: BatchResult[] = [];
  const faults: Fault[] = [];
  const pool = new Pool({
    workers: 2,
    selfId,
    groups,
    work: 0,
    onBatch: (result) => results.push(result),
    onFailure: (fault) => faults.push(fault),
    ...options,
  });
  open.push(pool);
  const say = (text: string) => pool.push(utf8.encode(text), '127.0.0.1', 5_000, 0, now(), false);
  const texts = () => results.flatMap(events).map(({ text }) => text);
  return { pool, results, faults, say, texts };
}

export function events({ lines }: BatchResult): Received[] {
  return JSON.parse(`[${new TextDecoder().decode(lines)}]`) as Received[];
}

/** Waits for every worker to have worked, so that a test measures no start. */
export async function warmUp({ pool, results, say }: ReturnType<typeof start>): Promise<void> {
  await vi.waitFor(
    () => {
      say('warm');
      expect(pool.stats().every(({ tasks }) => tasks > 2)).toBe(true);
    },
    { timeout: 20_000, interval: 20 },
  );
  await pool.drain(20_000);
  results.length = 0;
}
