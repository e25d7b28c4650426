import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Event } from '../../source/core/event.ts';
import type { Fault } from '../../source/core/fault.ts';
import {
  changeSettings,
  enterSession,
  listSessions,
  removeSessions,
} from '../../source/session/catalogue.ts';
import { cataloguePath, sessionPath, sessionsDir } from '../../source/session/paths.ts';
import { readSettings } from '../../source/session/settings.ts';
import { start } from './children.ts';
import { folder, header, heartbeat, started, startedAt, stopped, writeSession } from './samples.ts';

const hour = 3_600_000;
const shift = (event: Event, ms: number): Event => ({ ...event, at: event.at + ms });

/** A data directory with sessions that began an hour after each other. */
function dataDirWith(...names: string[]): string {
  const dataDir = folder();
  mkdirSync(sessionsDir(dataDir));
  for (const [n, name] of names.entries()) {
    const events = [started, heartbeat(5), stopped(startedAt + 2000)].map((event) => shift(event, n * hour));
    writeSession(events, sessionPath(dataDir, startedAt + n * hour, name), { ...header, name });
  }
  return dataDir;
}

const read = (dataDir: string) => JSON.parse(readFileSync(cataloguePath(dataDir), 'utf8'));
const ids = (entries: { id: number; name: string }[]) => entries.map(({ id, name }) => `${id} ${name}`);

test('a directory that does not exist has no sessions and no settings, and is not made', async () => {
  const dataDir = join(folder(), 'none');
  expect(await listSessions(dataDir)).toEqual([]);
  expect(await readSettings(dataDir)).toEqual({});
  expect(existsSync(dataDir)).toBe(false);
});

test('the list is made from the files, newest first, and kept', async () => {
  const dataDir = dataDirWith('ana', 'bob');
  const list = await listSessions(dataDir);
  expect(list).toMatchObject([
    {
      id: 2,
      name: 'bob',
      started: startedAt + hour,
      ended: startedAt + hour + 2000,
      events: 3,
      state: 'whole',
    },
    { id: 1, name: 'ana', host: 'lab-3', groups: ['239.255.0.1:50000'] },
  ]);
  expect(list[0]!.bytes).toBe(statSync(join(sessionsDir(dataDir), list[0]!.file)).size);
  expect(read(dataDir).sessions).toHaveLength(2);
  const written = statSync(cataloguePath(dataDir)).mtimeMs;
  expect(await listSessions(dataDir)).toEqual(list);
  expect(statSync(cataloguePath(dataDir)).mtimeMs).toBe(written);
});

test('numbers stay with their sessions and are not given twice', async () => {
  const dataDir = dataDirWith('ana', 'bob');
  const [bob] = await listSessions(dataDir);
  await removeSessions(dataDir, [bob!]);
  expect(readdirSync(sessionsDir(dataDir))).toHaveLength(1);
  const path = writeSession([started], sessionPath(dataDir, startedAt + 5 * hour, 'eva'), {
    ...header,
    name: 'eva',
  });
  await enterSession(dataDir, path, 1);
  // Began when its first event happened, which is as early as ana's.
  expect(ids(await listSessions(dataDir)).sort()).toEqual(['1 ana', '3 eva']);
});

test('a file that was removed by hand leaves the list', async () => {
  const dataDir = dataDirWith('ana', 'bob');
  const [bob] = await listSessions(dataDir);
  rmSync(join(sessionsDir(dataDir), bob!.file));
  expect(ids(await listSessions(dataDir))).toEqual(['1 ana']);
  expect(read(dataDir).sessions).toHaveLength(1);
});

test('a session that was cut off says so, with the events that are left', async () => {
  const dataDir = dataDirWith('ana');
  const path = sessionPath(dataDir, startedAt + hour, 'cut');
  const whole = writeSession([started, heartbeat(1), heartbeat(2)], path);
  writeFileSync(whole, readFileSync(whole).subarray(0, -80));
  expect((await listSessions(dataDir)).find(({ file }) => path.endsWith(file))).toMatchObject({
    state: 'interrupted',
    events: 2,
  });
});

test('one whose beginning is damaged is listed, so that it can be removed', async () => {
  const dataDir = dataDirWith('ana');
  writeFileSync(join(sessionsDir(dataDir), 'broken.json'), '\0\0\0');
  const list = await listSessions(dataDir);
  const broken = list.find(({ file }) => file === 'broken.json')!;
  expect(broken).toMatchObject({ state: 'damaged', events: 0, bytes: 3 });
  await removeSessions(dataDir, [broken]);
  expect(ids(await listSessions(dataDir))).toEqual(['1 ana']);
});

test('one that is being recorded is neither interrupted nor removed; once its process is dead it is', async () => {
  const dataDir = dataDirWith();
  const path = sessionPath(dataDir, startedAt, 'now');
  writeSession([started], path, { ...header, host: hostname(), pid: process.pid });
  const [now] = await listSessions(dataDir);
  expect(now!.state).toBe('recording');
  await expect(removeSessions(dataDir, [now!])).rejects.toMatchObject({
    code: 'session-in-use',
    facts: { session: 1 },
  });
  expect(existsSync(path)).toBe(true);
  // Its process number may belong to another one by now, but nobody has touched the file for minutes.
  utimesSync(path, new Date(Date.now() - 200_000), new Date(Date.now() - 200_000));
  expect(await listSessions(dataDir)).toMatchObject([{ id: 1, state: 'interrupted' }]);
});

