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
  /** One: how many bytes of the files, one after the other, have been read; shared between threads. */
  counters: BigInt64Array;
};

export const hashed = 0;

export type HashAnswer =
  | { digests: string[] }
  | { failed: number; reason: string }
  /** This file is not what it was when it was listed. */
  | { changed: number };
