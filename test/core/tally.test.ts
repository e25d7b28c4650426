import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newState } from '../../source/core/state.ts';
import { lastMinute, tally } from '../../source/core/tally.ts';

test('a minute holds what came in each of its seconds, and no more seconds are kept', () => {
  const pauses = fc.array(fc.nat(3000), { minLength: 1, maxLength: 400 });
  fc.assert(
    fc.property(pauses, (pauses) => {
      const state = newState();
      const times: number[] = [];
      let at = 1_790_000_000_000;
      for (const pause of pauses) {
        at += pause;
        times.push(at);
        tally(state, at, 10, 'received');
      }
      const current = Math.floor(at / 1000);
      const minute = lastMinute(state, at);
      expect(minute.map(({ second }) => second)).toEqual(
        Array.from({ length: 60 }, (_, i) => current - 60 + i),
      );
      for (const { second, received, bytes } of minute) {
        const came = times.filter((time) => Math.floor(time / 1000) === second).length;
        expect([received, bytes]).toEqual([came, came * 10]);
      }
      expect(state.totals.received).toBe(pauses.length);
      expect(state.seconds.length).toBeLessThanOrEqual(61);
    }),
  );
});

test('what was stamped just before the second turned is not lost', () => {
  const state = newState();
  tally(state, 5000, 10, 'received');
  tally(state, 4999, 10, 'received');
  expect(lastMinute(state, 6000).at(-1)).toMatchObject({ second: 5, received: 2 });
});
