// What the session keeps of each datagram: its very bytes, in the lines that only the session gets.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { payloadLimit, type Received } from '../../source/core/event.ts';
import { readEvent } from '../../source/session/check.ts';
import { withPayloads } from '../../source/workers/payloads.ts';
import { events, now, start, warmUp } from './pools.ts';

const datagram = fc.oneof(
  fc.uint8Array({ maxLength: 300, size: 'max' }),
  fc.string({ unit: 'binary', maxLength: 200 }).map((text) => new TextEncoder().encode(text)),
  fc.constant(new Uint8Array(payloadLimit + 5).fill(0x7b)),
);

test('bytes of any kind come back as they were, up to the limit', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(datagram, fc.string({ unit: 'binary' })), { minLength: 1 }), (sent) => {
      const packed = new Uint8Array(Buffer.concat(sent.map(([bytes]) => bytes)));
      const ends = sent.map((_, i) => sent.slice(0, i + 1).reduce((sum, [{ length }]) => sum + length, 0));
      const views = sent.map(([{ length }], i) => packed.subarray(ends[i]! - length, ends[i]));
      const lines = sent.map(([, text]) => JSON.stringify({ text })).join(',\n');
      const block = new TextEncoder().encode(lines) as Uint8Array<ArrayBuffer>;

      const out = Buffer.from(withPayloads(block, views, packed.buffer)).toString();
      const read = JSON.parse(`[${out}]`) as { text: string; payload: string }[];
      expect(read).toEqual(
        sent.map(([bytes, text]) => ({
          text: JSON.parse(JSON.stringify(text)),
          payload: Buffer.from(bytes.subarray(0, payloadLimit)).toString('base64'),
        })),
      );
      expect(out.split(',\n').length).toBe(sent.length);
    }),
  );
});

test('a pool that is asked for payloads hands over both sorts of lines', async () => {
  const pool = start({ payloads: true });
  await warmUp(pool);
  const bytes = Uint8Array.from([0xff, 0, 0x22, 0x5c, 0x0a]);
  pool.pool.push(bytes, '127.0.0.1', 5000, 0, now(), false);
  await pool.pool.drain(10_000);
  const [result] = pool.results;
  expect(events(result!)[0]).not.toHaveProperty('payload');
  const line = Buffer.from(result!.kept!).toString();
  expect(readEvent(line)).toEqual({ ...events(result!)[0], payload: '/wAiXAo=' } satisfies Partial<Received>);
});

test('a pool that is not asked makes none', async () => {
  const pool = start();
  await warmUp(pool);
  pool.say('hello');
  await pool.pool.drain(10_000);
  expect(pool.results[0]!.kept).toBeUndefined();
});

test.each(['not base64!', 'AA"', 'A'.repeat(4 * Math.ceil(payloadLimit / 3) + 4)])(
  'an event of a file with %s for a payload is none',
  (payload) => {
    const line = { type: 'sent', at: 1, group: '239.255.0.1:50000', bytes: 3, kind: 'ack' };
    expect(readEvent(JSON.stringify(line))).toEqual(line);
    expect(readEvent(JSON.stringify({ ...line, payload }))).toBeUndefined();
  },
);
