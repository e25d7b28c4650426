// The last step of a transfer: what was written is safe on the disk before it gets its final name, and the final name
// is one that nothing had.
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { link, lstat, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Fault } from '../core/fault.ts';
import { codeOf } from '../session/disk.ts';
import { inParallel } from './in-parallel.ts';
import { numbered } from './safe-path.ts';

const parallel = 16;
/** From here on one sync of the whole file system is faster than one of every file (0.3 ms each, at the best). */
const manyFiles = 256;
const mostNumbers = 9999;
/** The file system has no second names. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Waits until files and folders are on the disk. Rejects as the disk does. */
export async function syncAll(root: string, files: string[], folders: string[]): Promise<void> {
  if (files.length > manyFiles && (await syncFileSystem(root))) return;
  await inParallel(parallel, files, syncPath);
  await inParallel(parallel, folders, syncPath);
}

/** Gives the part its name, with a number when that is taken; resolves with the path. Rejects as the disk does. */
export async function giveName(part: string, title: string, kind: 'file' | 'folder'): Promise<string> {
  const folder = dirname(part);
  for (let number = 0; number <= mostNumbers; number++) {
    const path = join(folder, numbered(title, number));
    if (!(await (kind === 'file' ? nameFile(part, path) : nameFolder(part, path)))) continue;
    await syncPath(folder);
    return path;
  }
  throw new Fault('part-failed', { path: join(folder, title), reason: 'EEXIST' }, 1);
}

/** A link fails when the name is taken, where a rename would replace what has it. */
async function nameFile(part: string, path: string): Promise<boolean> {
  try {
    await link(part, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!noLinks.has(codeOf(error))) throw error;
    return renameUnlessTaken(part, path);
  }
  await rm(part);
  return true;
}

/** A folder replaces nothing but an empty folder, and that only when it was made this very moment. */
async function nameFolder(part: string, path: string): Promise<boolean> {
  try {
    return await renameUnlessTaken(part, path);
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(codeOf(error))) return false;
    throw error;
  }
}

async function renameUnlessTaken(part: string, path: string): Promise<boolean> {
  const taken = await lstat(path).then(
    () => true,
    (error) => {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    },
  );
  if (!taken) await rename(part, path);
  return !taken;
}

/** False where there is no such program (coreutils have it since 8.24). */
async function syncFileSystem(path: string): Promise<boolean> {
  try {
    await promisify(execFile)('sync', ['-f', path]);
    return true;
  } catch {
    return false;
  }
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    await handle.sync();
  } catch (error) {
    // Some file systems cannot sync a folder.
    if (codeOf(error) !== 'EINVAL') throw error;
  } finally {
    await handle.close();
  }
}
