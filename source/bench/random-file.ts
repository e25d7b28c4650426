// A file to send, which nothing on the way can make smaller, and whether what came of it is the same.
import { createHash, randomFillSync } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Fault } from '../core/fault.ts';
import { codeOf, diskFault, writeWhole } from '../session/disk.ts';

const pieceBytes = 4 * 2 ** 20;

/** Writes it; resolves with its SHA-256 (hex). Rejects as the disk does, as Fault, or with the reason of the signal. */
export async function writeRandomFile(path: string, bytes: number, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(Math.min(bytes, pieceBytes));
  try {
    const file = await open(path, 'wx');
    try {
      for (let at = 0; at < bytes; at += piece.length) {
        signal.throwIfAborted();
        const part = randomFillSync(piece).subarray(0, bytes - at);
        hash.update(part);
        await writeWhole(file, part, at);
        await nextTurn();
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    if (signal.aborted) throw error;
    const { code } = diskFault(error, path, 'not-writable');
    throw code === 'disk-full'
      ? new Fault(code, { path })
      : new Fault('file-failed', { path, reason: codeOf(error) });
  }
  return hash.digest('hex');
}

/** False also where there is none. */
export async function isSameFile(path: string, bytes: number, sha256: string): Promise<boolean> {
  const size = await stat(path).then(
    (stats) => stats.size,
    () => undefined,
  );
  if (size !== bytes) return false;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash);
  return hash.digest('hex') === sha256;
}
