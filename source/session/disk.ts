// The few things that the recorder asks of a file, and what a failure of the disk means to a person.
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Fault } from '../core/fault.ts';

export type Disk = Pick<FileHandle, 'write' | 'truncate' | 'datasync' | 'utimes' | 'close'>;
export type OpenFile = (path: string) => Promise<Disk>;

const openNew: OpenFile = (path) => open(path, 'wx');

/**
 * Makes a folder and those above it, for this user only unless told. Rejects with the error of the one that could not be made;
 * Node's own recursive mkdir says ENOENT on a read-only file system.
 */
export async function makeFolder(path: string, mode = 0o700): Promise<void> {
  try {
    await mkdir(path, mode);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path), mode);
    await mkdir(path, mode);
  }
}

/** Creates a file that did not exist; a number is added to a name that is taken. */
export async function createFile(path: string, openFile = openNew): Promise<{ path: string; file: Disk }> {
  for (let copy = 1; ; copy++) {
    const name = copy === 1 ? path : path.replace(/(\.json)?$/, `-${copy}.json`);
    try {
      return { path: name, file: await openFile(name) };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || copy === 100) throw error;
    }
  }
}

/** Writes all of the bytes. A full disk takes some of them first and fails at the next try. */
export async function writeWhole(file: Disk, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    if (bytesWritten === 0) throw Object.assign(new Error('nothing was written'), { code: 'ENOSPC' });
    done += bytesWritten;
  }
}

/** No space, no quota, or beyond the size that a process may write. */
const fullCodes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** The fault for a failed file operation; `otherwise` when it is not that the disk is full. */
export function diskFault(error: unknown, path: string, otherwise: 'not-writable' | 'not-recording'): Fault {
  const reason = codeOf(error);
  return new Fault(fullCodes.has(reason) ? 'disk-full' : otherwise, { path, reason });
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
