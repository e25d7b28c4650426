// What the thread that hashes files is told, and what it answers.

export type HashFile = {
  path: string;
  size: number;
  /** Given for files of the sender, which must not change meanwhile; milliseconds. */
  mtimeMs?: number;
  ctimeMs?: number;
};

export type HashJob = {
  files: readonly HashFile[];
  /** How many bytes of the files, one after the other, may be read; how many have been; shared between threads. */
  counters: BigInt64Array;
};

export const allowed = 0;
export const hashed = 1;

export type HashAnswer =
  | { digests: string[] }
  | { failed: number; reason: string }
  /** This file is not what it was when it was listed. */
  | { changed: number };
