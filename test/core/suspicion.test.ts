import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addBeat, deadPhi, maxPhi, newBeats, phi, suspectPhi } from '../../source/core/suspicion.ts';

function beatsOf(intervals: number[]) {
  const beats = newBeats();
  for (const interval of intervals) addBeat(beats, interval);
  return beats;
}

const interval = fc.double({ min: 0, max: 3_600_000, noNaN: true });
const anyBeats = fc.array(interval, { maxLength: 200 }).map(beatsOf);
const every = fc.double({ min: 1, max: 86_400_000, noNaN: true });
const silence = fc.double({ min: -1e15, max: 1e15, noNaN: true });

test('grows with silence, between 0 and what is shown at most', () => {
  fc.assert(
    fc.property(anyBeats, every, silence, silence, (beats, every, a, b) => {
      const [less, more] = [phi(beats, every, Math.min(a, b)), phi(beats, every, Math.max(a, b))];
      expect(less).toBeLessThanOrEqual(more);
      expect(less).toBeGreaterThanOrEqual(0);
      expect(more).toBeLessThanOrEqual(maxPhi);
    }),
  );
});

test('shrinks with patience', () => {
  const patience = fc.double({ min: 1, max: 8, noNaN: true });
  const elapsed = fc.double({ min: 0, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(anyBeats, every, elapsed, patience, (beats, every, elapsed, patience) => {
      expect(phi(beats, every, elapsed, patience)).toBeLessThanOrEqual(phi(beats, every, elapsed));
    }),
  );
});

/** First whole millisecond of silence at which φ reaches a threshold. */
function deadline(beats: ReturnType<typeof newBeats>, every: number, threshold: number): number {
  let elapsed = 0;
  while (phi(beats, every, elapsed) < threshold) elapsed++;
  return elapsed;
}

test.each([
  // Akka's formula by hand: y(1.5976 + 0.070566 y²) = −ln(10^−φ ÷ (1 − 10^−φ)), elapsed = mean + 3 beats + y·σ.
  { beats: [], every: 1000, suspect: 4765, dead: 5305 },
  { beats: Array(64).fill(1000), every: 1000, suspect: 4765, dead: 5305 },
  { beats: [], every: 100, suspect: 706, dead: 922 },
  { beats: [], every: 10_000, suspect: 47_650, dead: 53_050 },
])(
  'every $every ms, $beats.length beats: suspect at $suspect, dead at $dead',
  ({ beats, every, suspect, dead }) => {
    expect(Math.abs(deadline(beatsOf(beats), every, suspectPhi) - suspect)).toBeLessThan(suspect / 100);
    expect(Math.abs(deadline(beatsOf(beats), every, deadPhi) - dead)).toBeLessThan(dead / 100);
  },
);

test('an irregular sender is given more time than a regular one of the same pace', () => {
  const regular = beatsOf(Array(64).fill(1000));
  const irregular = beatsOf(Array.from({ length: 64 }, (_, i) => (i % 2 ? 200 : 1800)));
  expect(deadline(irregular, 1000, deadPhi)).toBeGreaterThan(deadline(regular, 1000, deadPhi) + 2000);
});

test('only the newest 64 intervals count, without a trace of those before', () => {
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 200 }), silence, (before, elapsed) => {
      const newest = Array.from({ length: 64 }, (_, i) => 900 + i);
      const fromThere = phi(beatsOf([...before, ...newest]), 1000, elapsed);
      expect(fromThere).toBeCloseTo(phi(beatsOf(newest), 1000, elapsed), 3);
    }),
  );
});

test('a clock that was set is not a beat', () => {
  const beats = beatsOf([1000, 1000, 1000]);
  addBeat(beats, 1.79e12);
  addBeat(beats, -1.79e12);
  expect(beats).toEqual(beatsOf([1000, 1000, 1000]));
});
