import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  arrived,
  expected,
  lossRatio,
  lost,
  lostSinceBase,
  maxDropout,
  newTrack,
  observe,
} from '../../source/core/sequence.ts';

/** Every number ever heard, kept one by one: what the bounded window must agree with. */
function model(arrivals: number[]): {
  lost: number;
  duplicates: number;
  reordered: number;
  expected: number;
} {
  const base = arrivals[0]!;
  const seen = new Set<number>();
  let max = base;
  let duplicates = 0;
  let reordered = 0;
  for (const seq of arrivals) {
    if (seen.has(seq)) duplicates++;
    else if (seq < max) reordered++;
    seen.add(seq);
    max = Math.max(max, seq);
  }
  let missing = 0;
  for (let seq = base; seq <= max; seq++) if (!seen.has(seq)) missing++;
  return { lost: missing, duplicates, reordered, expected: max - base + 1 };
}

/** Numbers sent in order; each copy arrives some places later than its turn, and some never do. */
const arrivals = fc
  .record({
    from: fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.constant(Number.MAX_SAFE_INTEGER - 4000)),
    copies: fc.array(fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 3 }), {
      minLength: 1,
      maxLength: 1500,
    }),
  })
  .map(({ from, copies }) =>
    copies
      .flatMap((delays, i) => delays.map((delay) => ({ seq: from + i, turn: i + delay })))
      .sort((a, b) => a.turn - b.turn)
      .map(({ seq }) => seq),
  )
  .filter((seqs) => seqs.length > 0);

test('agrees with a model that forgets nothing, for any loss, reordering and doubling inside the window', () => {
  fc.assert(
    fc.property(arrivals, (seqs) => {
      const track = newTrack(seqs[0]!);
      for (const seq of seqs.slice(1)) observe(track, seq);
      const { duplicates, reordered } = track;
      expect({ lost: lost(track), duplicates, reordered, expected: expected(track) }).toEqual(model(seqs));
    }),
  );
});

test('any numbers at all leave sane counts', () => {
  const anySeq = fc.oneof(
    fc.integer({ min: 0, max: 20 }),
    fc.integer({ min: 0, max: 10_000 }),
    fc.maxSafeNat(),
    fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 1),
  );
  fc.assert(
    fc.property(fc.array(anySeq, { minLength: 1, maxLength: 200 }), (seqs) => {
      const track = newTrack(seqs[0]!);
      for (const seq of seqs.slice(1)) {
        observe(track, seq);
        expect(lostSinceBase(track)).toBeGreaterThanOrEqual(0);
        expect(lost(track)).toBeGreaterThanOrEqual(0);
        expect(arrived(track)).toBeGreaterThan(0);
        expect(lossRatio(track)).toBeGreaterThanOrEqual(0);
        expect(lossRatio(track)).toBeLessThan(1);
      }
    }),
  );
});

test('a step of MAX_DROPOUT is loss, one more is on probation', () => {
  const step = (size: number) => observe(newTrack(10), 10 + size);
  expect(step(maxDropout)).toBe('gap');
  expect(step(maxDropout + 1)).toBe('probation');
});

test('a larger allowance makes a larger step loss, a smaller one changes nothing', () => {
  expect(observe(newTrack(0), 5000, 5000)).toBe('gap');
  expect(observe(newTrack(0), 5001, 5000)).toBe('probation');
  expect(observe(newTrack(0), 3000, -1e15)).toBe('gap');
});

test('a leap is believed only when the very next number follows', () => {
  const track = newTrack(1);
  expect(observe(track, 1_000_000)).toBe('probation');
  expect(observe(track, 2_000_000)).toBe('probation');
  expect(observe(track, 2)).toBe('next');
  expect(observe(track, 2_000_001)).toBe('probation');
  expect(observe(track, 2_000_002)).toBe('jump');
  expect(observe(track, 2_000_003)).toBe('next');
  expect(lost(track)).toBe(0);
  expect(arrived(track)).toBe(5);
});

test('what was lost before a leap stays lost', () => {
  const track = newTrack(1);
  observe(track, 5);
  observe(track, 900_000);
  observe(track, 900_001);
  observe(track, 900_003);
  expect(lost(track)).toBe(4);
  expect(lostSinceBase(track)).toBe(1);
  expect(expected(track)).toBe(5 + 4);
});

test('a number farther back than the window is not taken for a late one', () => {
  const track = newTrack(5000);
  expect(observe(track, 5000 - 1023)).toBe('late');
  expect(observe(track, 5000 - 1024)).toBe('probation');
});
