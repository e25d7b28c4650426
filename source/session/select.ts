// Finds sessions as a person names them, and those that may be pruned.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Millis } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import { listSessions } from './catalogue.ts';
import type { Tell } from './catalogue-shape.ts';
import type { Entry } from './entry.ts';
import { sessionsDir } from './paths.ts';

/**
 * The file of a session: by its number, by a path, or by the beginning of its file name or its node's name where
 * only one session has it. Without `which`, the newest that can be read. Rejects with Fault('no-such-session').
 */
export async function resolveSession(
  which: string | undefined,
  dataDir: string,
  tell?: Tell,
): Promise<string> {
  const sessions = await listSessions(dataDir, tell);
  const entry =
    which === undefined ? sessions.find(({ state }) => state !== 'damaged') : findEntry(sessions, which);
  if (entry) return join(sessionsDir(dataDir), entry.file);
  if (which !== undefined && existsSync(which)) return which;
  throw new Fault('no-such-session', { session: which ?? '' });
}

/** By number, or by the beginning of its file name or its node's name where only one has it. */
export function findEntry(sessions: Entry[], which: string): Entry | undefined {
  const byNumber = sessions.find(({ id }) => String(id) === which);
  if (byNumber || which === '') return byNumber;
  const like = sessions.filter(({ file, name }) => file.startsWith(which) || name === which);
  return like.length === 1 ? like[0] : undefined;
}

/** Sessions that hold each of the words somewhere in what is shown of them; case does not matter. */
export function matching(sessions: Entry[], words: string[]): Entry[] {
  const wanted = words.map((word) => word.toLowerCase());
  return sessions.filter(({ id, file, name, host, groups, state }) => {
    const text = [id, file, name, host, ...groups, state].join(' ').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** Sessions that began before `before`, and then the oldest until the rest has at most `keepBytes`. */
export function prunable(
  sessions: Entry[],
  {
    before = Number.NEGATIVE_INFINITY,
    keepBytes = Number.POSITIVE_INFINITY,
  }: { before?: Millis; keepBytes?: number },
): Entry[] {
  const oldestFirst = [...sessions].sort((a, b) => a.started - b.started || a.id - b.id);
  let bytes = sessions.reduce((sum, entry) => sum + entry.bytes, 0);
  return oldestFirst.filter((entry) => {
    if (entry.state === 'recording' || (entry.started >= before && bytes <= keepBytes)) return false;
    bytes -= entry.bytes;
    return true;
  });
}
