// What we say fits its datagram and is understood as it was meant.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encode, type Heartbeat, messageLimit, reportsThatFit } from '../../source/core/message.ts';
import { decode } from '../../source/core/wire.ts';
import { anyHeartbeat, anyMessage } from './messages.ts';

const id = '9f2c61d07ab34e15';
const bytesOf = (text: string) => new TextEncoder().encode(text);

test('what is encoded is decoded to the same', () => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      const { at, ...rest } = message;
      const expected = { ...rest, sentAt: at };
      if (message.kind === 'heartbeat') {
        Object.assign(expected, { hears: message.hears.slice(0, reportsThatFit(message)) });
      }
      expect(decode(bytesOf(encode(message)))).toEqual(expected);
    }),
  );
});

test('a heartbeat carries as many reports as fit, and not one fewer', () => {
  fc.assert(
    fc.property(anyHeartbeat, (message) => {
      const fit = reportsThatFit(message);
      expect(bytesOf(encode(message)).length).toBeLessThanOrEqual(messageLimit);
      if (fit < message.hears.length) {
        const one = JSON.stringify({
          ...message.hears[fit]!,
          duplicates: undefined,
          dup: message.hears[fit]!.duplicates,
        });
        expect(bytesOf(encode(message)).length + one.length + 1).toBeGreaterThan(messageLimit);
      }
    }),
  );
  const usual = {
    id,
    seq: 123_456,
    got: 120_000,
    lost: 12,
    duplicates: 3,
    jitter: 1.234,
    at: 1_790_000_000_123.4,
    held: 345.678,
  };
  const message: Heartbeat = {
    kind: 'heartbeat',
    id,
    name: 'ana',
    seq: 9,
    at: 1,
    ttl: 1,
    every: 1_000,
    up: 1,
    hears: Array(64).fill(usual),
  };
  expect(reportsThatFit(message)).toBe(8);
});

test('a chat that does not fit is refused with its size', () => {
  const message = { kind: 'chat', id, name: 'ana', seq: 1, at: 0, ttl: 1 } as const;
  const room = messageLimit - bytesOf(encode({ ...message, text: '' })).length;
  expect(decode(bytesOf(encode({ ...message, text: 'x'.repeat(room) }))).kind).toBe('chat');
  expect(() => encode({ ...message, text: 'x'.repeat(room + 1) })).toThrow(
    expect.objectContaining({ code: 'too-long', facts: { bytes: messageLimit + 1, limit: messageLimit } }),
  );
  expect(() => encode({ ...message, text: 'ñ'.repeat(room) })).toThrow(
    expect.objectContaining({ facts: { bytes: messageLimit + room, limit: messageLimit } }),
  );
});

test('the title of a share is cut to what fits, whatever it is made of', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (title) => {
      const offer = {
        share: id,
        title: `t${title}`,
        files: 1,
        bytes: 5,
        control: 1,
        mode: 'multicast',
      } as const;
      const line = encode({ kind: 'share', id, name: 'ana', seq: 1, at: 0, ttl: 1, offer });
      expect(bytesOf(line).length).toBeLessThanOrEqual(messageLimit);
      expect(decode(bytesOf(line))).toMatchObject({ kind: 'share', offer: { share: id, bytes: 5 } });
    }),
  );
  const families = '👩‍👩‍👧‍👦'.repeat(200);
  const offer = { share: id, title: families, files: 1, bytes: 5, control: 1, mode: 'unicast' } as const;
  const { offer: heard } = decode(
    bytesOf(encode({ kind: 'share', id, name: 'a', seq: 1, at: 0, ttl: 1, offer })),
  );
  expect(heard?.title).toMatch(/^(👩‍👩‍👧‍👦){20,}.*…$/u);
});
