import { expect, test } from 'vitest';
import { filterOf, Sieve } from '../../source/ui/filter.ts';
import { behind, indexOfNumber, Lines, scrolled } from '../../source/ui/lines.ts';

test.each([
  ['ana', 'Ana said hello', true],
  ['hello ana', 'Ana said hello', true],
  ['bob', 'Ana said hello', false],
  ['!ana', 'Ana said hello', false],
  ['!bob', 'Ana said hello', true],
  ['garcia', 'García', true],
  ['/^ana/', 'ana said', true],
  ['/^ana/', 'Ana said', false],
  ['/^ana/i', 'Ana said', true],
  ['!/\\d/', 'port 50000', false],
  ['/\\d', 'port 50000', true],
  ['/', 'anything/else', true],
])('filter %j on %j', (text, subject, passes) => {
  expect(filterOf(text)?.test(subject) ?? true).toBe(passes);
});

test('a filter that is no regular expression says why and hides nothing', () => {
  const filter = filterOf('/(/')!;
  expect(filter.error).toMatch(/group/i);
  expect(filter.test('anything')).toBe(true);
});

test.each(['', '  ', '!', '! '])('%j filters nothing', (text) => {
  expect(filterOf(text)).toBeUndefined();
});

const numbered = (...numbers: number[]) => numbers.map((n) => ({ n }));

function ring(capacity: number, count: number) {
  const lines = new Lines<{ n: number }>(capacity);
  for (let n = 0; n < count; n++) lines.push({ n });
  return lines;
}
const contents = (lines: { length: number; at(i: number): { n: number } | undefined }) =>
  Array.from({ length: lines.length }, (_, i) => lines.at(i)!.n);

test('lines keep the newest and number them from the oldest kept', () => {
  const lines = ring(3, 5);
  expect(contents(lines)).toEqual([2, 3, 4]);
  expect(lines.at(-1)).toBeUndefined();
  expect(lines.at(3)).toBeUndefined();
});

test('a still copy does not move', () => {
  const lines = ring(3, 4);
  const still = lines.still();
  lines.push({ n: 4 });
  expect(contents(still)).toEqual([1, 2, 3]);
  expect(contents(lines)).toEqual([2, 3, 4]);
});

test('a number is found by halves', () => {
  const lines = numbered(3, 5, 9);
  expect([2, 3, 4, 5, 8, 9, 10].map((n) => indexOfNumber(lines, n))).toEqual([-1, 0, 0, 1, 1, 2, 2]);
});

test('scrolling holds a line while new ones come, and follows again at the newest', () => {
  const lines = ring(100, 50);
  const held = scrolled(lines, undefined, -10, 9);
  expect(held).toBe(39);
  lines.push({ n: 50 });
  expect(behind(lines, held)).toBe(11);
  expect(scrolled(lines, held, -Infinity, 9)).toBe(9);
  expect(scrolled(lines, 9, -5, 9)).toBe(9);
  expect(scrolled(lines, held, 11, 9)).toBeUndefined();
  expect(scrolled(lines, held, Infinity, 9)).toBeUndefined();
  expect(scrolled(new Lines(5), undefined, -3, 0)).toBeUndefined();
});

test('a line that was held and is forgotten leads to the oldest there is', () => {
  const lines = ring(10, 100);
  expect(scrolled(lines, 5, 0, 3)).toBe(93);
});

test('a sieve tests each line once, and forgets with the lines', () => {
  let tests = 0;
  const even = ({ n }: { n: number }) => {
    tests++;
    return n % 2 === 0;
  };
  const sieve = new Sieve<{ n: number }>();
  const lines = ring(10, 10);
  expect(contents(sieve.sift(lines, 0, even))).toEqual([0, 2, 4, 6, 8]);
  expect(tests).toBe(10);
  lines.push({ n: 10 });
  lines.push({ n: 11 });
  expect(contents(sieve.sift(lines, 0, even))).toEqual([2, 4, 6, 8, 10]);
  expect(tests).toBe(12);
  expect(sieve.sift(lines, 0, undefined)).toBe(lines);
  lines.clear();
  lines.push({ n: 2 });
  expect(contents(sieve.sift(lines, 1, even))).toEqual([2]);
});
