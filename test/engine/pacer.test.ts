import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Pacer } from '../../source/engine/pacer.ts';

let sent: number[];
let pacer: Pacer;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  sent = [];
  pacer = new Pacer(() => sent.push(Date.now()), Date.now);
});

afterEach(() => {
  pacer.stop();
  vi.useRealTimers();
});

test('nothing goes out before somebody is there to take it', () => {
  pacer.changed();
  vi.advanceTimersByTime(5000);
  expect(sent).toEqual([]);
});

test('a viewer that takes each at once gets at most 15 a second, however much changes', () => {
  pacer = new Pacer(() => {
    sent.push(Date.now());
    pacer.taken();
  }, Date.now);
  pacer.taken();
  for (let ms = 0; ms < 3000; ms++) {
    pacer.changed();
    vi.advanceTimersByTime(1);
  }
  expect(sent.length).toBeGreaterThan(40);
  expect(sent.length).toBeLessThanOrEqual(46);
});

test('when nothing changes, one a second keeps ages and clocks going', () => {
  pacer = new Pacer(() => {
    sent.push(Date.now());
    pacer.taken();
  }, Date.now);
  pacer.taken();
  vi.advanceTimersByTime(3500);
  expect(sent).toEqual([0, 1000, 2000, 3000]);
});

test('a viewer that does not take its snapshot gets no second one', () => {
  pacer.taken();
  for (let i = 0; i < 10; i++) {
    pacer.changed();
    vi.advanceTimersByTime(500);
  }
  expect(sent).toHaveLength(1);
  pacer.taken();
  vi.advanceTimersByTime(100);
  expect(sent).toHaveLength(2);
});
