import { describe, expect, test } from 'vitest';
import { RateModel } from '../../source/transfer/rate-model.ts';
import { SentLog } from '../../source/transfer/sent-log.ts';
import { type LinkSetting, type Outcome, play } from './link.ts';

const mbit = 125_000;
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** Of the seconds from and until. */
const over = (values: number[], from: number, until: number) => mean(values.slice(from * 10, until * 10));

const hundred = { rate: 100 * mbit, queue: 250_000, delay: 0.1 };
const twenty = { rate: 20 * mbit, queue: 50_000, delay: 20 };

/** Links that are ours alone. */
const links: [string, LinkSetting, { found: number; used: number; spilt: number }][] = [
  ['100 Mbit/s', { ...hundred, seconds: 8 }, { found: 0.95, used: 0.95, spilt: 0.005 }],
  [
    '100 Mbit/s, 10 ms away',
    { ...hundred, delay: 10, seconds: 8 },
    { found: 0.95, used: 0.95, spilt: 0.005 },
  ],
  ['20 Mbit/s, 20 ms away', { ...twenty, seconds: 12 }, { found: 0.9, used: 0.95, spilt: 0.005 }],
  ['20 Mbit/s, 40 ms away', { ...twenty, delay: 40, seconds: 12 }, { found: 0.85, used: 0.95, spilt: 0.01 }],
  [
    '5 Mbit/s',
    { ...twenty, rate: 5 * mbit, queue: 20_000, seconds: 12 },
    { found: 0.85, used: 0.95, spilt: 0.02 },
  ],
  ['1 Gbit/s', { ...hundred, rate: 1000 * mbit, seconds: 4 }, { found: 0.85, used: 0.95, spilt: 0.02 }],
  [
    '5 % lost',
    { ...hundred, loss: 0.05, receivers: 5, seconds: 10 },
    { found: 0.95, used: 0.92, spilt: 0.01 },
  ],
  [
    '20 % lost',
    { ...hundred, loss: 0.2, receivers: 3, seconds: 10 },
    { found: 0.9, used: 0.92, spilt: 0.01 },
  ],
  [
    '20 % lost, 20 ms away',
    { ...hundred, delay: 20, loss: 0.2, receivers: 3, seconds: 10 },
    { found: 0.9, used: 0.92, spilt: 0.01 },
  ],
];

describe('a link is found within a second, filled, and hardly overfilled', () => {
  test.each(links)('%s', (_, setting, { found, used, spilt }) => {
    const outcome = play(setting);
    expect(over(outcome.ours, 0, 1)).toBeGreaterThan(found);
    expect(over(outcome.ours, 1, setting.seconds)).toBeGreaterThan(used);
    expect(over(outcome.dropped, 1, setting.seconds)).toBeLessThan(spilt);
  });
});

describe('a TCP flow beside it keeps at least a third', () => {
  test.each<[string, LinkSetting]>([
    ['on 100 Mbit/s, where it comes later', { ...hundred, seconds: 25, tcp: { from: 5, until: 25 } }],
    ['on 100 Mbit/s, where it was first', { ...hundred, seconds: 20, tcp: { from: 0, until: 20 } }],
    ['on 20 Mbit/s', { ...twenty, seconds: 45, tcp: { from: 5, until: 45 } }],
    [
      'on 20 Mbit/s with a long queue',
      { ...twenty, queue: 125_000, seconds: 45, tcp: { from: 5, until: 45 } },
    ],
  ])('%s', (_, setting) => {
    const { tcp, ours }: Outcome = play(setting);
    const from = setting.tcp!.from + 2;
    expect(over(tcp, from, setting.seconds)).toBeGreaterThan(1 / 3);
    expect(over(ours, from, setting.seconds)).toBeGreaterThan(1 / 3);
  });

  test('and when it is gone, all is used again within ten seconds', () => {
    const { ours } = play({ ...hundred, seconds: 30, tcp: { from: 3, until: 15 } });
    expect(over(ours, 25, 30)).toBeGreaterThan(0.95);
  });
});

describe('a link that changes', () => {
  test('is followed down at once', () => {
    const { ours, dropped } = play({ ...hundred, seconds: 15, change: { at: 5, rate: 30 * mbit } });
    expect(over(ours, 6, 15)).toBeGreaterThan(0.95);
    expect(over(dropped, 6, 15)).toBeLessThan(0.02);
  });

  test('is followed up within seconds', () => {
    const { ours } = play({ ...hundred, rate: 30 * mbit, seconds: 20, change: { at: 5, rate: 100 * mbit } });
    expect(over(ours, 15, 20)).toBeGreaterThan(0.95);
  });
});

describe('where no link but the machines are the limit, the rate is none', () => {
  test.each([
    ['one receiver', { intake: 60e6 }],
    ['ten that lose 5 %', { intake: 15e6, loss: 0.05, receivers: 10 }],
    ['two that lose 20 %', { intake: 100e6, loss: 0.2, receivers: 2 }],
  ])('%s', (_, limits) => {
    const wide = { rate: 1250e6, queue: 1e7, delay: 0.05, seconds: 3 };
    const { ours, dropped, model } = play({ ...wide, ...limits });
    const passed = 1 - ((limits as LinkSetting).loss ?? 0);
    // Bytes on the wire that are lost take nothing in.
    expect(over(ours, 1, 3) * wide.rate * passed).toBeGreaterThan(limits.intake * 0.95);
    expect(mean(dropped)).toBe(0);
    expect(model.rate).toBeGreaterThan(limits.intake);
  });
});

test('the window never exceeds the smallest socket buffer, nor the rate its cap', () => {
  const log = new SentLog();
  const model = new RateModel(log, { room: 100_000, cap: 1e6 });
  model.join(0);
  expect(model.window).toBe(100_000);
  expect(model.rate).toBe(1e6);
  model.setRoom(70_000);
  expect(model.window).toBe(70_000);
});

test('what is under way counts to the receiver farthest behind, and to nobody who left', () => {
  const log = new SentLog();
  const model = new RateModel(log, { room: 1e6 });
  model.join(0);
  model.join(1);
  for (let number = 1; number <= 10; number++) log.sent(number, 1000, 1, number);
  const heard = (number: number) => ({
    number,
    heard: number,
    at: 0,
    received: number,
    bytes: 0,
    lost: 0,
    drops: 0,
  });
  model.report(0, heard(8), 20);
  model.report(1, heard(3), 20);
  expect(model.inFlight).toBe(7000);
  model.leave(1);
  expect(model.inFlight).toBe(2000);
  model.join(2);
  model.report(2, heard(0), 21);
  expect(model.inFlight).toBe(2000);
});

test('less is under way after a receiver had to drop', () => {
  const log = new SentLog();
  const model = new RateModel(log, { room: 200_000 });
  model.join(0);
  for (let number = 1; number <= 200; number++) log.sent(number, 1000, 1, number);
  const heard = { heard: 1, at: 0, received: 1, bytes: 1000, lost: 0, drops: 0 };
  model.report(0, { number: 1, ...heard }, 10);
  model.report(
    0,
    { number: 200, heard: 200, at: 200_000, received: 150, bytes: 150_000, lost: 50, drops: 50 },
    210,
  );
  expect(model.window).toBeLessThan(200_000);
  expect(model.phase).toBe('finding');
});
