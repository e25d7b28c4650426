// Sessions of any length, as a lively group would leave them.
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Received } from '../../source/core/event.ts';
import { closing, openingText, separator } from '../../source/session/format.ts';
import { chat, header, heartbeat, linesOf, started } from '../../test/session/events.ts';
import { workspace } from './program.ts';

const block = 1000;

/** Writes one of so many events and returns its path. With payloads it has the bytes of each datagram. */
export function writeSession(events: number, payloads = false): string {
  const path = join(workspace, `session-${events}${payloads ? '-payloads' : ''}.json`);
  const fd = openSync(path, 'w');
  writeSync(fd, openingText(header) + linesOf([started]));
  for (let from = 1; from < events; from += block) {
    const count = Math.min(block, events - from);
    const some = Array.from({ length: count }, (_, i) =>
      (from + i) % 5 === 0 ? chat(from + i, 'hello') : heartbeat(from + i),
    );
    writeSync(fd, separator + linesOf(payloads ? some.map(withPayload) : some));
  }
  writeSync(fd, closing);
  closeSync(fd);
  return path;
}

function withPayload(event: Received): Received {
  const { kind, id, name, seq, sentAt: at, ttl, every, up, text } = event;
  const message = Buffer.from(JSON.stringify({ mcast: 1, kind, id, name, seq, at, ttl, every, up, text }));
  return { ...event, bytes: message.length, payload: message.toString('base64') };
}
