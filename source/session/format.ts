// How a session file is laid out: a header object whose last field is `events`, one event a line, and closing
// brackets that every write puts anew at the end. So the file is valid JSON after each write, and yet a
// write costs the same whatever the file's length.
import * as z from 'zod/mini';
import { Fault } from '../core/fault.ts';
import { nameLimit, safeText } from '../core/safe-text.ts';

export const formatVersion = 1;
/** Stands between two events. */
export const separator = ',\n';
/** Closes the file; overwritten by the next events. */
export const closing = '\n]}\n';
const opening = ',\n"events":[\n';
/** The same as other JSON writers may space it. Inside a JSON string the quotes would be escaped. */
const anyOpening = /,\s*"events"\s*:\s*\[\s*?\n/;
/** The header's end is looked for in so many bytes. */
export const maxHeaderBytes = 256 * 1024;
/** A longer line is no event of ours; a decoded datagram of 65,507 bytes stays well below it. */
export const maxLineBytes = 256 * 1024;

/** Text from a file that may come from anywhere: made safe to draw, and cut. */
const text = (limit: number) => z.string().check(z.overwrite((value) => safeText(value, limit)));

const settings = z.object({
  group: text(80),
  interface: text(64),
  address: text(64),
  ttl: z.int().check(z.gte(0), z.lte(255)),
  source: z.exactOptional(text(64)),
});

/** Fields that a file written by other means may leave out have a default. */
const header = z.object({
  'mcast-tui': z.literal(formatVersion),
  /** Version of the program that wrote it. */
  version: z._default(text(64), ''),
  /** Identity of that start: 16 hexadecimal digits. */
  id: z._default(text(64), ''),
  name: z._default(text(nameLimit), ''),
  /** Where it runs, to tell a session that is being recorded from one that was cut off. */
  host: z._default(text(255), ''),
  pid: z._default(z.int().check(z.gte(0)), 0),
  /** ms since 1970. */
  started: z._default(z.number().check(z.gte(0), z.lte(8.64e15)), 0),
  groups: z._default(z.array(settings).check(z.maxLength(256)), []),
});

export type SessionHeader = z.output<typeof header>;

/** The first bytes of a session file, up to where events begin. */
export function openingText(fields: SessionHeader): string {
  return JSON.stringify(fields).slice(0, -1) + opening;
}

/**
 * Reads the header from a file's first bytes. `start` is the offset of the first event.
 * Throws Fault('session-damaged') when these are not the first bytes of a session.
 */
export function readOpening(bytes: Buffer, path: string): { header: SessionHeader; start: number } {
  // One character a byte, so that places in the text are offsets in the file.
  const found = anyOpening.exec(bytes.toString('latin1'));
  if (!found) throw new Fault('session-damaged', { path, reason: 'no-header' });
  const parsed = header.safeParse(parse(`${bytes.toString('utf8', 0, found.index)}}`));
  if (!parsed.success) throw new Fault('session-damaged', { path, reason: 'bad-header' });
  return { header: parsed.data, start: found.index + found[0].length };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
