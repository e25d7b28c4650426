// kill -9 at several moments while a process records as fast as it can: nothing that was flushed is lost.
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { readEvent } from '../../source/session/check.ts';
import { SessionReader } from '../../source/session/reader.ts';
import { start } from './children.ts';
import { folder, heartbeat } from './samples.ts';

test.each([1, 2, 5, 17, 40])('killed after flush %d, the file gives every flushed event', async (flushes) => {
  const path = join(folder(), 'session.json');
  const child = start('record-child.ts', [path]);
  await vi.waitFor(() => expect(child.lines.length).toBeGreaterThanOrEqual(flushes), {
    timeout: 20_000,
    interval: 1,
  });
  child.process.kill('SIGKILL');
  await child.ended;

  const flushed = Number(child.lines.at(-1));
  expect(flushed).toBeGreaterThanOrEqual(flushes * 1000);
  const reader = new SessionReader(path);
  const lines = reader.lines();
  let count = 0;
  for (let line = lines.next(); line !== undefined; line = lines.next(), count++) {
    expect(readEvent(line)?.at).toBe(heartbeat(count).at);
  }
  reader.close();
  expect(count).toBeGreaterThanOrEqual(flushed);
  expect(reader.interrupted).toBe(true);
});
