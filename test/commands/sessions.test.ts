import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { freePort, type Json, parseLines, runCli, temporaryDirectory } from '../support/cli.ts';

let dataDir = '';

async function record(name: string): Promise<string> {
  const group = `239.255.13.1:${await freePort()}`;
  const { code, out } = await runCli([
    'listen',
    '--json',
    '-g',
    group,
    '--name',
    name,
    '--duration',
    '0.2',
    '--data-dir',
    dataDir,
  ]);
  expect(code).toBe(0);
  return out;
}

const sessions = (...args: string[]) => runCli(['sessions', '--data-dir', dataDir, ...args]);
const files = () => readdirSync(join(dataDir, 'sessions'));

beforeEach(() => {
  dataDir = temporaryDirectory();
});

test('lists, shows and removes what was recorded', async () => {
  expect(await sessions()).toMatchObject({
    code: 0,
    out: expect.stringContaining('There are no sessions yet.'),
  });
  await record('ana');
  await record('bob');

  const { out } = await sessions();
  const [head, ...rows] = out.trimEnd().split('\n');
  expect(head).toMatch(/^#\s+STARTED\s+LENGTH\s+EVENTS\s+SIZE\s+NAME\s+GROUPS\s+STATE$/);
  expect(
    rows.map((row) =>
      row
        .trim()
        .split(/\s{2,}/)
        .at(-3),
    ),
  ).toEqual(['bob', 'ana']);
  expect((await sessions('list', 'ana')).out.trimEnd().split('\n')).toHaveLength(2);
  expect((await sessions('list', 'nobody')).out).toContain('No session mentions "nobody".');

  const listed = JSON.parse((await sessions('--json')).out) as Json[];
  expect(listed).toMatchObject([
    { id: 2, name: 'bob', state: 'whole' },
    { id: 1, name: 'ana', state: 'whole' },
  ]);
  const shown = await sessions('show', '1');
  expect(shown.out).toContain(String(listed[1]!.path));
  expect(JSON.parse((await sessions('show', 'ana', '--json')).out)).toEqual(listed[1]);

  // All must be there before anything goes.
  expect(await sessions('remove', '1', '9')).toMatchObject({ code: 2 });
  expect(files()).toHaveLength(2);
  expect((await sessions('remove', '1')).out).toMatch(/1 of 2 sessions removed, .+ freed\.\n$/);
  expect(files()).toHaveLength(1);
  expect((await sessions('prune', '--older-than', '0')).out).toMatch(/1 of 1 sessions removed/);
  expect(files()).toEqual([]);
});

test('prunes by age and by size', async () => {
  await record('ana');
  await record('bob');
  expect((await sessions('prune', '--older-than', '1')).out).toBe('0 of 2 sessions removed, 0 B freed.\n');
  expect(JSON.parse((await sessions('prune', '--keep', '0.002', '--json')).out)).toMatchObject([
    { name: 'ana' },
  ]);
  expect(files()).toHaveLength(1);
});

test('replay without a terminal prints the events of the newest session, or of the one named', async () => {
  const ana = await record('ana');
  const bob = await record('bob');
  const replay = async (...args: string[]) =>
    (await runCli(['replay', '--data-dir', dataDir, '--json', ...args])).out;
  expect(parseLines(await replay())).toEqual(parseLines(bob));
  expect(parseLines(await replay('1'))).toEqual(parseLines(ana));
  const [file] = files().filter((name) => name.endsWith('-ana.json'));
  expect(parseLines(await replay(join(dataDir, 'sessions', file!)))).toEqual(parseLines(ana));
  const plain = await runCli(['replay', '--data-dir', dataDir, 'ana']);
  expect(plain.out.split('\n')[0]).toContain('started as ana');
  expect(plain.out).toContain('stopped (the time is over)');
});
