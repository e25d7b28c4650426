import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bitmap } from '../../source/transfer/bitmap.ts';

type Step = { act: 'set' | 'clear' | 'range'; at: number; to: number };

const anySteps = fc.record({
  length: fc.integer({ min: 1, max: 300 }),
  steps: fc.array(
    fc.record<Step>({ act: fc.constantFrom('set', 'clear', 'range'), at: fc.nat(299), to: fc.nat(300) }),
    { maxLength: 60 },
  ),
});

/** The same done to a bitmap and to a plain array. */
function played(length: number, steps: Step[]): { bitmap: Bitmap; model: boolean[] } {
  const bitmap = new Bitmap(length);
  const model = Array<boolean>(length).fill(false);
  for (const step of steps) {
    const at = step.at % length;
    const to = step.to % (length + 1);
    if (step.act === 'range') {
      const fresh = model.filter((bit, index) => index >= at && index < to && !bit).length;
      expect(bitmap.setRange(at, to)).toBe(fresh);
      model.fill(true, at, Math.max(at, to));
    } else {
      expect(bitmap[step.act](at)).toBe(model[at] !== (step.act === 'set'));
      model[at] = step.act === 'set';
    }
  }
  return { bitmap, model };
}

test('agrees with a list of booleans', () => {
  fc.assert(
    fc.property(anySteps, fc.nat(299), fc.nat(300), ({ length, steps }, from, to) => {
      const { bitmap, model } = played(length, steps);
      const start = from % length;
      const end = to % (length + 1);
      expect(bitmap.count).toBe(model.filter(Boolean).length);
      expect(model.map((_, bit) => bitmap.has(bit))).toEqual(model);
      const first = (value: boolean) => {
        const found = model.findIndex((bit, index) => index >= start && index < end && bit === value);
        return found < 0 ? end : found;
      };
      expect(bitmap.nextSet(start, end)).toBe(first(true));
      expect(bitmap.nextClear(start, end)).toBe(first(false));
      const gaps: number[] = [];
      bitmap.gaps(start, end, (gap, stop) => {
        for (let bit = gap; bit < stop; bit++) gaps.push(bit);
      });
      expect(gaps).toEqual(
        model.flatMap((bit, index) => (index >= start && index < end && !bit ? [index] : [])),
      );
    }),
  );
});

test('comes back from its saved form as it was', () => {
  fc.assert(
    fc.property(anySteps, ({ length, steps }) => {
      const { bitmap, model } = played(length, steps);
      const back = Bitmap.deserialize(bitmap.serialize(), length)!;
      expect(back.count).toBe(bitmap.count);
      expect(model.map((_, bit) => back.has(bit))).toEqual(model);
    }),
  );
});

test('a saved form with any byte changed, cut off or added is refused', () => {
  const bitmap = new Bitmap(77);
  bitmap.setRange(3, 60);
  const saved = bitmap.serialize();
  for (let at = 0; at < saved.length; at++) {
    for (const flip of [1, 0x80]) {
      const damaged = saved.slice();
      damaged[at]! ^= flip;
      expect(Bitmap.deserialize(damaged, 77), `byte ${at}`).toBeUndefined();
    }
  }
  expect(Bitmap.deserialize(saved.slice(0, -1), 77)).toBeUndefined();
  expect(Bitmap.deserialize(new Uint8Array([...saved, 0]), 77)).toBeUndefined();
  expect(Bitmap.deserialize(saved, 78)).toBeUndefined();
  expect(Bitmap.deserialize(new Uint8Array(0), 0)).toBeUndefined();
});

test('the blocks of a file of 4 GiB take 400 kB, empty ones nothing', () => {
  expect(new Bitmap(3_050_402).serialize().length).toBeLessThan(400_000);
  expect(Bitmap.deserialize(new Bitmap(0).serialize(), 0)?.count).toBe(0);
});
