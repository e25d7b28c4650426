// Finds the place of an unfinished share in the output folder: the one where an earlier run of the same share ended,
// or a new one that nobody has.
import { lstat, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../core/fault.ts';
import { codeOf } from '../session/disk.ts';
import { Bitmap } from './bitmap.ts';
import { type Manifest, modeOf } from './manifest.ts';
import { partFault } from './part-fault.ts';
import { releaseLock, takeLock } from './part-lock.ts';
import { type Identity, loadState, saveState } from './part-state.ts';
import { numbered } from './safe-path.ts';

const most = 99;

export type Place = {
  /** The unfinished file or folder. */
  path: string;
  statePath: string;
  lockPath: string;
  /** What an earlier run left. */
  bitmap?: Bitmap;
};

/**
 * The lock of the place is taken. `folder` must exist; `beforeNew` may reject before anything new is made there. Rejects
 * as that does, or with Fault('part-failed') or 'out-full'.
 */
export async function findPlace(
  folder: string,
  manifest: Manifest,
  identity: Identity,
  beforeNew: () => Promise<void>,
): Promise<Place> {
  const { title, kind } = manifest;
  try {
    const taken = new Set(await readdir(folder));
    const places = Array.from({ length: most + 1 }, (_, number) => placeOf(folder, numbered(title, number)));
    for (const [number, place] of places.entries()) {
      if (!taken.has(`${numbered(title, number)}.part.json`)) continue;
      const bitmap = await resume(place, kind, identity);
      if (bitmap) return { ...place, bitmap };
    }
    await beforeNew();
    for (const place of places) if (await begin(place, manifest, identity)) return place;
  } catch (error) {
    throw partFault(error, folder);
  }
  throw new Fault('part-failed', { path: join(folder, `${title}.part`), reason: 'EEXIST' });
}

function placeOf(folder: string, name: string): Place {
  const path = join(folder, `${name}.part`);
  return { path, statePath: `${path}.json`, lockPath: `${path}.lock` };
}

async function resume(place: Place, kind: Manifest['kind'], identity: Identity): Promise<Bitmap | undefined> {
  if (!(await takeLock(place.lockPath))) return undefined;
  const bitmap = await loadState(place.statePath, identity);
  const found = bitmap && (await lookAt(place.path, kind));
  if (found === 'ours') return bitmap;
  if (found === 'nothing' || found === 'finished') {
    // Killed before the part was made, or between giving it the final name and clearing up.
    if (found === 'finished') await rm(place.path);
    await rm(place.statePath);
  }
  await releaseLock(place.lockPath);
  return undefined;
}

async function begin(place: Place, { kind, files }: Manifest, identity: Identity): Promise<boolean> {
  const { path, statePath, lockPath } = place;
  if ((await exists(path)) || (await exists(statePath))) return false;
  if (!(await takeLock(lockPath))) return false;
  try {
    if ((await exists(path)) || (await exists(statePath))) throw taken();
    // The state comes first: a part without one would be nobody's, for ever.
    await saveState(statePath, identity, new Bitmap(identity.blocks));
    if (kind === 'folder') await mkdir(path);
    else await (await open(path, 'wx', modeOf(files[0]!))).close();
    return true;
  } catch (error) {
    await releaseLock(lockPath);
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

const taken = () => Object.assign(new Error('taken'), { code: 'EEXIST' });

/** A link, or a file that has another name elsewhere, could lead out of the folder. */
async function lookAt(
  path: string,
  kind: Manifest['kind'],
): Promise<'ours' | 'finished' | 'nothing' | 'foreign'> {
  const stats = await lstat(path).catch(() => undefined);
  if (!stats) return 'nothing';
  if (kind === 'folder') return stats.isDirectory() ? 'ours' : 'foreign';
  if (!stats.isFile()) return 'foreign';
  return stats.nlink === 1 ? 'ours' : 'finished';
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
