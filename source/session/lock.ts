// Lets one process at a time change the catalogue. The lock is a file beside it; one that a dead process left
// behind is broken after a while.
import { open, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from './disk.ts';

/** A change takes milliseconds: a lock of this age has lost its owner, ms. */
const staleAfter = 5000;
const retryEvery = 15;

/** Runs `work` while nobody else who asks for this lock does. Rejects when the lock cannot be made or as `work` does. */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  while (!(await take(path))) {
    await breakStale(path);
    await sleep(retryEvery);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function breakStale(path: string): Promise<void> {
  const age = await ageOf(path);
  if (age < staleAfter) return;
  // Of several that find it stale, one moves it away; the others find nothing, or a fresh one, next time.
  const away = `${path}.${process.pid}`;
  await rename(path, away).catch(() => {});
  await rm(away, { force: true });
}

async function ageOf(path: string): Promise<number> {
  try {
    return Date.now() - (await stat(path)).mtimeMs;
  } catch {
    return 0;
  }
}
