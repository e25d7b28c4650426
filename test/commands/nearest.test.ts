import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, nearest } from '../../source/commands/nearest.ts';
import { commandNames } from '../../source/commands/roster.ts';

test.each([
  ['', '', 0],
  ['', 'abc', 3],
  ['send', 'send', 0],
  ['sned', 'send', 1],
  ['snd', 'send', 1],
  ['sends', 'send', 1],
  ['kitten', 'sitting', 3],
  // No substring is edited twice: the restricted distance.
  ['ca', 'abc', 3],
])('%j is %j after %i edits', (a, b, edits) => {
  expect(editDistance(a, b)).toBe(edits);
  expect(editDistance(b, a)).toBe(edits);
});

test.each([
  ['lisen', 'listen'],
  ['sned', 'send'],
  ['session', 'sessions'],
  ['moniter', 'monitor'],
  ['x', undefined],
  ['frobnicate', undefined],
])('%j is meant as %j', (typed, meant) => {
  expect(nearest(typed, commandNames)).toBe(meant);
});

test('a distance is at most the longer word, and 0 only for the same word', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (a, b) => {
      const distance = editDistance(a, b);
      expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      expect(distance === 0).toBe(a === b);
    }),
  );
});
