import { expect, test } from 'vitest';
import { cellsOf, runOf, summaryOf } from '../../source/bench/share-figures.ts';
import { spreadOf, spreadText } from '../../source/bench/spread.ts';
import { modesOf, sizesOf } from '../../source/commands/bench-share-lists.ts';
import { csvHead, csvLine, progressText, textTable } from '../../source/commands/bench-share-text.ts';

const cell = { bytes: 1000, clients: 2, mode: 'lab' } as const;

test('the sweep takes one mode after the other for each size and number of clients', () => {
  expect(cellsOf([1, 2], [5, 10], ['lab', 'multicast']).map((each) => Object.values(each).join(' '))).toEqual(
    [
      '1 5 lab',
      '1 5 multicast',
      '1 10 lab',
      '1 10 multicast',
      '2 5 lab',
      '2 5 multicast',
      '2 10 lab',
      '2 10 multicast',
    ],
  );
});

test('a run: means over all receivers, the time of the slowest, what went out by the size', () => {
  const run = runOf(
    cell,
    1,
    [
      { bytes: 1000, seconds: 2, isWhole: true },
      { bytes: 500, seconds: 4, isWhole: false },
    ],
    2014,
  );
  expect(run).toEqual({
    ...cell,
    run: 1,
    whole: 1,
    arrived: 0.75,
    seconds: 4,
    rate: (500 + 125) / 2,
    wire: 2.014,
  });
});

test('a receiver that came with nothing, or too much, counts as what it is', () => {
  const run = runOf(
    cell,
    1,
    [
      { bytes: 0, seconds: 0, isWhole: false },
      { bytes: 5000, seconds: 1, isWhole: false },
    ],
    0,
  );
  expect(run).toMatchObject({ whole: 0, arrived: 0.5, rate: 2500, wire: 0 });
});

test('several runs of one thing are one row, with the median and the extremes', () => {
  const of = (seconds: number, run: number) =>
    runOf({ ...cell, clients: 1 }, run, [{ bytes: 1000, seconds, isWhole: seconds < 4 }], 1014);
  const runs = [of(1, 1), of(4, 2), of(2, 3)];
  expect(summaryOf(runs)).toMatchObject([
    { runs: 3, whole: 2, receivers: 3, seconds: { median: 2, min: 1, max: 4 } },
  ]);
  const table = textTable(runs, 'lo', 'en');
  expect(table).toMatch(/^1000 B +1 +lab +2 of 3 +100\.0 \(100\.0–100\.0\) +2\.00 \(1\.00–4\.00\) /m);
  expect(table).toContain('over lo');
});

test('what lacks one byte of a thousand million is not 100.0 %', () => {
  const bytes = 1e9;
  const run = runOf(
    { ...cell, bytes, clients: 1 },
    1,
    [{ bytes: bytes - 1, seconds: 1, isWhole: false }],
    bytes,
  );
  expect(textTable([run], 'lo', 'en')).toMatch(/ 99\.9 /);
});

test('CSV has one row for each run, in plain numbers', () => {
  const run = { ...runOf(cell, 2, [{ bytes: 1000, seconds: 2, isWhole: true }], 2000), problem: 'a, "b"' };
  expect(csvHead).toBe('size,clients,mode,run,whole,arrived,seconds,rate,wire,problem\r\n');
  expect(csvLine(run)).toBe('1000,2,lab,2,1,0.5,2,250,2,"a, ""b"""\r\n');
});

test.each([
  [[3], { median: 3, min: 3, max: 3 }, '3.0'],
  [[4, 1], { median: 2.5, min: 1, max: 4 }, '2.5 (1.0–4.0)'],
  [[9, 1, 2], { median: 2, min: 1, max: 9 }, '2.0 (1.0–9.0)'],
])('the spread of %j', (values, spread, text) => {
  expect(spreadOf(values)).toEqual(spread);
  expect(spreadText(values, 1)).toBe(text);
});

test('sizes are those of the practice: powers of 1024', () => {
  expect(sizesOf('100M, 1.5k,7,2GiB,100M')).toEqual([104_857_600, 1536, 7, 2 ** 31]);
  expect(modesOf('lab,multicast,lab')).toEqual(['lab', 'multicast']);
});

test.each(['', '0', '0.0001', '-1', '1T', 'M', '1e3', '100M,', '1 0M'])('%j is no list of sizes', (text) => {
  expect(() => sizesOf(text)).toThrow('usage');
});

test.each(['', 'broadcast', 'lab,'])('%j is no list of modes', (text) => {
  expect(() => modesOf(text)).toThrow('usage');
});

test.each([
  ['timeout', '  It was not over in time and was stopped.'],
  ['lab-one-file', '  The lab protocol sends one file and no folders.'],
  ['spilt \x1b[2J milk', '  spilt '],
])('a run with the problem %j says why', (problem, text) => {
  const said = progressText({ ...runOf(cell, 1, [], 0), problem }, 'en');
  expect(said).toContain(`  0 of 2 whole, 0.0 % arrived, 0.00 s\n${text}`);
  expect(said).not.toContain('\x1b');
});
