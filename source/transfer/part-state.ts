// What is known of an unfinished file: which share it belongs to and which blocks are in it. Kept beside it, so that
// the next run asks only for the rest. It may lag behind the file, or after a power cut run ahead of it; the hashes
// tell at the end.
import { constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { codeOf, writeWhole } from '../session/disk.ts';
import { Bitmap } from './bitmap.ts';

/** Two runs with the same of these write the same bytes to the same places. */
export type Identity = {
  /** SHA-256 of the manifest, hex. */
  manifest: string;
  /** Bytes. */
  blockSize: number;
  blocks: number;
};

const noFollow = constants.O_NOFOLLOW ?? 0;
/** 2^28 blocks as base64, and some. */
const sizeLimit = 48 * 2 ** 20;

/** Whoever reads meanwhile, or after a crash, finds the old or the new state whole. Rejects as the disk does. */
export async function saveState(path: string, identity: Identity, bitmap: Bitmap): Promise<void> {
  const state = {
    'mcast-tui-part': 1,
    ...identity,
    bitmap: Buffer.from(bitmap.serialize().buffer).toString('base64'),
  };
  const bytes = Buffer.from(`${JSON.stringify(state)}\n`);
  const temporary = `${path}.tmp`;
  try {
    await rm(temporary, { force: true });
    await writeTo(temporary, constants.O_CREAT | constants.O_EXCL, bytes);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    // On a full disk there is still the room of the old state, which has the same length. A half of it is found out
    // by the digest in the bitmap.
    if (codeOf(error) !== 'ENOSPC') throw error;
    await writeTo(path, 0, bytes);
  }
}

async function writeTo(path: string, flags: number, bytes: Uint8Array): Promise<void> {
  const file = await open(path, constants.O_WRONLY | noFollow | flags, 0o644);
  try {
    await writeWhole(file, bytes, 0);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** The bitmap of an unfinished file of the same share; undefined when there is none, or of another, or damaged. */
export async function loadState(path: string, identity: Identity): Promise<Bitmap | undefined> {
  try {
    const value: unknown = JSON.parse(await textOf(path));
    if (typeof value !== 'object' || value === null || !('bitmap' in value)) return undefined;
    const { bitmap, ...rest } = value;
    if (typeof bitmap !== 'string' || !isDeepStrictEqual(rest, { 'mcast-tui-part': 1, ...identity }))
      return undefined;
    return Bitmap.deserialize(Buffer.from(bitmap, 'base64'), identity.blocks);
  } catch {
    return undefined;
  }
}

async function textOf(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | noFollow);
  try {
    const stats = await file.stat();
    return stats.isFile() && stats.size <= sizeLimit ? await file.readFile('utf8') : '';
  } finally {
    await file.close();
  }
}
