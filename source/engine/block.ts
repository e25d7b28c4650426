// What a worker hands over: event lines, and the same events parsed.
import type { Received } from '../core/event.ts';

/** Parses a block of lines; one of more than `most` events is cut there. */
export function readBlock(lines: Uint8Array, most: number): { block: Uint8Array; events: Received[] } {
  const events = JSON.parse(`[${textOf(lines)}]`) as Received[];
  if (events.length <= most) return { block: lines, events };
  return { block: firstLines(lines, most), events: events.slice(0, most) };
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
