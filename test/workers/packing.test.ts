// What goes into a packed buffer comes out of it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Packed, PackedQueue, unpack } from '../../source/workers/packing.ts';

const datagram = fc.record({
  at: fc.double({ noNaN: true, min: 0, max: 8.64e15 }),
  port: fc.nat(65_535),
  group: fc.nat(65_535),
  unicast: fc.boolean(),
  address: fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant('fe80::1%wlp0s20f3')),
  bytes: fc.oneof(
    { weight: 20, arbitrary: fc.uint8Array({ maxLength: 300 }) },
    { weight: 1, arbitrary: fc.nat(255).map((fill) => new Uint8Array(65_507).fill(fill)) },
  ),
});

function push(queue: PackedQueue, { bytes, address, port, group, at, unicast }: Packed): number {
  return queue.push(bytes, address, port, group, at, unicast);
}

/** Strings are much faster to compare than arrays. */
function readable(packed: Packed): object {
  return { ...packed, bytes: Buffer.from(packed.bytes).toString('latin1') };
}

test('pushes and takes in any order keep every datagram and their sequence', () => {
  const step = fc.oneof({ weight: 4, arbitrary: datagram }, { weight: 1, arbitrary: fc.nat(8) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const queue = new PackedQueue();
      const pushed: Packed[] = [];
      const out: Packed[] = [];
      for (const next of [...steps, 1_000]) {
        if (typeof next === 'object') {
          push(queue, next);
          pushed.push(next);
        } else {
          const waiting = pushed.slice(out.length);
          const { packed, items, firstAt } = queue.take(next, Number.POSITIVE_INFINITY);
          expect(items).toBe(Math.min(next, waiting.length));
          if (waiting.length > 0) expect(firstAt).toBe(waiting[0]!.at);
          out.push(...unpack(packed));
        }
        expect(queue.items).toBe(pushed.length - out.length);
        expect(queue.firstAt).toBe(pushed[out.length]?.at);
      }
      expect(out.map(readable)).toEqual(pushed.map(readable));
    }),
  );
});

test('a batch ends once it has the bytes asked for, and has at least one datagram', () => {
  const queue = new PackedQueue();
  const one = {
    at: 1,
    port: 2,
    group: 3,
    unicast: false,
    address: '127.0.0.1',
    bytes: new Uint8Array(1_000),
  };
  const sizes = [push(queue, one), push(queue, one), push(queue, one)];
  expect(queue.take(10, 1)).toMatchObject({ items: 1 });
  const { packed, items } = queue.take(10, sizes[0]! + 1);
  expect(items).toBe(2);
  expect(packed.byteLength).toBe(sizes[1]! + sizes[2]!);
});

test('the bytes are copied: the socket reuses its buffer', () => {
  const queue = new PackedQueue();
  const bytes = Uint8Array.of(1, 2, 3);
  queue.push(bytes, '127.0.0.1', 1, 0, 0, false);
  bytes.fill(9);
  expect([...unpack(queue.take(1, 1).packed)][0]!.bytes).toEqual(Uint8Array.of(1, 2, 3));
});
