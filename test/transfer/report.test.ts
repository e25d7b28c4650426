import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameReader, frame } from '../../source/transfer/frames.ts';
import {
  decodeReport,
  encodeReport,
  mostRanges,
  mostReportBytes,
  type Report,
} from '../../source/transfer/report.ts';

const blocks = 2 ** 28;
const anyCount = fc.oneof(fc.nat(300), fc.maxSafeNat());

/** Ascending ranges that do not touch, from pairs of distance and length. */
const anyRanges = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 1, max: 9000 })), { maxLength: 100 })
  .map((pairs) => {
    let at = -1;
    return pairs.flatMap(([gap, length]) => {
      const from = at + gap;
      at = from + length;
      return [from, at];
    });
  });

const anyReport: fc.Arbitrary<Report> = fc.record({
  number: anyCount,
  heard: anyCount,
  at: anyCount,
  received: anyCount,
  bytes: anyCount,
  lost: anyCount,
  drops: anyCount,
  upto: fc.nat(blocks),
  missing: anyRanges,
  repaired: anyRanges,
});

test('a report is read as it was written', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      expect(decodeReport(encodeReport(report), blocks)).toEqual(report);
    }),
  );
});

test('an ordinary report takes few bytes', () => {
  const missing = Array.from({ length: 10 }, (_, at) => [3_000_000 + at * 20, 3_000_001 + at * 20]).flat();
  const report = {
    number: 3e6,
    heard: 3e6,
    at: 4e7,
    received: 3e6,
    bytes: 4e9,
    lost: 1e5,
    drops: 0,
    upto: 3_000_200,
  };
  expect(encodeReport({ ...report, missing, repaired: missing }).length).toBeLessThan(90);
});

test('no bytes make the reader throw', () => {
  const anyDamage = fc.tuple(anyReport, fc.nat(), fc.nat(255), fc.nat()).map(([report, at, byte, end]) => {
    const bytes = encodeReport(report);
    bytes[at % bytes.length] = byte;
    return bytes.subarray(0, bytes.length - (end % 3));
  });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), anyDamage), (bytes) => {
      const report = decodeReport(Buffer.from(bytes), 5000);
      if (report) expect(Math.max(0, ...report.missing, ...report.repaired)).toBeLessThanOrEqual(5000);
    }),
    { numRuns: 2000 },
  );
});

const valid = encodeReport({
  ...{ number: 9, heard: 9, at: 1, received: 9, bytes: 900, lost: 0, drops: 0, upto: 10 },
  ...{ missing: [2, 4], repaired: [] },
});

test.each<[string, number[]]>([
  ['cut off', [...valid.subarray(0, -1)]],
  ['with more behind', [...valid, 0]],
  ['a number of more than 53 bits', [255, 255, 255, 255, 255, 255, 255, 127, ...valid.subarray(1)]],
  ['a number without end', Array<number>(40).fill(255)],
  ['an empty range', [...valid.subarray(0, -2), 0, 0]],
  ['a range beyond the last block', [...valid.subarray(0, -2), 99, 0]],
  ['ranges without end', [...valid.subarray(0, -4), 255, 255, 3]],
])('a report %s is refused', (_, bytes) => {
  expect(decodeReport(valid, 20)).toBeDefined();
  expect(decodeReport(Buffer.from(bytes), 20)).toBeUndefined();
});

test('a report beyond the blocks of the stream is refused', () => {
  expect(decodeReport(valid, 10)).toBeDefined();
  expect(decodeReport(valid, 9)).toBeUndefined();
});

test('the longest report fits the bound of its frame', () => {
  const ranges = Array.from({ length: mostRanges }, (_, at) => [
    at * 60_000 + 1,
    at * 60_000 + 59_999,
  ]).flat();
  const most = Number.MAX_SAFE_INTEGER;
  const numbers = {
    number: most,
    heard: most,
    at: most,
    received: most,
    bytes: most,
    lost: most,
    drops: most,
  };
  const bytes = encodeReport({ ...numbers, upto: blocks, missing: ranges, repaired: ranges });
  expect(bytes.length).toBeLessThan(mostReportBytes);
  expect(decodeReport(bytes, blocks)).toBeDefined();
});

test('frames come out whole, wherever TCP cuts', () => {
  const anyFrames = fc.array(fc.tuple(fc.nat(255), fc.uint8Array({ maxLength: 60 })), { maxLength: 12 });
  fc.assert(
    fc.property(anyFrames, fc.array(fc.integer({ min: 1, max: 30 })), (frames, cuts) => {
      let rest = Buffer.concat(frames.map(([kind, body]) => frame(kind, body)));
      const reader = new FrameReader(100);
      const found: [number, number[]][] = [];
      for (const cut of [...cuts, rest.length]) {
        for (const { kind, body } of reader.push(rest.subarray(0, cut))) found.push([kind, [...body]]);
        rest = rest.subarray(cut);
      }
      expect(found).toEqual(frames.map(([kind, body]) => [kind, [...body]]));
      expect(reader.broken).toBe(false);
    }),
  );
});

test.each([
  ['zero', 0],
  ['too large', 101],
  ['absurd', 0xffff_ffff],
])('a length that is %s ends the stream, whatever follows', (_, length) => {
  const reader = new FrameReader(100);
  const bad = Buffer.alloc(4);
  bad.writeUInt32BE(length);
  expect(reader.push(Buffer.concat([frame(1, Buffer.from('ok')), bad]))).toHaveLength(1);
  expect(reader.broken).toBe(true);
  expect(reader.push(frame(1, Buffer.from('never')))).toEqual([]);
});
