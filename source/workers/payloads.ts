// Puts the bytes of datagrams into their event lines, for the session alone: nobody has to parse them in the middle
// of a burst. Works on the encoded lines, because a second set of strings costs twice as much: so it is 1 µs for a
// datagram of 200 bytes.
import { payloadLimit } from '../core/event.ts';

const head = ',"payload":"';
const tail = '"}';
const lineEnd = 10;

/**
 * A copy of a block of event lines with `"payload":"…"` (base64, which needs no escape) before the end of each.
 * `datagrams` are views of `packed`, one for each line.
 */
export function withPayloads(
  block: Uint8Array<ArrayBuffer>,
  datagrams: readonly Uint8Array[],
  packed: ArrayBuffer,
): ArrayBuffer {
  const whole = Buffer.from(packed);
  const lines = Buffer.from(block.buffer, block.byteOffset, block.length);
  let room = lines.length;
  for (const { length } of datagrams) room += roomFor(length);
  const out = Buffer.from(new ArrayBuffer(room));
  let from = 0;
  let at = 0;
  for (const { byteOffset, length } of datagrams) {
    // Inside a JSON string there is no bare line end, so this one, after a comma, ends the line.
    const stop = lines.indexOf(lineEnd, from === 0 ? 0 : from + 2);
    const end = stop < 0 ? lines.length : stop - 1;
    lines.copy(out, at, from, end - 1);
    at += end - 1 - from;
    const base64 = whole.toString('base64', byteOffset, byteOffset + Math.min(length, payloadLimit));
    at += out.write(head + base64 + tail, at, 'latin1');
    from = end;
  }
  return out.buffer;
}

/** The brace that ends the line is there already. */
const roomFor = (length: number): number =>
  head.length + 4 * Math.ceil(Math.min(length, payloadLimit) / 3) + tail.length - 1;
