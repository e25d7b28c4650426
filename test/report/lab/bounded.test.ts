// What keeps a report of any session in bounded memory, against the same reckoned with all of it at hand.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Busiest } from '../../../source/report/lab/busiest.ts';
import { overlapOf } from '../../../source/report/lab/concurrency.ts';
import { Histogram } from '../../../source/report/lab/histogram.ts';
import { Series } from '../../../source/report/lab/series.ts';

test('a series loses nothing of its sum, its count, its least and its most, however long it grows', () => {
  const point = fc.record({ at: fc.nat({ max: 1e9 }), value: fc.integer({ min: -1000, max: 1000 }) });
  fc.assert(
    fc.property(fc.array(point, { minLength: 1, maxLength: 200 }), (added) => {
      const series = new Series(100, 16);
      for (const { at, value } of added) series.add(at, value);
      const points = series.points();
      const values = added.map(({ value }) => value);
      const sum = (some: number[]) => some.reduce((total, each) => total + each, 0);
      expect(points.length).toBeLessThanOrEqual(16);
      expect(sum(points.map(({ count }) => count))).toBe(added.length);
      expect(sum(points.map(({ sum }) => sum))).toBe(sum(values));
      expect(Math.min(...points.map(({ least }) => least))).toBe(Math.min(...values));
      expect(Math.max(...points.map(({ most }) => most))).toBe(Math.max(...values));
    }),
  );
});

test('percentiles are at most 2 % too large, and the largest is exact', () => {
  const value = fc.double({ min: 0.001, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 300 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (values, share) => {
        const histogram = new Histogram();
        for (const each of values) histogram.add(each);
        const exact = [...values].sort((a, b) => a - b)[Math.ceil(share * values.length) - 1]!;
        expect(histogram.percentile(share)).toBeGreaterThanOrEqual(exact * 0.999999);
        expect(histogram.percentile(share)).toBeLessThanOrEqual(exact * 1.020001);
        expect(histogram.max).toBe(Math.max(...values));
      },
    ),
  );
});

test('overlap is what counting every millisecond gives', () => {
  const run = fc.record({ from: fc.nat({ max: 200 }), length: fc.nat({ max: 30 }) });
  fc.assert(
    fc.property(fc.array(run, { maxLength: 40 }), (runs) => {
      const spans = runs.map(({ from, length }) => ({ from, to: from + length }));
      const at = Array.from(
        { length: 240 },
        (_, ms) => spans.filter(({ from, to }) => from <= ms && ms < to).length,
      );
      expect(overlapOf(spans)).toEqual({
        busy: at.filter((count) => count > 0).length,
        overlapped: at.filter((count) => count > 1).length,
        work: at.reduce((sum, count) => sum + count, 0),
        most: Math.max(...at),
      });
    }),
  );
});

test('the busiest moment is the burst that overlaps, not the quiet around it', () => {
  const busiest = new Busiest();
  const task = (worker: number, at: number, run: number) =>
    busiest.add({ type: 'task', worker, at, items: 1, wait: 0, run });
  for (let n = 0; n < 500; n++) task(1, n * 1000, 0.2);
  for (let n = 0; n < 10; n++) task(1 + (n % 2), 500_000 + 3 * n, 5);
  for (let n = 0; n < 500; n++) task(1, 600_000 + n * 1000, 0.2);
  const runs = busiest.runs();
  expect(runs.length).toBe(10);
  expect(runs[0]!.from).toBe(499_995);
});
