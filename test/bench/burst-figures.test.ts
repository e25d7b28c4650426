// What the events of a burst come to, on figures that can be reckoned by hand.
import { expect, test } from 'vitest';
import { type BurstRun, BurstWatch, mediansOf } from '../../source/bench/burst-figures.ts';
import { percentile } from '../../source/bench/spread.ts';
import type { Event, Received } from '../../source/core/event.ts';

const id = '0123456789abcdef';
const cell = { workers: 2, burst: 4, work: 10 };

/** Sent at one instant and arrived at another, ms. */
const received = (seq: number, sentAt: number, at: number, from = id): Received => ({
  type: 'received',
  at,
  group: '239.255.1.2:30000',
  address: '127.0.0.1',
  port: 40_000,
  bytes: 100,
  kind: 'chat',
  id: from,
  seq,
  sentAt,
});
const task = (worker: number, at: number, run: number): Event => ({
  type: 'task',
  at,
  worker,
  items: 1,
  wait: 0,
  run,
});

function watching(...events: Event[]): BurstWatch {
  const watch = new BurstWatch((event) => event.id === id && event.seq! > 1);
  for (const event of events) watch.take(event);
  return watch;
}

test('two workers that work at the same time overlap, and every datagram waits until its batch begins', () => {
  const watch = watching(
    // The warm-up, and somebody else: neither they nor their work are of the burst.
    received(1, 0, 1),
    task(1, 50, 49),
    received(2, 0, 1, 'fedcba9876543210'),
    task(1, 60, 1),
    received(2, 100, 101),
    received(3, 100, 102),
    task(1, 131, 30),
    received(4, 100, 103),
    task(2, 141, 30),
    received(5, 100, 104),
    task(1, 141, 10),
  );
  expect(watch.settled).toBe(4);
  expect(watch.figures(cell, 1, 4)).toEqual({
    ...cell,
    run: 1,
    ...{ sent: 4, processed: 4, dropped: 0, shed: 0 },
    // From 101 to 141; 30, 30 and 10 ms of work in it.
    ...{ seconds: 0.04, throughput: 100, overlap: 1.75, atOnce: 2 },
    // Batches began at 101, 111 and 131.
    wait: { p50: 0, p95: 27, p99: 27, max: 27 },
    latency: { p50: 31, p95: 41, p99: 41, max: 41 },
  });
});

test('what did not arrive is told by who lost it, and all adds up to what was sent', () => {
  const watch = watching(
    { type: 'dropped', at: 1, group: '239.255.1.2:30000', count: 5 },
    { type: 'shed', at: 1, what: 'queue', count: 2 },
    { type: 'shed', at: 1, what: 'peers', count: 9 },
    received(2, 100, 101),
    task(1, 131, 30),
  );
  expect(watch.settled).toBe(8);
  expect(watch.figures(cell, 1, 8)).toMatchObject({ sent: 8, processed: 1, dropped: 5, shed: 2, atOnce: 1 });
  // The kernel of some systems does not tell what it drops.
  expect(watch.figures(cell, 1, 12)).toMatchObject({ sent: 12, processed: 1, dropped: 9, shed: 2 });
});

test('a burst of which nothing arrived has no speed, and nothing that is no number', () => {
  const none = { p50: 0, p95: 0, p99: 0, max: 0 };
  expect(watching().figures(cell, 1, 4)).toEqual({
    ...cell,
    run: 1,
    ...{ sent: 4, processed: 0, dropped: 4, shed: 0 },
    ...{ seconds: 0, throughput: 0, overlap: 0, atOnce: 0, wait: none, latency: none },
  });
});

test('of several runs the one of median throughput stands for its cell, in the order measured', () => {
  const base = watching().figures(cell, 1, 4);
  const run = (workers: number, number: number, throughput: number): BurstRun => ({
    ...base,
    workers,
    run: number,
    throughput,
  });
  const runs = [run(1, 1, 9), run(1, 2, 5), run(1, 3, 7), run(4, 1, 30), run(4, 2, 20)];
  expect(mediansOf(runs)).toEqual([run(1, 3, 7), run(4, 2, 20)]);
});

test('a percentile is the least value that so many do not exceed', () => {
  const values = Array.from({ length: 100 }, (_, i) => i + 1);
  expect([0, 0.5, 0.95, 0.99, 1].map((share) => percentile(values, share))).toEqual([1, 50, 95, 99, 100]);
  expect(percentile([3], 0.5)).toBe(3);
  expect(percentile([], 0.5)).toBeNaN();
});
