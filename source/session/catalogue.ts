// The list of sessions, and the settings, in one small file kept with lowdb. Several monitors on a host share it:
// each change reads it anew under a lock. What it says of sessions is rebuilt from the session files when it is
// missing, damaged or out of date.
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import * as z from 'zod/mini';
import { Fault } from '../core/fault.ts';
import { catalogueVersion, type Settings, type Tell } from './catalogue-shape.ts';
import { codeOf, diskFault, makeFolder } from './disk.ts';
import { type Entry, entrySchema, inspect } from './entry.ts';
import { JsonFile } from './json-file.ts';
import { withLock } from './lock.ts';
import { cataloguePath, sessionsDir } from './paths.ts';

const catalogue = z.object({
  'mcast-tui-catalogue': z.literal(catalogueVersion),
  settings: z._default(z.record(z.string(), z.unknown()), {}),
  /** Number of the next session, so that none is given twice. */
  next: z.catch(z.int().check(z.gte(1)), 1),
  sessions: z._default(z.array(z.unknown()), []),
});

type Catalogue = Omit<z.output<typeof catalogue>, 'sessions'> & { sessions: Entry[] };

const empty = (): Catalogue => ({
  'mcast-tui-catalogue': catalogueVersion,
  settings: {},
  next: 1,
  sessions: [],
});

/** An entry that makes no sense is left out: it will be read from its file again. */
function understand(value: unknown): Catalogue | undefined {
  const read = catalogue.safeParse(value);
  if (!read.success) return undefined;
  const sessions = read.data.sessions.flatMap((entry) => entrySchema.safeParse(entry).data ?? []);
  const next = sessions.reduce((most, { id }) => Math.max(most, id + 1), read.data.next);
  return { ...read.data, sessions, next };
}

/** The settings of a catalogue that may be damaged. Rejects with Fault('file-failed'). */
export async function mendSettings(dataDir: string, tell?: Tell): Promise<Settings> {
  return (await load(dataDir, tell)).settings;
}

/** Changes the settings. Rejects with Fault('not-writable') or Fault('disk-full'). */
export async function changeSettings(dataDir: string, change: (settings: Settings) => void): Promise<void> {
  await update(dataDir, ({ settings }) => change(settings));
}

/** Enters a session that has just ended; `events` is how many it holds. Rejects as `changeSettings` does. */
export async function enterSession(dataDir: string, path: string, events: number): Promise<void> {
  const found = inspect(path, events);
  await update(dataDir, (data) => enter(data, found));
}

/** All sessions, newest first, as their files are now. A catalogue that cannot be written stays as it is. */
export async function listSessions(dataDir: string, tell?: Tell): Promise<Entry[]> {
  const data = await load(dataDir, tell);
  const files = await sessionFiles(dataDir);
  const there = new Set(files.map(({ file }) => file));
  const gone = new Set(data.sessions.map(({ file }) => file).filter((file) => !there.has(file)));
  const found = files
    .filter((file) => !isKnown(data, file))
    .flatMap(({ file }) => inspectIfThere(join(sessionsDir(dataDir), file)))
    .sort((a, b) => a.started - b.started);
  const bring = (into: Catalogue) => {
    into.sessions = into.sessions.filter(({ file }) => !gone.has(file));
    for (const entry of found) enter(into, entry);
  };
  const { sessions } = found.length + gone.size > 0 ? await updateIfPossible(dataDir, data, bring) : data;
  return sessions.sort((a, b) => b.started - a.started || b.id - a.id);
}

/** Deletes files and their entries. Rejects with Fault('session-in-use') before it deletes anything. */
export async function removeSessions(dataDir: string, entries: Entry[]): Promise<void> {
  const used = entries.find(({ state }) => state === 'recording');
  if (used) throw new Fault('session-in-use', { session: used.id });
  for (const { file } of entries) {
    const path = join(sessionsDir(dataDir), file);
    await rm(path, { force: true }).catch((error) => {
      throw diskFault(error, path, 'not-writable');
    });
  }
  const gone = new Set(entries.map(({ file }) => file));
  await updateIfPossible(dataDir, empty(), (data) => {
    data.sessions = data.sessions.filter(({ file }) => !gone.has(file));
  });
}

type Found = Omit<Entry, 'id'>;

/** A file that was known keeps its number. */
function enter(data: Catalogue, found: Found): void {
  const at = data.sessions.findIndex(({ file }) => file === found.file);
  if (at >= 0) data.sessions[at] = { id: data.sessions[at]!.id, ...found };
  else data.sessions.push({ id: data.next++, ...found });
}

function isKnown({ sessions }: Catalogue, { file, bytes }: { file: string; bytes: number }): boolean {
  const entry = sessions.find((known) => known.file === file);
  return entry !== undefined && entry.bytes === bytes && entry.state !== 'recording';
}

/** Removed by another process since it was listed: then it is no session any more. */
function inspectIfThere(path: string): Found[] {
  try {
    return [inspect(path)];
  } catch (error) {
    if (error instanceof Fault) return [];
    throw error;
  }
}

async function sessionFiles(dataDir: string): Promise<{ file: string; bytes: number }[]> {
  const dir = sessionsDir(dataDir);
  const names = await readdir(dir).catch((error) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw new Fault('file-failed', { path: dir, reason: codeOf(error) });
  });
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .map(async (file) => ({ file, stat: await stat(join(dir, file)).catch(() => undefined) })),
  );
  return files.flatMap(({ file, stat }) => (stat?.isFile() ? { file, bytes: stat.size } : []));
}

async function load(dataDir: string, tell?: Tell): Promise<Catalogue> {
  const { db, file } = openFile(dataDir);
  await db.read().catch((error) => {
    throw new Fault('file-failed', { path: file.path, reason: codeOf(error) });
  });
  // Put aside under the lock: by then another process may have done so, and written a good one.
  return file.found === 'damage' ? updateIfPossible(dataDir, db.data, () => {}, tell) : db.data;
}

/** Rejects with Fault('not-writable') or Fault('disk-full'). */
async function update(dataDir: string, change: (data: Catalogue) => void, tell?: Tell): Promise<Catalogue> {
  const { db, file } = openFile(dataDir);
  try {
    await makeFolder(dataDir);
    return await withLock(`${file.path}.lock`, async () => {
      await db.read();
      if (file.found === 'damage') tell?.(await putAside(file.path));
      await db.update(change);
      return db.data;
    });
  } catch (error) {
    throw diskFault(error, file.path, 'not-writable');
  }
}

/** Where nothing can be written, the change is made to `data` in memory. */
async function updateIfPossible(
  dataDir: string,
  data: Catalogue,
  change: (data: Catalogue) => void,
  tell?: Tell,
): Promise<Catalogue> {
  try {
    return await update(dataDir, change, tell);
  } catch {
    change(data);
    return data;
  }
}

function openFile(dataDir: string): { db: Low<Catalogue>; file: JsonFile<Catalogue> } {
  const file = new JsonFile(cataloguePath(dataDir), understand);
  return { file, db: new Low(file, empty()) };
}

async function putAside(path: string): Promise<Fault> {
  const kept = `${path}.bad-${new Date().toISOString().replace(/[-:]/g, '').slice(0, 15)}`;
  await rename(path, kept);
  return new Fault('catalogue-damaged', { path, kept });
}