test('a session that went on since is read anew', async () => {
  const dataDir = dataDirWith('ana');
  const [ana] = await listSessions(dataDir);
  appendFileSync(join(sessionsDir(dataDir), ana!.file), 'x');
  expect((await listSessions(dataDir))[0]).toMatchObject({ id: 1, bytes: ana!.bytes + 1 });
});

test.each([
  ['no JSON', '{"mcast-tui-catalogue":1,'],
  ['empty', ''],
  ['another document', '[1,2,3]'],
  ['a later version', '{"mcast-tui-catalogue":2,"sessions":[]}'],
  ['binary', '\0\u0001\ufffd'],
])('a damaged catalogue (%s) is kept, rebuilt and told of', async (_, text) => {
  const dataDir = dataDirWith('ana', 'bob');
  writeFileSync(cataloguePath(dataDir), text);
  const told: Fault[] = [];
  expect(ids(await listSessions(dataDir, (fault) => told.push(fault)))).toEqual(['2 bob', '1 ana']);
  const kept = readdirSync(dataDir).filter((name) => name.startsWith('sessions.json.bad-'));
  expect(kept).toHaveLength(1);
  expect(readFileSync(join(dataDir, kept[0]!), 'utf8')).toBe(text);
  expect(told).toMatchObject([{ code: 'catalogue-damaged', facts: { kept: join(dataDir, kept[0]!) } }]);
  expect(ids(await listSessions(dataDir, (fault) => told.push(fault)))).toEqual(['2 bob', '1 ana']);
  expect(told).toHaveLength(1);
});

test('entries that make no sense are read from their files again; settings and numbers stay', async () => {
  const dataDir = dataDirWith('ana', 'bob');
  await listSessions(dataDir);
  const data = read(dataDir);
  data.settings = { ttl: 4, group: ['224.1.1.1:10000'] };
  data.sessions[0] = { ...data.sessions[0], events: 'many' };
  data.sessions.push({ ...data.sessions[1], id: 9, file: '../../../etc/passwd.json' });
  writeFileSync(cataloguePath(dataDir), JSON.stringify(data));
  const list = await listSessions(dataDir);
  expect(list.map(({ name, events }) => `${name} ${events}`)).toEqual(['bob 3', 'ana 3']);
  expect(await readSettings(dataDir)).toEqual({ ttl: 4, group: ['224.1.1.1:10000'] });
});

test('reading the settings alone puts a damaged catalogue aside, too, and tells of it', async () => {
  const dataDir = dataDirWith('ana');
  writeFileSync(cataloguePath(dataDir), '{"settings":{"ttl":4}');
  const told: Fault[] = [];
  expect(await readSettings(dataDir, (fault) => told.push(fault))).toEqual({});
  expect(told).toMatchObject([{ code: 'catalogue-damaged' }]);
  expect(await readSettings(dataDir, (fault) => told.push(fault))).toEqual({});
  expect(told).toHaveLength(1);
  expect(ids(await listSessions(dataDir))).toEqual(['1 ana']);
});

test('settings are changed and read', async () => {
  const dataDir = join(folder(), 'new', 'place');
  await changeSettings(dataDir, (settings) => {
    settings.name = 'ana';
  });
  await changeSettings(dataDir, (settings) => {
    settings.ttl = 3;
  });
  expect(await readSettings(dataDir)).toEqual({ name: 'ana', ttl: 3 });
});

test('processes that write at the same time lose nothing of each other', async () => {
  const names = Array.from({ length: 24 }, (_, n) => `node-${n}`);
  const dataDir = dataDirWith(...names);
  const paths = names.map((name, n) => sessionPath(dataDir, startedAt + n * hour, name));
  const children = [0, 1, 2, 3].map((n) =>
    start('catalogue-child.ts', [dataDir, ...paths.slice(n * 6, n * 6 + 6)]),
  );
  for (const { ended } of children) await ended;
  const { sessions, settings, next } = read(dataDir);
  expect(sessions.map(({ name }: { name: string }) => name).sort()).toEqual([...names].sort());
  expect(new Set(sessions.map(({ id }: { id: number }) => id)).size).toBe(24);
  expect(Object.keys(settings).sort()).toEqual([...paths].sort());
  expect(next).toBe(25);
  expect(readdirSync(dataDir).sort()).toEqual(['sessions', 'sessions.json']);
});

test('a lock that a dead process left is broken', async () => {
  const dataDir = dataDirWith('ana');
  const lock = `${cataloguePath(dataDir)}.lock`;
  writeFileSync(lock, '');
  utimesSync(lock, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
  await listSessions(dataDir);
  expect(read(dataDir).sessions).toHaveLength(1);
  expect(existsSync(lock)).toBe(false);
});

test.skipIf(process.getuid?.() === 0)(
  'a read-only directory is listed all the same (root may write everywhere)',
  async () => {
    const dataDir = dataDirWith('ana', 'bob');
    chmodSync(dataDir, 0o555);
    expect(ids(await listSessions(dataDir))).toEqual(['2 bob', '1 ana']);
    await expect(changeSettings(dataDir, () => {})).rejects.toMatchObject({ code: 'not-writable' });
    chmodSync(dataDir, 0o755);
  },
);
