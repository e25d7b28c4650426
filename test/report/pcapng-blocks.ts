// Walks a pcapng file block by block: a reader that is not the program's own, and forgives nothing.
import { expect } from 'vitest';

type Block = { type: number; body: Buffer };

/** Throws where a length is not what it should be, as it is not where the file was cut off. */
export function blocksOf(file: Buffer): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < file.length; ) {
    const length = file.readUInt32LE(at + 4);
    expect(length % 4).toBe(0);
    expect(file.readUInt32LE(at + length - 4)).toBe(length);
    blocks.push({ type: file.readUInt32LE(at), body: file.subarray(at + 8, at + length - 4) });
    at += length;
  }
  return blocks;
}

export const packetsOf = (file: Buffer) =>
  blocksOf(file)
    .filter(({ type }) => type === 6)
    .map(({ body }) => ({
      micros: body.readUInt32LE(4) * 2 ** 32 + body.readUInt32LE(8),
      captured: body.readUInt32LE(12),
      length: body.readUInt32LE(16),
      bytes: body.subarray(20, 20 + body.readUInt32LE(12)),
    }));
