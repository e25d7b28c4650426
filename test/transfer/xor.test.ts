import fc from 'fast-check';
import { expect, test } from 'vitest';
import { xorInto } from '../../source/transfer/xor.ts';

const anyPair = fc.record({
  target: fc.uint8Array({ minLength: 0, maxLength: 200 }),
  source: fc.uint8Array({ minLength: 0, maxLength: 200 }),
  /** Where the bytes lie in memory: views of words must not mind. */
  shift: fc.tuple(fc.nat(7), fc.nat(7)),
});

function placed(bytes: Uint8Array, shift: number): Buffer {
  const room = new Uint8Array(bytes.length + 16);
  room.set(bytes, shift);
  return Buffer.from(room.buffer, shift, bytes.length);
}

test('each byte of the target is the XOR, wherever the bytes lie; a shorter source counts as zero-padded', () => {
  fc.assert(
    fc.property(anyPair, ({ target, source, shift }) => {
      const [long, short] = target.length >= source.length ? [target, source] : [source, target];
      const into = placed(long, shift[0]);
      xorInto(into, placed(short, shift[1]));
      expect([...into]).toEqual([...long].map((byte, at) => byte ^ (short[at] ?? 0)));
    }),
  );
});

test('nothing beside the target changes', () => {
  const room = Buffer.alloc(64, 0xee);
  xorInto(room.subarray(9, 41), Buffer.alloc(32, 0xff));
  expect(room.subarray(0, 9).every((byte) => byte === 0xee)).toBe(true);
  expect(room.subarray(9, 41).every((byte) => byte === 0x11)).toBe(true);
  expect(room.subarray(41).every((byte) => byte === 0xee)).toBe(true);
});
