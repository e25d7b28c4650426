import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newJitter, observeJitter } from '../../source/core/jitter.ts';

/** RFC 3550 §6.4.1 to the letter: J += (|D| − J) / 16, D of each pair in order of arrival. */
function byTheBook(packets: { arrived: number; sent: number }[]): number {
  let value = 0;
  packets.forEach((now, i) => {
    const before = packets[i - 1];
    if (!before) return;
    const difference = now.arrived - before.arrived - (now.sent - before.sent);
    value += (Math.abs(difference) - value) / 16;
  });
  return value;
}

const packets = fc.array(
  fc.record({ sent: fc.integer({ min: 0, max: 100_000 }), delay: fc.integer({ min: 0, max: 4000 }) }),
  { maxLength: 50 },
);

test('is RFC 3550 to the letter, wherever the sender has its clock', () => {
  fc.assert(
    fc.property(packets, fc.integer({ min: -1e12, max: 1e12 }), (list, skew) => {
      const jitter = newJitter();
      for (const { sent, delay } of list) observeJitter(jitter, sent + delay, sent + skew);
      const plain = list.map(({ sent, delay }) => ({ arrived: sent + delay, sent }));
      expect(jitter.value).toBeCloseTo(byTheBook(plain), 6);
    }),
  );
});

test('never exceeds the largest change of delay, and fades where there is none', () => {
  fc.assert(
    fc.property(packets, (list) => {
      const jitter = newJitter();
      for (const { sent, delay } of list) observeJitter(jitter, sent + delay, sent);
      expect(jitter.value).toBeGreaterThanOrEqual(0);
      expect(jitter.value).toBeLessThanOrEqual(4000);
      const before = jitter.value;
      const last = list.at(-1);
      if (!last) return;
      observeJitter(jitter, last.delay, 0);
      expect(jitter.value).toBeCloseTo((before * 15) / 16, 9);
    }),
  );
});

test('clocks of 1970 and of the last date leave it a number', () => {
  const jitter = newJitter();
  for (const sent of [0, 8.64e15, 1, 8.64e15, 0]) observeJitter(jitter, 1.79e12, sent);
  expect(jitter.value).toBe(0);
});
