import { expect, test } from 'vitest';
import { fold } from '../../source/core/fold.ts';
import { ringItems } from '../../source/core/ring.ts';
import { newState } from '../../source/core/state.ts';

/** Runs as `worker: from-to`, in the order in which they were done. */
function overlaps(runs: string[]): number[] {
  const state = newState();
  for (const run of runs) {
    const [worker = 0, from = 0, to = 0] = run.split(/[:-]/).map(Number);
    fold(state, { type: 'task', at: to, worker, items: 1, wait: 0, run: to - from });
  }
  return ringItems(state.activity).map(({ overlapped }) => overlapped);
}

test.each([
  { what: 'one after the other', runs: ['1:0-5', '2:5-10', '1:10-12'], told: [0, 0, 0] },
  { what: 'side by side', runs: ['1:0-5', '2:1-6', '3:2-7'], told: [0, 1, 2] },
  { what: 'a long run beside short ones', runs: ['2:1-2', '2:3-4', '1:0-9'], told: [0, 0, 1] },
  { what: 'one worker does not overlap itself', runs: ['1:0-5', '1:5-9'], told: [0, 0] },
])('$what', ({ runs, told }) => {
  expect(overlaps(runs)).toEqual(told);
});

test('a failed batch counts its items, own datagrams that came back count apart', () => {
  const state = newState();
  fold(state, { type: 'task', at: 10, worker: 1, items: 7, wait: 1, run: 2, failed: true });
  fold(state, { type: 'task', at: 20, worker: 1, items: 3, wait: 1, run: 2, looped: 3 });
  expect(state.totals).toMatchObject({ tasks: 2, failedItems: 7, looped: 3, received: 0 });
  expect(state.loopedAt).toBe(20);
  expect(state.workers.get(1)).toMatchObject({ tasks: 2, items: 10, busy: 4 });
});
