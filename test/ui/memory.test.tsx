// The screen of a program that runs for days: however much new text goes over it, nothing of it stays.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test } from 'vitest';
import { activityOf, chatOf, noon, peerOf, snapshotOf } from './support/scenario.ts';
import { stage } from './support/stage.tsx';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes a frame that may seem to stay; with each row measured by Ink 2,000 to 14,000 did. */
const allowed = 1000;
const framesEach = 150;

// A clock that leaps lets each snapshot be drawn at once.
const realNow = Date.now;
let leaping = realNow();
Date.now = () => {
  leaping += 1000;
  return leaping;
};
afterEach(() => {
  Date.now = realNow;
});

test('frames of ever-changing text leave the heap as it was', async () => {
  const app = stage(120, 40, { palette: 'colour' });
  let n = 0;
  async function draw(frames: number, linesEach: number) {
    for (let i = 0; i < frames; i++) {
      const seen = app.frames();
      const at = noon + n * 10;
      app.feed.tell(
        snapshotOf({
          now: at,
          fresh: n === 0,
          peers: Array.from({ length: 20 }, (_, k) =>
            peerOf(`peer-${k}`, { lastAt: at - Math.random() * 900, jitter: Math.random() * 99 }),
          ),
          chat: Array.from({ length: linesEach }, () =>
            chatOf('peer-1', `text ${Math.random()} that never comes again`, { n: n++, at }),
          ),
          activity: Array.from({ length: linesEach }, (_, k) =>
            activityOf(n + k, { at, run: Math.random() }),
          ),
        }),
      );
      while (app.frames() === seen) await new Promise(setImmediate);
    }
  }
  const heap = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  // First fill what is kept by design: 5,000 lines of chat and 2,000 of the log.
  await draw(60, 100);
  await draw(100, 10);
  // A leak shows in every stretch; a compiler at work or a cache being filled does not.
  const grown: number[] = [];
  for (let stretch = 0; stretch < 5; stretch++) {
    const before = heap();
    await draw(framesEach, 10);
    grown.push((heap() - before) / framesEach);
  }
  app.close();
  expect(Math.min(...grown)).toBeLessThan(allowed);
}, 120_000);
