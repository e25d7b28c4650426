import { mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry } from '../../source/session/entry.ts';
import { sessionPath } from '../../source/session/paths.ts';
import { findEntry, matching, prunable, resolveSession } from '../../source/session/select.ts';
import { folder, started, startedAt, writeSession } from './samples.ts';

const day = 86_400_000;
const entry = (id: number, more: Partial<Entry> = {}): Entry => ({
  id,
  file: `2026092${id}T101320Z-node-${id}.json`,
  started: startedAt + id * day,
  ended: startedAt + id * day + 1000,
  name: `node-${id}`,
  host: 'lab-3',
  groups: ['239.255.0.1:50000'],
  events: 10,
  bytes: 100,
  state: 'whole',
  ...more,
});
const all = [entry(3), entry(2), entry(1)];
const ids = (entries: Entry[]) => entries.map(({ id }) => id);

test.each([
  ['2', 2],
  ['20260923', 3],
  ['node-1', 1],
  ['2026', undefined],
  ['7', undefined],
  ['', undefined],
])('%j is session %s', (which, id) => {
  expect(findEntry(all, which)?.id).toBe(id);
});

test('words find what they stand in, each of them, in any case', () => {
  expect(ids(matching(all, []))).toEqual([3, 2, 1]);
  expect(ids(matching(all, ['LAB', 'Node-2']))).toEqual([2]);
  expect(ids(matching([entry(1, { state: 'interrupted' }), entry(2)], ['interrupted']))).toEqual([1]);
});

test.each([
  [{ before: startedAt + 2.5 * day }, [1, 2]],
  [{ keepBytes: 250 }, [1]],
  [{ keepBytes: 300 }, []],
  [{ keepBytes: 0 }, [1, 2, 3]],
  [{ before: startedAt + 1.5 * day, keepBytes: 100 }, [1, 2]],
  [{}, []],
])('pruning by %j takes %j', (limits, expected) => {
  expect(ids(prunable(all, limits))).toEqual(expected);
});

test('what is being recorded is never pruned', () => {
  expect(ids(prunable([entry(2), entry(1, { state: 'recording' })], { keepBytes: 0 }))).toEqual([2]);
});

test('a session is found by number, by path, or as the newest', async () => {
  const dataDir = folder();
  const none = resolveSession(undefined, dataDir);
  await expect(none).rejects.toMatchObject({ code: 'no-such-session' });
  const path = sessionPath(dataDir, startedAt, 'ana');
  mkdirSync(dirname(path), { recursive: true });
  writeSession([started], path);
  const elsewhere = writeSession([started]);
  expect(await resolveSession(undefined, dataDir)).toBe(path);
  expect(await resolveSession('1', dataDir)).toBe(path);
  expect(await resolveSession('ana', dataDir)).toBe(path);
  expect(await resolveSession(elsewhere, dataDir)).toBe(elsewhere);
  await expect(resolveSession(join(dataDir, 'x.json'), dataDir)).rejects.toMatchObject({
    code: 'no-such-session',
    facts: { session: join(dataDir, 'x.json') },
  });
});

test.each([
  ['ana', '20260921T141320Z-ana.json'],
  ['señora 王', '20260921T141320Z-señora-王.json'],
  ['../../etc/passwd', '20260921T141320Z-etc-passwd.json'],
  ['...', '20260921T141320Z-node.json'],
  ['a:b*c?"<>|\\', '20260921T141320Z-a-b-c.json'],
])('the file of %j is %s', (name, file) => {
  expect(basename(sessionPath('/data', startedAt, name))).toBe(file);
});

test('any name makes a file name that every file system takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      const path = sessionPath('/data', startedAt, name);
      expect(dirname(path)).toBe(join('/data', 'sessions'));
      expect(Buffer.byteLength(basename(path))).toBeLessThanOrEqual(255);
      expect(basename(path)).toMatch(/^[\p{L}\p{M}\p{N}._-]+$/u);
    }),
  );
});
