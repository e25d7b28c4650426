// The pool with real threads, which run the built worker from dist/.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { expect, onTestFinished, test, vi } from 'vitest';
import { encode } from '../../source/core/message.ts';
import { threadEntry } from '../../source/workers/entry.ts';
import { events, now, selfId, start, utf8, warmUp } from './pools.ts';

const neverReady = new URL('./fixtures/never-ready-thread.js', import.meta.url);

test('a datagram becomes the line of its event', async () => {
  const { pool, results } = start({ workers: 1 });
  const chat = encode({
    kind: 'chat',
    id: '9f2c61d07ab34e15',
    name: 'ana',
    seq: 4,
    at: 5,
    ttl: 1,
    text: 'hola\u001b',
  });
  const at = now();
  pool.push(utf8.encode(chat), 'fe80::1%eth0', 50_000, 1, at, true);
  pool.push(Uint8Array.of(0xff), '127.0.0.1', 1, 0, at, false);
  await pool.drain(20_000);
  expect(results.flatMap(events)).toEqual([
    {
      type: 'received',
      at,
      group: '[ff15::4d43]:50000',
      address: 'fe80::1%eth0',
      port: 50_000,
      bytes: chat.length,
      unicast: true,
      worker: 1,
      kind: 'chat',
      text: 'hola␛',
      id: '9f2c61d07ab34e15',
      name: 'ana',
      seq: 4,
      sentAt: 5,
      ttl: 1,
    },
    {
      type: 'received',
      at,
      group: '239.255.0.1:50000',
      address: '127.0.0.1',
      port: 1,
      bytes: 1,
      worker: 1,
      kind: 'binary',
      hex: 'ff',
    },
  ]);
});

test('our own datagrams are dropped and counted', async () => {
  const { pool, results } = start();
  const bye = (id: string) => utf8.encode(encode({ kind: 'bye', id, name: 'ana', seq: 1, at: 0, ttl: 1 }));
  for (const id of [selfId, '00000000000000ab', selfId]) pool.push(bye(id), '127.0.0.1', 1, 0, now(), false);
  await pool.drain(20_000);
  expect(results.flatMap(events).map(({ id }) => id)).toEqual(['00000000000000ab']);
  expect(results.reduce((sum, { looped }) => sum + looped, 0)).toBe(2);
  expect(results.reduce((sum, { items }) => sum + items, 0)).toBe(3);
});

test('results come in order of arrival, whichever worker was faster', async () => {
  const { pool, results, texts } = start({ workers: 4 });
  const sent: string[] = [];
  for (let round = 0; round < 100; round++) {
    for (let i = 0; i < 30; i++) {
      // Every seventh is a long one that takes a hundred times as long.
      const text = `${sent.length}${i % 7 === 0 ? '\u001be\u0301'.repeat(300) : ''}`;
      sent.push(String(sent.length));
      pool.push(utf8.encode(text), '127.0.0.1', 5_000, 0, now(), false);
    }
    await new Promise(setImmediate);
  }
  await pool.drain(20_000);
  expect(texts().map((text) => text?.replace(/␛.*/u, ''))).toEqual(sent);
  expect(new Set(results.map(({ worker }) => worker)).size).toBeGreaterThan(1);
  for (const { items, wait, run, startedAt, endedAt } of results) {
    expect(items).toBeLessThanOrEqual(256);
    expect(wait).toBeGreaterThanOrEqual(0);
    expect(endedAt - startedAt).toBeCloseTo(run, 3);
  }
  const done = pool.stats().reduce((sum, { items }) => sum + items, 0);
  expect(done).toBe(sent.length);
  expect(pool.queued).toBe(0);
  expect(pool.oldestAt).toBeUndefined();
});

test('a quiet network gives one datagram a batch, in turns; a burst gives large batches', async () => {
  const running = start({ workers: 2 });
  await warmUp(running);
  const { pool, results, say } = running;
  for (let i = 0; i < 6; i++) {
    say('quiet');
    await pool.drain(20_000);
  }
  expect(results.map(({ items }) => items)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(new Set(results.map(({ worker }) => worker))).toEqual(new Set([1, 2]));
  results.length = 0;
  for (let i = 0; i < 5_000; i++) say('burst');
  await pool.drain(20_000);
  expect(results.length).toBeLessThan(1_000);
  expect(Math.max(...results.map(({ items }) => items))).toBeGreaterThan(20);
});

test('slow work makes small batches, shared by all workers at the same time', async () => {
  const running = start({ workers: 3, work: 2 });
  await warmUp(running);
  const { pool, results, say } = running;
  for (let i = 0; i < 90; i++) say('slow');
  await pool.drain(20_000);
  expect(Math.max(...results.map(({ items }) => items))).toBeLessThanOrEqual(15);
  expect(new Set(results.map(({ worker }) => worker))).toEqual(new Set([1, 2, 3]));
  const total = results.reduce((sum, { run }) => sum + run, 0);
  expect(total).toBeGreaterThan(90);
  const overlapping = results.filter((one) =>
    results.some(
      (two) => two.worker !== one.worker && two.startedAt < one.endedAt && one.startedAt < two.endedAt,
    ),
  );
  expect(overlapping.length).toBeGreaterThan(results.length / 2);
});

test.skipIf(availableParallelism() < 2)(
  'two workers do more than one (needs two cores)',
  async () => {
    const rate = async (running: ReturnType<typeof start>) => {
      const from = now();
      for (let i = 0; i < 60; i++) running.say('slow');
      await running.pool.drain(20_000);
      return 60 / (now() - from);
    };
    const one = start({ workers: 1, work: 2 });
    const two = start({ workers: 2, work: 2 });
    await warmUp(one);
    await warmUp(two);
    // Other programs may take a core for a while; without any concurrency no attempt would get there.
    await vi.waitFor(async () => expect(await rate(two)).toBeGreaterThan(1.25 * (await rate(one))), {
      timeout: 50_000,
      interval: 100,
    });
  },
  60_000,
);

test('what does not fit the queue is turned away and counted', () => {
  const few = start({ thread: neverReady });
  let taken = 0;
  while (few.say('x')) taken++;
  expect(taken).toBe(65_536);
  few.say('y');
  expect(few.pool.takeShed()).toBe(2);
  expect(few.pool.takeShed()).toBe(0);
  expect(few.pool.queued).toBe(65_536);
  expect(few.pool.oldestAt).toBeLessThanOrEqual(now());

  const large = start({ thread: neverReady });
  const bytes = new Uint8Array(65_507);
  taken = 0;
  while (large.pool.push(bytes, '127.0.0.1', 1, 0, 0, false)) taken++;
  expect(taken * bytes.length).toBeGreaterThan(64 * 1024 * 1024 - 2 * bytes.length);
  expect(taken * bytes.length).toBeLessThan(64 * 1024 * 1024 + 2 * bytes.length);
});

test('it runs inside a worker thread', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mcast-pool-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const outfile = join(folder, 'nested.mjs');
  const entry = new URL('./fixtures/nested.ts', import.meta.url).pathname;
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
  const thread = new Worker(pathToFileURL(outfile), {
    workerData: { thread: threadEntry('worker-thread').href },
  });
  onTestFinished(async () => void (await thread.terminate()));
  const block = await new Promise<string>((resolve, reject) => {
    thread.once('message', resolve).once('error', reject);
  });
  expect(JSON.parse(block)).toMatchObject({ type: 'received', text: 'from within' });
});
