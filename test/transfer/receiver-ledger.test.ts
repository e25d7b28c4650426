import { expect, test } from 'vitest';
import { patience } from '../../source/transfer/arrivals.ts';
import { Bitmap } from '../../source/transfer/bitmap.ts';
import { ReceiverLedger } from '../../source/transfer/receiver-ledger.ts';
import { mostRanges } from '../../source/transfer/report.ts';

function carries(ledger: ReceiverLedger, number: number, block: number, bytes: number, at = 0): void {
  ledger.arrivals.came(number, bytes, block + 1, at);
  ledger.put(block, block + 1);
}

/** Datagram n carries block n − 1. */
function came(ledger: ReceiverLedger, ...numbers: number[]): void {
  for (const number of numbers) carries(ledger, number, number - 1, 1000, number * 10);
}

/** The only report. */
function report(ledger: ReceiverLedger, drops = 0) {
  const reports = ledger.reports(drops);
  expect(reports).toHaveLength(1);
  return reports[0]!;
}

const ids = (...blocks: number[]) => Uint32Array.from(blocks);

test('what comes in order is reported by its end alone', () => {
  const ledger = new ReceiverLedger(100);
  came(ledger, 1, 2, 3);
  expect(report(ledger, 2)).toEqual({
    ...{ number: 3, heard: 3, at: 30, received: 3, bytes: 3000, lost: 0, drops: 2, upto: 3 },
    ...{ missing: [], repaired: [] },
  });
  expect(report(ledger)).toMatchObject({ number: 3, upto: 3, missing: [] });
});

test('a gap is given time: it is lost after enough later datagrams, or at the second report since', () => {
  const soon = new ReceiverLedger(1000);
  came(soon, 1, 2, 4);
  expect(report(soon)).toMatchObject({ number: 2, lost: 0, upto: 2, missing: [] });
  expect(report(soon)).toMatchObject({ number: 4, lost: 1, upto: 4, missing: [2, 3] });
  expect(report(soon)).toMatchObject({ lost: 1, missing: [] });

  const busy = new ReceiverLedger(1000);
  came(busy, 1, 2, ...Array.from({ length: patience }, (_, at) => 4 + at));
  expect(report(busy)).toMatchObject({ number: 2, missing: [] });
  came(busy, 4 + patience);
  expect(report(busy)).toMatchObject({ number: 4 + patience, lost: 1, missing: [2, 3] });
});

test('what was only overtaken is not lost', () => {
  const ledger = new ReceiverLedger(100);
  came(ledger, 1, 4, 3, 6, 2, 5);
  expect(report(ledger)).toMatchObject({ number: 6, received: 6, lost: 0, missing: [] });
  expect(ledger.arrivals.late).toBe(0);
});

test('what comes after it was reported as missing is repaired; a second copy is nothing', () => {
  const ledger = new ReceiverLedger(100);
  came(ledger, 1, 5);
  ledger.reports(0);
  expect(report(ledger)).toMatchObject({ lost: 3, missing: [1, 4] });
  came(ledger, 3, 3, 2, 1);
  expect(report(ledger)).toMatchObject({ received: 2, lost: 3, repaired: [1, 3] });
  expect(ledger.repaired).toBe(2);
  expect(ledger.arrivals.late).toBe(4);
});

test('a repair yields the only block of its mix that is unknown', () => {
  const ledger = new ReceiverLedger(100);
  came(ledger, 1, 2, 4, 6);
  ledger.reports(0);
  expect(report(ledger)).toMatchObject({ missing: [2, 3, 4, 5] });
  expect(ledger.repair(7, 100, ids(0, 2, 4), 3, 0)).toBe(-1);
  expect(ledger.repair(8, 100, ids(0, 1, 3), 3, 0)).toBe(-1);
  expect(ledger.repair(9, 100, ids(0, 2, 3, 99), 3, 0)).toBe(2);
  expect([ledger.undecodable, ledger.useless]).toEqual([1, 1]);
  ledger.put(2, 3);
  expect(ledger.repair(10, 100, ids(0, 2, 4), 3, 0)).toBe(4);
  expect(report(ledger)).toMatchObject({ number: 10, repaired: [2, 3] });
});

test('a late joiner lacks all before its first datagram, but has lost none of it', () => {
  const ledger = new ReceiverLedger(5000);
  carries(ledger, 4001, 4000, 1000);
  expect(report(ledger)).toMatchObject({
    number: 4001,
    received: 1,
    lost: 0,
    upto: 4001,
    missing: [0, 4000],
  });
});

test('who resumes says first what it lacks of all', () => {
  const have = new Bitmap(100);
  have.setRange(0, 40);
  have.set(70);
  const ledger = new ReceiverLedger(100, have);
  expect(report(ledger)).toMatchObject({ number: 0, upto: 100, missing: [40, 70, 71, 100] });
  came(ledger, 41);
  expect(report(ledger)).toMatchObject({ repaired: [40, 41], missing: [] });
});

test('the sender says how far it has come when nothing more follows', () => {
  const ledger = new ReceiverLedger(10);
  came(ledger, 1, 2, 5);
  ledger.told(9, 10);
  expect(report(ledger)).toMatchObject({ number: 9, lost: 6, upto: 10, missing: [2, 4, 5, 10] });

  const deaf = new ReceiverLedger(10);
  deaf.told(9, 10);
  expect(report(deaf)).toMatchObject({ number: 9, lost: 0, upto: 10, missing: [0, 10] });
});

test('more than fits one report goes into several, and only the last says that all has been told', () => {
  const ledger = new ReceiverLedger(4 * mostRanges);
  for (let block = 0; block < ledger.blocks; block += 2) carries(ledger, 1 + block, block, 9);
  const first = ledger.reports(0);
  expect(first.map(({ missing }) => missing.length / 2)).toEqual([mostRanges, mostRanges - patience / 2 - 1]);
  expect(first.map(({ number }) => number > 0)).toEqual([false, true]);
  expect(first[0]!.upto).toBe(2 * mostRanges);
  for (let block = 1; block < 4 * mostRanges - 2; block += 4) ledger.put(block, block + 1);
  const [one] = ledger.reports(0);
  expect(one!.repaired.length / 2).toBeGreaterThan(mostRanges - patience);
});

test('a leap of numbers costs no time and counts as loss', () => {
  const ledger = new ReceiverLedger(10);
  came(ledger, 1);
  carries(ledger, 2 ** 32 - 1, 5, 9);
  ledger.reports(0);
  expect(report(ledger)).toMatchObject({
    number: 2 ** 32 - 1,
    received: 2,
    lost: 2 ** 32 - 3,
    missing: [1, 5],
  });
});
