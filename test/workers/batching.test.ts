// When a batch is handed over and how large it is, without threads.
import { expect, test } from 'vitest';
import { Batching } from '../../source/workers/batching.ts';

let time = 0;

/** One that has learnt that a datagram costs `ms`. */
function trained(ms: number, work = 0): Batching {
  const batching = new Batching(work, () => time);
  for (let i = 0; i < 100; i++) batching.learn(100, 100 * ms);
  return batching;
}

test('the first after a quiet time goes at once, the next waits for company', () => {
  const batching = trained(0.005);
  expect(batching.dueIn(1)).toBe(0);
  expect(batching.take(1, 2)).toBeGreaterThanOrEqual(1);
  expect(batching.dueIn(1)).toBe(2);
  time += 1.5;
  expect(batching.dueIn(1)).toBe(0.5);
  time += 5;
  expect(batching.dueIn(1)).toBe(0);
});

test('what is a millisecond of work waits for nobody', () => {
  const batching = trained(0.005);
  batching.take(1, 2);
  expect(batching.isWorth(199)).toBe(false);
  expect(batching.dueIn(201)).toBe(0);
  const slow = trained(2, 2);
  slow.take(1, 2);
  expect(slow.dueIn(1)).toBe(0);
});

test('a burst is split between idle workers, but not into crumbs', () => {
  const batching = trained(0.005);
  expect(batching.take(400, 2)).toBe(200);
  expect(batching.take(30, 4)).toBe(20);
  expect(batching.take(65_536, 1)).toBe(256);
  expect(trained(2, 2).take(1000, 2)).toBe(10);
});
