// Looks at the folder that a share is to go to before any of it is accepted.
import { statfsSync } from 'node:fs';
import { lstat, realpath, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Fault } from '../core/fault.ts';
import { makeFolder } from '../session/disk.ts';
import type { Manifest } from './manifest.ts';
import { partFault } from './part-fault.ts';
import type { Place } from './part-place.ts';
import { folded } from './safe-path.ts';

/** Makes the folder where it is missing; resolves with its real path. Rejects with Fault('part-failed'). */
export async function prepareFolder(path: string): Promise<string> {
  try {
    await makeFolder(resolve(path), 0o777);
    return await realpath(path);
  } catch (error) {
    throw partFault(error, path);
  }
}

/**
 * Throws Fault('out-space') when files do not fit beside what is there, else as the disk does. `written`: bytes of them
 * that are there already.
 */
export function mustFit(folder: string, files: readonly { size: number }[], written: number): void {
  const { bavail, bsize, blocks } = statfsSync(folder);
  // Some network file systems do not tell.
  if (blocks === 0) return;
  const needed = files.reduce((sum, { size }) => sum + Math.ceil(size / bsize) * bsize, 0) - written;
  const free = bavail * bsize;
  if (needed > free) throw new Fault('out-space', { path: folder, needed, free });
}

/**
 * Rejects with Fault('names-collide') when two names differ only in upper and lower case and the folder cannot tell
 * them apart. `probe` is a file that exists there, with a lower-case letter at its end.
 */
export async function mustTellApart({ files, folders }: Manifest, probe: string): Promise<void> {
  const collision = firstCollision([...files.map(({ path }) => path), ...folders]);
  if (!collision) return;
  const other = join(dirname(probe), basename(probe).toUpperCase());
  const [one, two] = await Promise.all([probe, other].map((path) => lstat(path).catch(() => undefined)));
  if (one && two && one.ino === two.ino) {
    throw new Fault('names-collide', { path: collision[0], other: collision[1] }, 1);
  }
}

function firstCollision(paths: string[]): [string, string] | undefined {
  const seen = new Map<string, string>();
  for (const path of paths) {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      const whole = path.slice(0, end);
      const key = folded(whole);
      const known = seen.get(key);
      if (known === whole) break;
      if (known !== undefined) return [known, whole];
      seen.set(key, whole);
    }
  }
  return undefined;
}

/** Removes what is left of a share that nobody wants any more. */
export async function removePart({ path, statePath }: Place): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await rm(statePath, { force: true });
  await rm(`${statePath}.tmp`, { force: true });
}
