import { expect, test } from 'vitest';
import { OwnLoss } from '../../source/engine/own-loss.ts';

/** Patience after counts of [lost, taken] at one tick after the other. */
function patience(...counts: [number, number][]): number {
  const loss = new OwnLoss();
  for (const [lost, taken] of counts) loss.tick(lost, taken);
  return loss.patience;
}

test.each([
  ['nothing was heard yet', [], 1],
  [
    'nothing was lost',
    [
      [0, 0],
      [0, 900],
    ],
    1,
  ],
  [
    'little was lost',
    [
      [0, 0],
      [10, 990],
    ],
    1,
  ],
  [
    'all was lost',
    [
      [0, 0],
      [100, 0],
    ],
    8,
  ],
  ['what was lost long ago', [[0, 0], [900, 0], ...Array.from({ length: 26 }, (_, n) => [900, n])], 1],
  [
    'a person reset the counters',
    [
      [0, 0],
      [900, 900],
      [0, 0],
    ],
    1,
  ],
] as [string, [number, number][], number][])('%s', (_, counts, expected) => {
  expect(patience(...counts)).toBe(expected);
});

test('the more was lost, the more patience: a row of lost beats must be unlikely', () => {
  const half = patience([0, 0], [500, 500]);
  const most = patience([0, 0], [800, 200]);
  // 13 beats in a row are lost at a half once in ten thousand times; the detector forgives four.
  expect(half).toBeCloseTo(13.3 / 4, 1);
  expect(most).toBeGreaterThan(half);
  expect(most).toBeLessThanOrEqual(8);
});
