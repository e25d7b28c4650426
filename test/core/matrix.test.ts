import { expect, test } from 'vitest';
import type { HearingReport, Received } from '../../source/core/event.ts';
import { fold } from '../../source/core/fold.ts';
import { judgeHeard } from '../../source/core/judge.ts';
import { matrixOf } from '../../source/core/matrix.ts';
import { newState, type State } from '../../source/core/state.ts';

const idOf = (number: number): string => number.toString(16).padStart(16, '0');

function beat(state: State, number: number, seq: number, hears: HearingReport[] = [], group = 'a:1'): void {
  const event: Received = {
    type: 'received',
    at: 1000 * seq,
    group,
    address: '10.0.0.1',
    port: 4000,
    bytes: 100,
    kind: 'heartbeat',
    id: idOf(number),
    name: `n${String(number).padStart(3, '0')}`,
    seq,
    sentAt: 1000 * seq,
    every: 1000,
    hears,
  };
  fold(state, event);
  for (const verdict of judgeHeard(state, event)) fold(state, verdict);
}

const report = (number: number, got: number, lost: number): HearingReport => ({
  id: idOf(number),
  seq: got + lost,
  got,
  lost,
  duplicates: 0,
  jitter: 1.5,
  at: 0,
  held: 0,
});

test('rows hear, columns are heard; nothing is made up where nothing was reported', () => {
  const state = newState();
  state.self = { id: idOf(0), name: 'me', version: '' };
  beat(state, 1, 1, [report(0, 9, 1), report(2, 1, 3)]);
  beat(state, 2, 1);
  beat(state, 2, 3);
  const { nodes, cells, more } = matrixOf(state);
  expect(nodes.map(({ name }) => name)).toEqual(['me', 'n001', 'n002']);
  expect(cells.map((row) => row.map((cell) => cell?.lossRatio))).toEqual([
    [undefined, 0, 1 / 3],
    [0.1, undefined, 0.75],
    [undefined, undefined, undefined],
  ]);
  expect(more).toBe(0);
});

test('a node in two groups is one, and what fits no screen is counted', () => {
  const state = newState();
  for (let number = 1; number <= 40; number++) beat(state, number, 1);
  beat(state, 1, 1, [], 'b:1');
  const { nodes, cells, more } = matrixOf(state);
  expect(nodes).toHaveLength(32);
  expect(cells).toHaveLength(32);
  expect(more).toBe(40 - 31);
});
