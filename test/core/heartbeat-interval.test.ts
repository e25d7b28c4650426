import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jittered, stretchedInterval } from '../../source/core/heartbeat-interval.ts';

test('a small group beats as asked', () => {
  expect(stretchedInterval(1000, 3, 400, 1_000_000)).toBe(1000);
});

test('a large one stretches: 200 nodes of 500 bytes at 1 Mbit/s need 16 s', () => {
  expect(stretchedInterval(1000, 200, 500, 1_000_000)).toBe(16_000);
});

test('all heartbeats together stay under 5 % of the bandwidth, never quicker than asked', () => {
  const count = fc.integer({ min: 1, max: 10_000 });
  fc.assert(
    fc.property(count, count, fc.integer({ min: 10_000, max: 1e9 }), (nodes, bytes, bandwidth) => {
      const interval = stretchedInterval(1000, nodes, bytes, bandwidth);
      expect(interval).toBeGreaterThanOrEqual(1000);
      expect((nodes * bytes * 8 * 1000) / interval).toBeLessThanOrEqual(0.05 * bandwidth * (1 + 1e-9));
    }),
  );
});

test('±10 %', () => {
  expect(jittered(1000, 0)).toBe(900);
  expect(jittered(1000, 1)).toBe(1100);
});
