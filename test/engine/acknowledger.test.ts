import { expect, test } from 'vitest';
import type { Kind, Received } from '../../source/core/event.ts';
import { Acknowledger } from '../../source/engine/acknowledger.ts';

const datagram = (kind: Kind, over: Partial<Received> = {}): Received => ({
  type: 'received',
  at: 0,
  group: '239.255.0.1:50000',
  address: '10.0.0.1',
  port: 5000,
  bytes: 3,
  kind,
  ...over,
});

test.each([
  ['chat', {}, true],
  ['text', {}, true],
  ['binary', {}, true],
  ['heartbeat', {}, false],
  ['bye', {}, false],
  ['ack', {}, false],
  ['malformed', {}, false],
  ['text', { unicast: true }, false],
  ['binary', { unknown: 'later' }, false],
] as const)('a datagram of kind %s %o is answered: %s', (kind, over, answered) => {
  expect(new Acknowledger().allows(datagram(kind, over), 0)).toBe(answered);
});

test('one address gets no more than a thousand answers a second, and the rest is counted', () => {
  const acks = new Acknowledger();
  let allowed = 0;
  for (let i = 0; i < 5000; i++) if (acks.allows(datagram('text'), 0)) allowed++;
  expect(allowed).toBe(1000);
  expect(acks.takeRefused()).toBe(4000);
  expect(acks.takeRefused()).toBe(0);
  for (let i = 0; i < 5000; i++) if (acks.allows(datagram('text'), 500)) allowed++;
  expect(allowed).toBe(1500);
});

test('another address is not made to wait, and a million forged ones do not fill the memory', () => {
  const acks = new Acknowledger();
  for (let i = 0; i < 2000; i++) acks.allows(datagram('text'), 0);
  expect(acks.allows(datagram('text', { address: '10.0.0.2' }), 0)).toBe(true);
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 1_000_000; i++) acks.allows(datagram('text', { address: `10.${i}` }), 0);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(50e6);
});
