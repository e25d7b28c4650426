// What the catalogue keeps of a session. All of it but the number can be read from the file again.
import { statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import * as z from 'zod/mini';
import { Fault } from '../core/fault.ts';
import { safeText } from '../core/safe-text.ts';
import { SessionReader } from './reader.ts';
import { touchEvery } from './recorder.ts';

/** A recording touches its file; after this silence it is dead, whatever has its process number now, ms. */
const deadAfter = 3 * touchEvery;

const text = (limit: number) => z.string().check(z.overwrite((value) => safeText(value, limit)));
const count = z.int().check(z.gte(0));
const instant = z.number().check(z.gte(0), z.lte(8.64e15));

export const entrySchema = z.object({
  /** Counts up over all sessions of a data directory; a person types it. */
  id: z.int().check(z.gte(1)),
  /** Name of the file in the sessions directory. */
  file: z.string().check(z.regex(/^[^/\\\0]+\.json$/), z.maxLength(255)),
  started: instant,
  ended: instant,
  name: text(64),
  host: text(255),
  groups: z.array(text(80)).check(z.maxLength(256)),
  events: count,
  /** Size of the file when the entry was made: another size makes a new entry. */
  bytes: count,
  /** whole: ended as it should. damaged: its beginning cannot be read, so it cannot be replayed. */
  state: z.enum(['whole', 'recording', 'interrupted', 'damaged']),
});

export type Entry = z.output<typeof entrySchema>;

/**
 * Reads a session's facts from its file. `events` when they are known already: counting reads the whole file.
 * Throws Fault('no-such-session') or Fault('file-failed').
 */
export function inspect(path: string, events?: number): Omit<Entry, 'id'> {
  try {
    const reader = new SessionReader(path);
    try {
      return describe(reader, events);
    } finally {
      reader.close();
    }
  } catch (error) {
    if (error instanceof Fault && error.code === 'session-damaged') return describeDamaged(path);
    throw error;
  }
}

function describe(reader: SessionReader, events: number | undefined): Omit<Entry, 'id'> {
  const { header, path, bytes, firstAt, lastAt, interrupted } = reader;
  return {
    file: basename(path),
    started: firstAt,
    ended: lastAt,
    name: header.name,
    host: header.host,
    groups: header.groups.map(({ group }) => group),
    events: events ?? reader.count(),
    bytes,
    state: !interrupted ? 'whole' : isRecording(reader) ? 'recording' : 'interrupted',
  };
}

function describeDamaged(path: string): Omit<Entry, 'id'> {
  const { size, mtimeMs } = statSync(path);
  const file = basename(path);
  const facts = { name: '', host: '', groups: [], events: 0 };
  return { file, started: mtimeMs, ended: mtimeMs, ...facts, bytes: size, state: 'damaged' };
}

/** Another process of this host is writing it just now. */
function isRecording({ header, path }: SessionReader): boolean {
  if (header.host !== hostname() || header.pid === 0) return false;
  return Date.now() - statSync(path).mtimeMs < deadAfter && isRunning(header.pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
