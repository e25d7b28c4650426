import { expect, test } from 'vitest';
import { widthOf } from '../../source/ui/fit.ts';
import {
  age,
  bytes,
  clock,
  duration,
  maskAddresses,
  millis,
  percent,
  short,
} from '../../source/ui/format.ts';
import { glyphsOf, toAscii } from '../../source/ui/glyphs.ts';
import { nextSpeed, timeOf } from '../../source/ui/player-bar.tsx';
import { bar, histogram, sparkline } from '../../source/ui/sparkline.ts';
import { noon } from './support/scenario.ts';

test('the time of day is local, to the millisecond', () => {
  expect(clock(noon)).toBe('10:20:30.456');
  expect(clock(noon + 0.9)).toBe('10:20:30.456');
  expect(clock(Number.NaN)).toBe('--:--:--.---');
});

test.each([
  [0, '00:00:00'],
  [83_999, '00:01:23'],
  [86_400_000 * 2 + 3_600_000, '2d 01:00:00'],
  [-5, '00:00:00'],
])('%i ms last %s', (ms, text) => expect(duration(ms)).toBe(text));

test.each([
  [-3, '0.0s'],
  [430, '0.4s'],
  [59_999, '59s'],
  [61_000, '1m01'],
  [3_660_000, '1h01'],
  [90_000_000, '1d01'],
])('%i ms ago is %s', (ms, text) => expect(age(ms)).toBe(text));

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1.00k'],
  [12_345, '12.3k'],
  [999_600, '1.00M'],
  [1_234_567_890, '1.23G'],
  [12_345_678_900_000, '12346G'],
  [Number.NaN, '-'],
])('%d is short for %s', (value, text) => expect(short(value)).toBe(text));

test.each([
  [0, '0%'],
  [0.0004, '<0.1%'],
  [0.0123, '1.2%'],
  [0.5, '50%'],
  [1, '100%'],
])('a ratio of %d reads %s', (ratio, text) => expect(percent(ratio)).toBe(text));

test.each([
  [undefined, '-'],
  [0.1234, '0.12'],
  [12.34, '12.3'],
  [1234, '1234'],
  [12_345, '12.3s'],
])('%s ms read %s', (ms, text) => expect(millis(ms)).toBe(text));

test('bytes have their unit', () => expect(bytes(1500)).toBe('1.50kB'));

test.each([
  ['10.0.0.5', 'x.x.x.x'],
  ['[fe80::1]:5000', '[x:x]:5000'],
  ['beto joined from 10.0.0.6', 'beto joined from x.x.x.x'],
  ['[2001:db8:0:1::17]:5000', '[x:x]:5000'],
  ['the meeting is at 10:20', 'the meeting is at 10:20'],
])('%j is masked as %j', (text, masked) => expect(maskAddresses(text, 'x')).toBe(masked));

test.each([
  ['90', 90_000],
  ['1:30', 90_000],
  ['0:01:30', 90_000],
  ['12.5', 12_500],
  ['', undefined],
  ['soon', undefined],
  ['1:2:3:4', undefined],
  ['-5', undefined],
])('the time %j is %s ms', (text, ms) => expect(timeOf(text)).toBe(ms));

test('speeds go from a quarter to 64 and stop there', () => {
  const up = [0.25];
  while (nextSpeed(up.at(-1)!, 1) !== up.at(-1)) up.push(nextSpeed(up.at(-1)!, 1));
  expect(up).toEqual([0.25, 0.5, 1, 2, 4, 8, 16, 32, 64]);
  expect(nextSpeed(0.25, -1)).toBe(0.25);
  expect(nextSpeed(3, -1)).toBe(2);
});

test('a sparkline shows the newest values, scaled, with gaps', () => {
  const glyphs = glyphsOf(false);
  expect(sparkline([9, 0, 1, 4, undefined, 8], 5, glyphs)).toBe('▁▁▄ █');
  expect(sparkline([1], 3, glyphs)).toBe('  █');
  expect(sparkline([], 3, glyphs)).toBe('   ');
  expect(sparkline([0, 0], 2, glyphs)).toBe('▁▁');
});

test('a bar is exact to an eighth, never empty for something, never too long', () => {
  const glyphs = glyphsOf(false);
  expect(bar(0.5, 4, glyphs)).toBe('██░░');
  expect(bar(0.0001, 4, glyphs)).toBe('▏░░░');
  expect(bar(0, 4, glyphs)).toBe('░░░░');
  for (const share of [-1, 0, 0.3, 0.999, 1, 7, Number.NaN]) expect(widthOf(bar(share, 9, glyphs))).toBe(9);
});

test('a histogram counts every value once', () => {
  const buckets = histogram([1, 1, 2, 3, 10], 3);
  expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(5);
  expect(buckets[0]!.from).toBe(1);
  expect(buckets.at(-1)!.to).toBe(10);
  expect(histogram([], 3)).toEqual([]);
  expect(histogram([5, 5], 2).map(({ count }) => count)).toEqual([2, 0]);
});

test('every sign is one column wide, in Unicode and in ASCII', () => {
  for (const ascii of [false, true]) {
    const { phi, ...glyphs } = glyphsOf(ascii);
    for (const sign of Object.values(glyphs).flatMap((value) =>
      typeof value === 'string' ? value : Object.values(value),
    )) {
      expect(widthOf(sign), sign).toBe(1);
      if (ascii) expect(sign).toMatch(/^[ -~]$/);
    }
  }
  expect(toAscii('a… ×2 ↓ φ ñ')).toBe('a~ x2 v p ñ');
});
