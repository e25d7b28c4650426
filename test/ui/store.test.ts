import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Command, Feed } from '../../source/core/feed.ts';
import type { Snapshot } from '../../source/core/snapshot.ts';
import { activityKept, chatKept, openStore } from '../../source/ui/store.ts';
import { activityOf, chatOf, peerOf, snapshotOf } from './support/scenario.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function open(fps?: number) {
  let listener: (snapshot: Snapshot) => void = () => {};
  const feed: Feed = {
    subscribe: (on) => {
      listener = on;
      return () => {
        listener = () => {};
      };
    },
    send: (_: Command) => {},
    close: async () => {},
    ended: new Promise(() => {}),
  };
  const store = openStore(feed, fps === undefined ? {} : { fps });
  let frames = 0;
  store.subscribe(() => frames++);
  return { store, tell: (part: Partial<Snapshot>) => listener(snapshotOf(part)), frames: () => frames };
}
const numbers = (lines: { length: number; at(i: number): { n: number } | undefined }) =>
  Array.from({ length: lines.length }, (_, i) => lines.at(i)!.n);

test('snapshots are differences: rows change, come and go; lines add up', () => {
  const { store, tell } = open();
  const [ana, beto] = [peerOf('ana'), peerOf('beto')];
  tell({ fresh: true, peers: [ana, beto], chat: [chatOf('ana', 'one', { n: 0 })] });
  tell({
    peers: [{ ...ana, received: 700 }],
    chat: [chatOf('ana', 'two', { n: 1 })],
    activity: [activityOf(0)],
  });
  tell({ removed: [beto.key], deliveries: [{ n: 1, delivered: 1, of: 1, acks: 0 }] });
  vi.advanceTimersByTime(1000);
  const model = store.getSnapshot();
  expect(model.peers.map(({ name, received }) => [name, received])).toEqual([['ana', 700]]);
  expect(numbers(model.chat)).toEqual([0, 1]);
  expect(numbers(model.activity)).toEqual([0]);
  expect(model.deliveries.get(1)).toMatchObject({ delivered: 1 });
});

test('a fresh snapshot forgets what was told before', () => {
  const { store, tell } = open();
  tell({
    fresh: true,
    peers: [peerOf('ana')],
    chat: [chatOf('ana', 'one', { n: 0 })],
    activity: [activityOf(0)],
  });
  vi.advanceTimersByTime(1000);
  const { epoch } = store.getSnapshot();
  tell({ fresh: true, peers: [peerOf('beto')] });
  vi.advanceTimersByTime(1000);
  const model = store.getSnapshot();
  expect(model.peers.map(({ name }) => name)).toEqual(['beto']);
  expect([model.chat.length, model.activity.length]).toEqual([0, 0]);
  expect(model.epoch).toBeGreaterThan(epoch);
});

test('the model is the same object until the next frame', () => {
  const { store, tell } = open();
  tell({ fresh: true, peers: [peerOf('ana')] });
  const before = store.getSnapshot();
  tell({ peers: [peerOf('ana', { received: 700 })] });
  expect(store.getSnapshot()).toBe(before);
  vi.advanceTimersByTime(1000);
  expect(store.getSnapshot().peers[0]?.received).toBe(700);
});

test('a chat line is shown within 50 ms', () => {
  const { store, tell } = open();
  tell({ fresh: true });
  tell({ chat: [chatOf('ana', 'hello', { n: 0 })] });
  vi.advanceTimersByTime(50);
  expect(store.getSnapshot().chat.at(0)?.text).toBe('hello');
});

test('a peer that turns suspect is shown within 50 ms', () => {
  const { store, tell } = open();
  tell({ fresh: true, peers: [peerOf('ana')] });
  tell({ peers: [peerOf('ana', { state: 'suspect' })] });
  vi.advanceTimersByTime(50);
  expect(store.getSnapshot().peers[0]?.state).toBe('suspect');
});

test('a group that only beats is drawn twice a second', () => {
  const { tell, frames } = open();
  tell({ fresh: true, peers: [peerOf('ana')] });
  const before = frames();
  for (let i = 0; i < 150; i++) {
    tell({ peers: [peerOf('ana', { received: i })], activity: [activityOf(i)] });
    vi.advanceTimersByTime(1000 / 15);
  }
  expect(frames() - before).toBeGreaterThanOrEqual(18);
  expect(frames() - before).toBeLessThanOrEqual(21);
});

test.each([
  [undefined, 10],
  [5, 5],
])('traffic is drawn at no more than the frame rate (%s)', (fps, most) => {
  const { tell, frames } = open(fps);
  tell({ fresh: true });
  const before = frames();
  for (let i = 0; i < 150; i++) {
    tell({ activity: Array.from({ length: 20 }, (_, k) => activityOf(i * 20 + k)) });
    vi.advanceTimersByTime(1000 / 15);
  }
  expect(frames() - before).toBeLessThanOrEqual(most * 10 + 1);
  expect(frames() - before).toBeGreaterThanOrEqual(most * 10 - most);
});

test('a frozen screen stands still and counts what it misses; nothing is lost', () => {
  const { store, tell } = open();
  tell({ fresh: true, peers: [peerOf('ana')], chat: [chatOf('ana', 'one', { n: 0 })] });
  vi.advanceTimersByTime(1000);
  store.freeze(true);
  const { frozen } = store.getSnapshot();
  expect(frozen).toEqual({ seconds: 0, missed: 0 });
  for (let n = 1; n <= chatKept + 10; n++) tell({ chat: [chatOf('ana', `line ${n}`, { n })] });
  tell({ peers: [peerOf('ana', { received: 9 })] });
  vi.advanceTimersByTime(12_000);
  const still = store.getSnapshot();
  expect(still.frozen).toEqual({ seconds: 12, missed: chatKept + 10 });
  expect(numbers(still.chat)).toEqual([0]);
  expect(still.peers[0]?.received).toBe(612);
  store.freeze(false);
  const now = store.getSnapshot();
  expect(now.frozen).toBeUndefined();
  expect(now.chat.at(now.chat.length - 1)?.n).toBe(chatKept + 10);
  expect(now.peers[0]?.received).toBe(9);
});

test('no more lines are kept than promised', () => {
  const { store, tell } = open();
  tell({ fresh: true });
  for (let n = 0; n < chatKept + 100; n += 10) {
    tell({
      chat: Array.from({ length: 10 }, (_, k) => chatOf('ana', 'x', { n: n + k })),
      activity: Array.from({ length: 10 }, (_, k) => activityOf(n + k)),
      deliveries: Array.from({ length: 10 }, (_, k) => ({ n: n + k, delivered: 1, of: 1, acks: 0 })),
    });
  }
  vi.advanceTimersByTime(1000);
  const { chat, activity, deliveries } = store.getSnapshot();
  expect([chat.length, activity.length]).toEqual([chatKept, activityKept]);
  expect(deliveries.size).toBeLessThanOrEqual(200);
});

test('a closed store takes and draws nothing more', () => {
  const { store, tell, frames } = open();
  tell({ fresh: true });
  tell({ peers: [peerOf('ana')] });
  store.close();
  const before = frames();
  vi.advanceTimersByTime(5000);
  expect(frames()).toBe(before);
  expect(vi.getTimerCount()).toBe(0);
});
