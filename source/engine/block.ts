// What a worker hands over: event lines, and the same events parsed.
import type { Received } from '../core/event.ts';

/** Parses a block of lines; one of more than `most` events is cut there. */
export function readBlock(lines: Uint8Array, most: number): { block: Uint8Array; events: Received[] } {
  const text = Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength).toString();
  const events = JSON.parse(`[${text}]`) as Received[];
  if (events.length <= most) return { block: lines, events };
  // A JSON string holds no raw line end, so this comma and line end only stand between two events.
  const kept = text.split(',\n').slice(0, most).join(',\n');
  return { block: Buffer.from(kept), events: events.slice(0, most) };
}
