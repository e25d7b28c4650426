// The figures of a bar, and the rows of a result.
import { expect, test } from 'vitest';
import type { Transfer } from '../../source/core/event.ts';
import type { TransferReceiver } from '../../source/core/share.ts';
import { sizeText } from '../../source/core/size-text.ts';
import { barOf, progressOf, timeText } from '../../source/core/transfer-progress.ts';
import { csvHead, csvOf } from '../../source/core/transfer-table.ts';

const receiver: TransferReceiver = {
  number: 1,
  name: 'ben',
  address: '10.0.0.2',
  port: 4000,
  bytes: 500,
  lost: 0,
  repaired: 0,
  drops: 0,
  rate: 100,
  seconds: 5,
  state: 'receiving',
};
const transfer: Transfer = {
  type: 'transfer',
  at: 1_790_000_000_000,
  share: 'f1',
  role: 'sender',
  phase: 'running',
  title: 'a',
  files: 1,
  total: 1000,
  mode: 'multicast',
  from: 'ana',
  receivers: [receiver],
};

test.each<[string, Partial<TransferReceiver>, Partial<Transfer>, object]>([
  ['half way', {}, {}, { ratio: 0.5, percent: '50%', bytes: '500 B', rate: '100 B/s', time: '0:05' }],
  ['standing still', { rate: 0 }, {}, { rate: '', time: '' }],
  ['all but a byte', { bytes: 999 }, {}, { percent: '99%', time: '0:01' }],
  ['all there, not yet proved', { bytes: 1000, state: 'verifying' }, {}, { percent: '99%', rate: '200 B/s' }],
  [
    'whole',
    { bytes: 1000, state: 'whole' },
    {},
    { ratio: 1, percent: '100%', rate: '200 B/s', time: '0:05' },
  ],
  ['an empty share', { bytes: 0 }, { total: 0 }, { ratio: 0, percent: '0%' }],
  ['an empty share that is there', { bytes: 0, state: 'whole' }, { total: 0 }, { ratio: 1, percent: '100%' }],
  ['more than there is', { bytes: 5000 }, {}, { ratio: 1, percent: '99%', time: '0:00' }],
  ['given up', { state: 'failed' }, { phase: 'failed' }, { percent: '50%', rate: '100 B/s', time: '0:05' }],
])('%s', (_, ofReceiver, ofTransfer, expected) => {
  expect(progressOf({ ...transfer, ...ofTransfer }, { ...receiver, ...ofReceiver })).toMatchObject(expected);
});

test.each([
  [0, '0:00'],
  [0.1, '0:01'],
  [59.2, '1:00'],
  [61, '1:01'],
  [3661, '1h01m'],
  [360_000, '100h00m'],
])('%d seconds are %s', (seconds, text) => {
  expect(timeText(seconds)).toBe(text);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [999.6, '1.00 kB'],
  [1_048_576, '1.05 MB'],
  [104_857_600, '105 MB'],
  [999_600_000, '1.00 GB'],
  [2 ** 53, '9.01 PB'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});

test('a bar has its width, whatever the ratio', () => {
  for (const ratio of [-1, 0, 0.01, 0.5, 0.999, 1, 2]) expect(barOf(ratio, 10, '#', '-')).toHaveLength(10);
  expect(barOf(0.999, 10, '#', '-')).toBe('#########-');
  expect(barOf(1, 10, '#', '-')).toBe('##########');
});

test('a transfer that nobody came to has a row with its reason', () => {
  const lonely: Transfer = {
    ...transfer,
    phase: 'failed',
    receivers: [],
    reason: { code: 'file-changed', facts: {} },
  };
  const cells = csvOf(lonely).trimEnd().split(',');
  expect(cells).toHaveLength(csvHead.split(',').length);
  expect(cells.at(-1)).toBe('file-changed');
});

test('what a spreadsheet would run is text, and quotes and commas stay in their cell', () => {
  const row = csvOf({ ...transfer, title: '=cmd|" /C calc"!A0, b', path: '-x' });
  expect(row).toContain(`,"'=cmd|"" /C calc""!A0, b",'-x,`);
});
