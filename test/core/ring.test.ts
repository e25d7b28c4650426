import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newRing, pushRing, ringItems, ringSince } from '../../source/core/ring.ts';

test('holds what the end of an array would', () => {
  const input = fc.record({
    capacity: fc.integer({ min: 1, max: 20 }),
    items: fc.array(fc.nat(), { maxLength: 60 }),
    seen: fc.nat(70),
    max: fc.nat(30),
  });
  fc.assert(
    fc.property(input, ({ capacity, items, seen, max }) => {
      const ring = newRing<number>(capacity);
      for (const item of items) pushRing(ring, item);
      expect(ring.total).toBe(items.length);
      expect(ringItems(ring)).toEqual(items.slice(-capacity));
      const unseen = items.slice(seen).slice(-capacity);
      expect(ringSince(ring, seen)).toEqual(unseen);
      expect(ringSince(ring, seen, max)).toEqual(max === 0 ? [] : unseen.slice(-max));
    }),
  );
});

test('goes on as a copy', () => {
  const ring = newRing<number>(3);
  for (const item of [1, 2, 3, 4]) pushRing(ring, item);
  const copy = structuredClone(ring);
  pushRing(copy, 5);
  expect(ringItems(ring)).toEqual([2, 3, 4]);
  expect(ringItems(copy)).toEqual([3, 4, 5]);
});
