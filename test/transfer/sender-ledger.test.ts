import { expect, test } from 'vitest';
import type { Report } from '../../source/transfer/report.ts';
import { mostReceivers, SenderLedger } from '../../source/transfer/sender-ledger.ts';

const blank: Report = {
  ...{ number: 0, heard: 0, at: 0, received: 0, bytes: 0, lost: 0, drops: 0 },
  ...{ upto: 0, missing: [], repaired: [] },
};

/** A ledger whose sender has sent `sent` blocks, one a datagram, to so many receivers. */
function ledgerOf(blocks: number, sent: number, receivers: number): SenderLedger {
  const ledger = new SenderLedger(blocks);
  for (let slot = 0; slot < receivers; slot++) expect(ledger.join()).toBe(slot);
  for (let block = 0; block < sent; block++) ledger.sentRun(block + 1, block, 1);
  return ledger;
}

function lacking(ledger: SenderLedger, slot: number): number[] {
  return Array.from({ length: ledger.blocks }, (_, block) => block).filter((block) =>
    ledger.lacks(slot, block),
  );
}

test('reports say who lacks what, and how far each is', () => {
  const ledger = ledgerOf(20, 10, 2);
  const first = { number: 10, received: 7, bytes: 700, lost: 3, drops: 1, upto: 10, missing: [2, 4, 9, 10] };
  expect(ledger.report(1, { ...blank, ...first })).toBeUndefined();
  expect(lacking(ledger, 1)).toEqual([2, 3, 9, ...Array.from({ length: 10 }, (_, at) => 10 + at)]);
  expect(ledger.progress(1)).toMatchObject({
    number: 10,
    upto: 10,
    missing: 3,
    lost: 3,
    drops: 1,
    known: true,
  });
  expect([ledger.had(0), ledger.had(1)]).toEqual([0, 7]);

  ledger.sentRun(11, 10, 10);
  const second = {
    number: 11,
    received: 8,
    bytes: 800,
    lost: 3,
    drops: 1,
    upto: 20,
    repaired: [3, 4, 9, 10],
  };
  expect(ledger.report(1, { ...blank, ...second })).toBeUndefined();
  expect(lacking(ledger, 1)).toEqual([2]);
  expect(ledger.progress(1)).toMatchObject({ missing: 1, repaired: 2 });
  expect(ledger.complete).toBe(false);
  ledger.setActive(0, false);
  expect(ledger.report(1, { ...blank, ...second, repaired: [2, 3] })).toBeUndefined();
  expect(ledger.complete).toBe(true);
});

/** Reports that contradict what was sent, or the report before, which was of 5 datagrams, block 1 missing. */
const contradictions: [string, Partial<Report>, string][] = [
  ['a datagram that was not sent', { number: 11 }, 'number'],
  ['a number before the last one', { number: 4 }, 'number'],
  ['less than before', { upto: 4 }, 'upto'],
  ['more blocks than there are', { upto: 21 }, 'upto'],
  ['what it had is missing', { missing: [4, 6] }, 'missing'],
  ['something missing beyond its end', { missing: [9, 11] }, 'missing'],
  ['something repaired that was not known yet', { repaired: [1, 6] }, 'repaired'],
  ['fewer datagrams than before', { received: 3 }, 'totals'],
  ['more datagrams than were sent', { received: 9 }, 'totals'],
];

test.each(contradictions)('%s is refused, and changes nothing', (_, change, reason) => {
  const ledger = ledgerOf(20, 10, 1);
  const before = { ...blank, number: 5, received: 4, lost: 1, upto: 5, missing: [1, 2] };
  expect(ledger.report(0, before)).toBeUndefined();
  const progress = { ...ledger.progress(0) };
  const next = { ...blank, number: 10, received: 8, lost: 2, upto: 10, missing: [7, 8] };
  expect(ledger.report(0, { ...next, ...change })).toBe(reason);
  expect(ledger.progress(0)).toEqual(progress);
  expect(lacking(ledger, 0)).toEqual([1, ...Array.from({ length: 15 }, (_, at) => 5 + at)]);
  expect(ledger.report(0, next)).toBeUndefined();
  expect(ledger.report(3, next)).toBe('no-such-receiver');
});

test('there is room for 64; who leaves makes room, and takes along what only it lacked', () => {
  const ledger = ledgerOf(10, 10, mostReceivers);
  expect(ledger.join()).toBe(-1);
  for (const [slot, missing] of [
    [3, [1, 3]],
    [63, [2, 4]],
    [32, [9, 10]],
  ] as const) {
    expect(ledger.report(slot, { ...blank, number: 10, upto: 10, missing: [...missing] })).toBeUndefined();
  }
  expect([1, 2, 3, 9].map((block) => [ledger.low(block), ledger.high(block) >>> 0])).toEqual([
    [8, 0],
    [8, 2 ** 31],
    [0, 2 ** 31],
    [0, 1],
  ]);
  ledger.leave(63);
  expect([...Array(10).keys()].filter((block) => ledger.wanted.has(block))).toEqual([1, 2, 9]);
  expect(ledger.join()).toBe(63);
  expect(lacking(ledger, 63)).toHaveLength(10);
});

test('blocks are sent in order; what everybody has from before is left out', () => {
  const ledger = ledgerOf(100, 0, 2);
  expect(ledger.next(10)).toEqual({ first: 0, count: 10 });
  expect(ledger.report(0, { ...blank, upto: 100, missing: [20, 30, 50, 90] })).toBeUndefined();
  expect(ledger.next(10)).toEqual({ first: 0, count: 10 });
  expect(ledger.report(1, { ...blank, upto: 95, missing: [28, 40] })).toBeUndefined();
  const sent: number[][] = [];
  for (let number = 1; ; number++) {
    const run = ledger.next(15);
    if (!run) break;
    sent.push([run.first, run.count]);
    ledger.sentRun(number, run.first, run.count);
  }
  expect(sent).toEqual([
    [20, 15],
    [35, 5],
    [50, 15],
    [65, 15],
    [80, 10],
    [95, 5],
  ]);
  expect(ledger.front).toBe(100);
});

test('what one receiver lacks can be sent to it alone', () => {
  const ledger = ledgerOf(100, 60, 2);
  ledger.report(0, { ...blank, number: 60, upto: 50, missing: [5, 9] });
  ledger.report(1, { ...blank, number: 60, upto: 60, missing: [0, 7, 55, 60] });
  expect(ledger.nextOf(0, 0, 10)).toEqual({ first: 5, count: 4 });
  expect(ledger.nextOf(0, 9, 10)).toBeUndefined();
  expect(ledger.nextOf(1, 3, 2)).toEqual({ first: 3, count: 2 });
  expect(ledger.nextOf(1, 7, 10)).toEqual({ first: 55, count: 5 });
  expect(ledger.nextOf(9, 0, 10)).toBeUndefined();
});

test('an empty share is complete at once', () => {
  const ledger = ledgerOf(0, 0, 1);
  expect(ledger.complete).toBe(true);
  expect(ledger.next(10)).toBeUndefined();
});
