// The player in its thread, as the screen uses it.
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Command } from '../../source/core/feed.ts';
import type { Snapshot } from '../../source/core/snapshot.ts';
import { startReplay } from '../../source/engine/replay.ts';
import { chat, folder, heartbeat, started, startedAt, stopped, writeSession } from '../session/samples.ts';

const minutes = [
  started,
  ...Array.from({ length: 6000 }, (_, n) => (n % 100 === 99 ? chat(n, `line ${n}`) : heartbeat(n))),
  stopped(startedAt + 600_000),
];

async function replay(speed = 1) {
  const feed = await startReplay({ path: writeSession(minutes), speed });
  onTestFinished(() => feed.close('test'));
  const snapshots: Snapshot[] = [];
  feed.subscribe((snapshot) => snapshots.push(snapshot));
  return {
    feed,
    snapshots,
    send: (command: Command) => feed.send(command),
    /** Waits for a snapshot from now on that is as wanted. */
    next: async (wanted: (snapshot: Snapshot) => boolean) => {
      const from = snapshots.length;
      return vi.waitFor(
        () => {
          const found = snapshots.slice(from).find(wanted);
          expect(found).toBeDefined();
          return found!;
        },
        { timeout: 10_000 },
      );
    },
  };
}

test('it plays at once, in the time of the session', async () => {
  const { snapshots, next } = await replay(64);
  await next(({ player }) => player!.position > 30_000);
  const [first] = snapshots;
  expect(first).toMatchObject({ fresh: true, self: { name: 'ana' }, startedAt, recording: undefined });
  expect(first!.player).toMatchObject({ length: 600_000, speed: 64, playing: true, atEnd: false });
  for (const { now, player } of snapshots) expect(now).toBeCloseTo(startedAt + player!.position, 3);
});

test('commands are obeyed; a jump back makes everything new', async () => {
  const { send, next } = await replay();
  send({ do: 'pause' });
  await next(({ player }) => !player!.playing);
  send({ do: 'seek', to: 300_000 });
  const middle = await next(({ player }) => player!.position === 300_000);
  expect(middle.totals.received).toBe(3001);
  send({ do: 'seek', to: 100_000 });
  const back = await next(({ fresh, player }) => fresh && player!.position <= 100_000);
  expect(back.totals.received).toBeLessThanOrEqual(1001);
  send({ do: 'next', landmark: 'chat' });
  const chatted = await next(({ chat }) => chat.some(({ text }) => text === 'line 1099'));
  expect(chatted.player).toMatchObject({ position: 109_900, playing: false });
  send({ do: 'next', landmark: 'dead' });
  await next(({ player }) => player!.missed === 'dead');
  send({ do: 'seek', to: 1e9 });
  await next(({ player }) => player!.atEnd && player!.position === 600_000);
});

test('the detail of a peer comes when it is asked for', async () => {
  const { send, next } = await replay(64);
  send({ do: 'watch', peer: '0000000000000011 239.255.0.1:50000', matrix: true });
  const { detail, matrix } = await next(({ detail }) => detail !== undefined);
  expect(detail!.recent.length).toBeGreaterThan(0);
  expect(matrix).toBeDefined();
});

test('it sends no snapshot before the one before was taken, and at most 15 a second', async () => {
  const { snapshots, next } = await replay(64);
  const before = performance.now();
  await next(({ player }) => player!.position > 120_000);
  const seconds = (performance.now() - before) / 1000;
  expect(snapshots.length).toBeLessThanOrEqual(Math.ceil(seconds * 15) + 2);
});

test('what is no session is a fault at the start', async () => {
  const path = join(folder(), 'none.json');
  await expect(startReplay({ path, speed: 1 })).rejects.toMatchObject({
    code: 'no-such-session',
    facts: { session: path },
  });
});

test('closing ends it, twice as well as once', async () => {
  const { feed } = await replay();
  await feed.close('test');
  await feed.close('test');
  await expect(feed.ended).resolves.toBeUndefined();
});
