// Hashes files in a thread of its own: SHA-256 takes 2 to 5 ms a MiB, which the thread with the sockets cannot spare.
// It reads without promises, for nothing else happens here.
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { codeOf } from '../session/disk.ts';
import { type HashAnswer, type HashFile, type HashJob, hashed } from './hash-job.ts';

const { files, counters } = workerData as HashJob;
const buffer = Buffer.allocUnsafeSlow(2 ** 20);

class Changed extends Error {}

function hashAll(): HashAnswer {
  const digests: string[] = [];
  let before = 0;
  for (const [index, file] of files.entries()) {
    try {
      digests.push(hashFile(file, before));
    } catch (error) {
      const gone = error instanceof Changed || codeOf(error) === 'ENOENT';
      if (gone && file.mtimeMs !== undefined) return { changed: index };
      // A receiver's file that is not whole has no digest, which is none that is right.
      if (gone) digests.push('');
      else return { failed: index, reason: codeOf(error) };
    }
    before += file.size;
  }
  return { digests };
}

function hashFile(file: HashFile, before: number): string {
  // A receiver makes its empty files at the end.
  if (file.size === 0 && file.mtimeMs === undefined) return createHash('sha256').digest('hex');
  const descriptor = openSync(file.path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const hash = createHash('sha256');
    for (let at = 0; at < file.size; ) {
      const bytes = readSync(descriptor, buffer, 0, Math.min(buffer.length, file.size - at), at);
      if (bytes === 0) throw new Changed();
      hash.update(buffer.subarray(0, bytes));
      at += bytes;
      Atomics.store(counters, hashed, BigInt(before + at));
    }
    mustBeSame(descriptor, file);
    return hash.digest('hex');
  } finally {
    closeSync(descriptor);
  }
}

function mustBeSame(descriptor: number, file: HashFile): void {
  const { size, mtimeMs, ctimeMs } = fstatSync(descriptor);
  const same =
    size === file.size && mtimeMs === (file.mtimeMs ?? mtimeMs) && ctimeMs === (file.ctimeMs ?? ctimeMs);
  if (!same) throw new Changed();
}

parentPort?.postMessage(hashAll());
