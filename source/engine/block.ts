// What a worker hands over: event lines, and the same events parsed.
import type { Received } from '../core/event.ts';

export function readEvents(lines: Uint8Array): Received[] {
  return JSON.parse(`[${textOf(lines)}]`) as Received[];
}

/** So many lines of a block, or all that it has. */
export function firstLines(lines: Uint8Array, most: number): Uint8Array {
  if (most === Number.POSITIVE_INFINITY) return lines;
  // A JSON string holds no raw line end, so this comma and line end only stand between two events.
  const all = textOf(lines).split(',\n');
  return all.length <= most ? lines : Buffer.from(all.slice(0, most).join(',\n'));
}

const textOf = (lines: Uint8Array): string =>
  Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength).toString();
