// A replay as a person plays it.
import { expect, test } from 'vitest';
import { open } from './support/opened.ts';
import { classroom, playing } from './support/scenario.ts';

test('a replay is played with the keys', async () => {
  const replay = () => open({ ...classroom(), player: playing() }, { replay: true });
  const app = await replay();
  await app.sees('▸ playing 2×');
  await app.keys(' .,+-][');
  await app.keys('\x1b[H\x1b[F');
  await app.sees(() => app.feed.commands.length === 9);
  expect(app.feed.commands).toEqual([
    { do: 'pause' },
    { do: 'step', by: 1 },
    { do: 'step', by: -1 },
    { do: 'speed', factor: 4 },
    { do: 'speed', factor: 1 },
    { do: 'seek', to: 93_000 },
    { do: 'seek', to: 73_000 },
    { do: 'seek', to: 0 },
    { do: 'seek', to: 300_000 },
  ]);
  app.feed.commands = [];
  await app.keys('nc');
  await app.keys('Nd');
  await app.keys(':1:30\r');
  await app.keys(':soon\r');
  await app.sees('"soon" is no time');
  expect(app.feed.commands).toEqual([
    { do: 'next', landmark: 'chat' },
    { do: 'next', landmark: 'dead', back: true },
    { do: 'seek', to: 90_000 },
  ]);
  await app.keys('n');
  await app.sees(/Next: c chat .* task/s);
  await app.escape();
  await app.sees('q quit');
  await app.keys('i');
  expect(app.frame()).not.toContain('❯');
});

test('a replay at its end starts over, and seeking stays within the session', async () => {
  const app = await open(
    { ...classroom(), player: playing({ position: 300_000, atEnd: true, playing: false, speed: 64 }) },
    { replay: true },
  );
  await app.sees('at the end');
  await app.keys('p]+:9:00:00\r');
  await app.sees(() => app.feed.commands.length === 5);
  expect(app.feed.commands).toEqual([
    { do: 'seek', to: 0 },
    { do: 'play' },
    { do: 'seek', to: 300_000 },
    { do: 'speed', factor: 64 },
    { do: 'seek', to: 300_000 },
  ]);
});
