// Long sessions: opening one does not read it, playing one does not load it.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closing, openingText } from '../../source/session/format.ts';
import { Player } from '../../source/session/player.ts';
import { SessionReader } from '../../source/session/reader.ts';
import { folder, header, heartbeat, linesOf, started, startedAt, stopped } from './samples.ts';

const count = 200_000;
const blockSize = 1000;

function longSession(): string {
  const path = join(folder(), 'long.json');
  const fd = openSync(path, 'w');
  writeSync(fd, openingText(header) + linesOf([started]));
  for (let n = 0; n < count; n += blockSize) {
    writeSync(fd, `,\n${linesOf(Array.from({ length: blockSize }, (_, i) => heartbeat(n + i)))}`);
  }
  writeSync(fd, `,\n${linesOf([stopped(startedAt + 100 * count)])}${closing}`);
  closeSync(fd);
  return path;
}

/** Bytes that this process has read so far. */
const bytesRead = () => Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))![1]);

test('a long session is opened by its two ends and played in constant memory', { timeout: 60_000 }, () => {
  const path = longSession();
  const before = process.platform === 'linux' ? bytesRead() : 0;
  const reader = new SessionReader(path);
  const read = process.platform === 'linux' ? bytesRead() - before : 0;
  expect(reader.bytes).toBeGreaterThan(40e6);
  expect(read).toBeLessThan(3e6);
  expect(reader).toMatchObject({ firstAt: startedAt, lastAt: startedAt + 100 * count, interrupted: false });
  expect(reader.count()).toBe(count + 2);

  const player = new Player(reader);
  player.command({ do: 'pause' });
  player.command({ do: 'seek', to: 100 * count });
  let slices = 0;
  let most = 0;
  while (player.tick()) {
    slices++;
    const { arrayBuffers } = process.memoryUsage();
    most = Math.max(most, arrayBuffers);
  }
  expect(player.state.totals.received).toBe(count);
  expect(slices).toBeGreaterThan(5);
  // A few checkpoints and the block that is read, which does not grow with the file.
  expect(most).toBeLessThan(20e6);
  reader.close();
});
