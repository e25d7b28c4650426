import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  blockSizeFor,
  farthestMixed,
  headerBytes,
  idBytesOf,
  longestRun,
  mostMixed,
  newDatagram,
  readDatagram,
  repairKind,
  runKind,
  type Shape,
  writeRepair,
  writeRun,
} from '../../source/transfer/block-datagram.ts';

const shape: Shape = { token: 0xdead_beef, blocks: 1000, blockSize: 100, total: 99_942 };
const token = shape.token;

function run(first: number, count: number): Buffer {
  const end = Math.min(shape.total, (first + count) * shape.blockSize);
  const bytes = Buffer.alloc(headerBytes + end - first * shape.blockSize, 7);
  expect(writeRun(bytes, token, 5, first)).toBe(headerBytes);
  return bytes;
}

function repair(ids: number[], blockSize = shape.blockSize): Buffer {
  const bytes = Buffer.alloc(headerBytes + idBytesOf(ids.length) + blockSize, 7);
  expect(writeRepair(bytes, token, 6, Uint32Array.from(ids), ids.length)).toBe(bytes.length - blockSize);
  return bytes;
}

test('a run is read as it was written; the last block is shorter', () => {
  fc.assert(
    fc.property(fc.nat(999), fc.integer({ min: 1, max: 20 }), (first, most) => {
      const count = Math.min(most, shape.blocks - first);
      const found = newDatagram();
      expect(readDatagram(run(first, count), shape, found)).toBeUndefined();
      expect(found).toMatchObject({ kind: runKind, number: 5, first, count, offset: headerBytes });
    }),
  );
});

test('a repair is read as it was written', () => {
  const anyIds = fc.uniqueArray(fc.nat(999), { minLength: 1, maxLength: mostMixed });
  fc.assert(
    fc.property(anyIds, (some) => {
      const ids = some.sort((a, b) => a - b);
      const found = newDatagram();
      expect(readDatagram(repair(ids), shape, found)).toBeUndefined();
      expect(found).toMatchObject({ kind: repairKind, number: 6, count: ids.length });
      expect([...found.ids.subarray(0, found.count)]).toEqual(ids);
      expect(found.offset % 4).toBe(0);
    }),
  );
});

test('ids may be as far apart as two bytes can say', () => {
  const wide = { ...shape, blocks: 2 ** 28, total: 2 ** 28 * shape.blockSize };
  const ids = [wide.blocks - 1 - 2 * farthestMixed, wide.blocks - 1 - farthestMixed, wide.blocks - 1];
  const found = newDatagram();
  expect(readDatagram(repair(ids), wide, found)).toBeUndefined();
  expect([...found.ids.subarray(0, 3)]).toEqual(ids);
});

test('a frame of the network holds any repair', () => {
  for (const [mtu, ipv6, size] of [
    [1500, false, 1408],
    [1500, true, 1384],
    [9000, false, 8904],
  ] as const) {
    expect(blockSizeFor(mtu, ipv6)).toBe(size);
    expect(headerBytes + idBytesOf(mostMixed) + size + 8 + (ipv6 ? 40 : 20)).toBeLessThanOrEqual(mtu);
  }
  expect(longestRun(1408)).toBe(20);
  expect(longestRun(60_000)).toBe(1);
});

/** Bytes that are no datagram of the transfer, and why. */
const refused: [string, Buffer, string][] = [
  ['nothing', Buffer.alloc(0), 'short'],
  ['a header alone', run(0, 1).subarray(0, headerBytes), 'short'],
  ['another format', changed(run(0, 1), 0, 0), 'not-ours'],
  ['another transfer', changed(run(0, 1), 4, 1), 'token'],
  ['number 0', changed(run(0, 1), 8, 0), 'number'],
  ['an unknown kind', changed(run(0, 1), 12, 0x3000_0000), 'kind'],
  ['a run beyond the end', changed(run(0, 2), 12, 0x1000_03e7), 'blocks'],
  ['a first block that does not exist', changed(run(0, 1), 12, 0x1fff_ffff), 'blocks'],
  ['half a block', run(0, 2).subarray(0, -50), 'length'],
  ['a last block that is too long', changed(run(0, 1), 12, 0x1000_03e7), 'length'],
  ['a repair of no block', changed(repair([3]), 12, 0x2000_0000), 'blocks'],
  ['a repair of too many', changed(repair([3]), 12, 0x2000_0018), 'blocks'],
  ['a repair with half its block', repair([3]).subarray(0, -50), 'length'],
  ['a block mixed with itself', changed(repair([3, 4]), 20, 0), 'blocks'],
  ['a mixed block that does not exist', changed(repair([3, 4]), 16, 999), 'blocks'],
];

test.each(refused)('%s is refused', (_, bytes, reason) => {
  expect(readDatagram(bytes, shape, newDatagram())).toBe(reason);
});

test('no bytes make it throw, or yield a block that does not exist', () => {
  const anyBytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.tuple(fc.nat(2 ** 32 - 1), fc.uint8Array({ maxLength: 300 })).map(([word, rest]) => {
      const bytes = Buffer.concat([run(0, 1).subarray(0, headerBytes), rest]);
      return changed(bytes, 12, word);
    }),
  );
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const found = newDatagram();
      if (readDatagram(Buffer.from(bytes), shape, found)) return;
      const last = found.kind === runKind ? found.first + found.count - 1 : found.ids[found.count - 1]!;
      expect(last).toBeLessThan(shape.blocks);
    }),
    { numRuns: 2000 },
  );
});

test('an empty share has no datagrams', () => {
  const empty = { token, blocks: 0, blockSize: 100, total: 0 };
  expect(readDatagram(run(0, 1), empty, newDatagram())).toBe('blocks');
  expect(readDatagram(repair([0]), empty, newDatagram())).toBe('blocks');
});

function changed(bytes: Buffer, at: number, word: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32BE(word, at);
  return copy;
}
