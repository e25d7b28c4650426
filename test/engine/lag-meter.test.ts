import { expect, test } from 'vitest';
import { LagMeter } from '../../source/engine/lag-meter.ts';

const ticked = (...times: number[]): LagMeter => {
  const meter = new LagMeter(200);
  for (const at of times) meter.tick(at);
  return meter;
};

test('timers in time ask for no patience', () => {
  expect(ticked(0, 200, 400, 600)).toMatchObject({ lag: 0, patience: 1 });
});

test('a stall of half a heartbeat doubles the patience, and a long one is bounded', () => {
  expect(ticked(0, 700)).toMatchObject({ lag: 500, patience: 2 });
  expect(ticked(0, 60_200).patience).toBe(8);
});

test('a stall is remembered while its backlog is worked off, then forgotten', () => {
  const times = [0, 1200];
  while (times.at(-1)! < 6000) times.push(times.at(-1)! + 200);
  expect(ticked(...times).lag).toBe(1000);
  times.push(6200, 6400);
  expect(ticked(...times).lag).toBe(0);
});
