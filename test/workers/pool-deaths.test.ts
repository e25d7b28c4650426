// Threads that die, hang or cannot start: the pool goes on, keeps the order and says what was lost.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { start, warmUp } from './pools.ts';

const mortal = new URL('./fixtures/mortal-thread.js', import.meta.url);
const stillborn = new URL('./fixtures/stillborn-thread.js', import.meta.url);

test('a batch whose worker died is tried once more, and order still holds', async () => {
  const { pool, results, faults, say, texts } = start({ thread: mortal });
  const folder = mkdtempSync(join(tmpdir(), 'mcast-pool-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const marker = join(folder, 'died-once');
  const sent = ['before', `die-once ${marker};`, 'after'];
  for (const text of sent) {
    say(text);
    await new Promise(setImmediate);
  }
  for (let i = 0; i < 500; i++) say(String(sent.push(String(i)) && i));
  await pool.drain(20_000);
  expect(texts()).toEqual(sent);
  expect(results.some(({ failed }) => failed)).toBe(false);
  expect(faults.map(({ code, facts }) => [code, facts.reason, facts.items])).toEqual([
    ['worker-died', 'exit', undefined],
  ]);
});

test.each([
  ['exits', 'die-always', 'exit', 10_000],
  ['throws', 'throw-always', 'RangeError', 10_000],
  ['hangs', 'hang-always', 'hung', 1_000],
  ['outgrows its memory', 'swell-always', 'ERR_WORKER_OUT_OF_MEMORY', 10_000],
])(
  'a batch at which every worker %s is given up, and the pool goes on',
  async (_, poison, reason, patience) => {
    const running = start({ thread: mortal, patience });
    await warmUp(running);
    const { pool, results, faults, say, texts } = running;
    say('before');
    await pool.drain(20_000);
    say(poison);
    await new Promise(setImmediate);
    say('after');
    await pool.drain(25_000);
    expect(texts()).toEqual(['before', 'after']);
    expect(results.map(({ failed }) => failed ?? false)).toEqual([false, true, false]);
    expect(results[1]).toMatchObject({ items: 1, lines: new Uint8Array() });
    expect(faults.map(({ facts }) => [facts.reason, facts.items])).toEqual([
      [reason, undefined],
      [reason, 1],
    ]);
  },
);

test('threads that cannot start are told of once each, and closing stops the attempts', async () => {
  const { pool, faults, say } = start({ thread: stillborn });
  say('x');
  await vi.waitFor(() => expect(faults.map(({ facts }) => facts.worker).sort()).toEqual([1, 2]));
  await pool.drain(500);
  expect(faults).toHaveLength(2);
  expect(pool.queued).toBe(1);
  await pool.close();
  expect(say('late')).toBe(false);
  await pool.drain(20_000);
});
