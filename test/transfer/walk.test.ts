import { execFileSync } from 'node:child_process';
import { chmod, mkdir, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodeManifest, encodeManifest } from '../../source/transfer/manifest.ts';
import { listFiles } from '../../source/transfer/walk.ts';
import { faultOf } from './exchange.ts';
import { plant, temporary } from './temporary.ts';

test('a file is shared under its own name', async () => {
  const folder = temporary();
  await plant(folder, { 'notes.txt': 'hello' });
  const { manifest, sources } = await listFiles([join(folder, 'notes.txt')]);
  expect(manifest).toMatchObject({ title: 'notes.txt', kind: 'file', folders: [], total: 5 });
  expect(manifest.files).toEqual([{ path: 'notes.txt', size: 5, executable: false }]);
  expect(sources[0]).toMatchObject({ path: join(folder, 'notes.txt'), size: 5 });
});

test('a folder keeps its tree, its empty files and its empty folders', async () => {
  const folder = temporary();
  await plant(folder, { 'lab/b/deep/x.txt': 'xx', 'lab/a.txt': 'a', 'lab/none.txt': '', 'lab/run.sh': '#!' });
  await mkdir(join(folder, 'lab/empty/inner'), { recursive: true });
  await chmod(join(folder, 'lab/run.sh'), 0o4755);
  const { manifest, sources } = await listFiles([join(folder, 'lab/')]);
  expect(manifest).toMatchObject({ title: 'lab', kind: 'folder', folders: ['empty/inner'], total: 5 });
  expect(manifest.files).toEqual([
    { path: 'a.txt', size: 1, executable: false },
    { path: 'b/deep/x.txt', size: 2, executable: false },
    { path: 'none.txt', size: 0, executable: false },
    { path: 'run.sh', size: 2, executable: true },
  ]);
  expect(sources.map(({ path }) => path.slice(folder.length))).toEqual([
    '/lab/a.txt',
    '/lab/b/deep/x.txt',
    '/lab/none.txt',
    '/lab/run.sh',
  ]);
  expect(decodeManifest(encodeManifest(manifest))).toEqual(manifest);
});

test('several paths become one folder', async () => {
  const folder = temporary();
  await plant(folder, { 'one.txt': '1', 'dir/two.txt': '22' });
  const { manifest } = await listFiles([join(folder, 'one.txt'), join(folder, 'dir')]);
  expect(manifest).toMatchObject({ title: 'one.txt +1', kind: 'folder' });
  expect(manifest.files.map(({ path }) => path)).toEqual(['dir/two.txt', 'one.txt']);
});

test('an empty folder is a share', async () => {
  const folder = temporary();
  const { manifest } = await listFiles([folder]);
  expect(manifest).toMatchObject({ kind: 'folder', files: [], folders: [], total: 0 });
});

test('links and pipes are left out and counted; a link that was named is followed', async () => {
  const folder = temporary();
  await plant(folder, { 'lab/real.txt': 'real', 'secret.txt': 'secret' });
  await symlink('../secret.txt', join(folder, 'lab/link.txt'));
  await symlink('..', join(folder, 'lab/up'));
  execFileSync('mkfifo', [join(folder, 'lab/pipe')]);
  const listing = await listFiles([join(folder, 'lab')]);
  expect(listing.manifest.files.map(({ path }) => path)).toEqual(['real.txt']);
  expect(listing).toMatchObject({ links: 2, special: 1 });
  const named = await listFiles([join(folder, 'lab/link.txt')]);
  expect(named.manifest.files).toEqual([{ path: 'link.txt', size: 6, executable: false }]);
});

test('names that would mean something else on a receiver are mended, and it is told which', async () => {
  const folder = temporary();
  await plant(folder, { 'lab/10:30.log': 'x', 'lab/aux.c': 'x', 'lab/a\\b': 'x', 'lab/good': 'x' });
  const { manifest, mended } = await listFiles([join(folder, 'lab')]);
  expect(manifest.files.map(({ path }) => path)).toEqual(['10_30.log', 'a_b', 'aux_.c', 'good']);
  expect(mended.count).toBe(3);
  expect(mended.examples).toContainEqual({ from: 'aux.c', to: 'aux_.c' });
});

test('the key is the same for the same files, and another when one has changed', async () => {
  const folder = temporary();
  await plant(folder, { 'lab/a': 'aaa', 'lab/b': 'bbb' });
  const keyOf = async () => (await listFiles([join(folder, 'lab')])).manifest.key;
  const first = await keyOf();
  expect(await keyOf()).toBe(first);
  await utimes(join(folder, 'lab/b'), 1, 1);
  expect(await keyOf()).not.toBe(first);
});

test('what cannot be shared is told', async () => {
  const folder = temporary();
  await plant(folder, { 'x/same': '1', 'y/same': '2' });
  expect(await faultOf(listFiles([]))).toMatchObject({ code: 'nothing-to-share' });
  expect(await faultOf(listFiles([join(folder, 'missing')]))).toEqual({
    code: 'file-failed',
    facts: { path: join(folder, 'missing'), reason: 'ENOENT' },
  });
  expect(await faultOf(listFiles(['/dev/null']))).toMatchObject({
    code: 'file-failed',
    facts: { reason: 'not-a-file' },
  });
  expect(await faultOf(listFiles([join(folder, 'x/same'), join(folder, 'y/same')]))).toEqual({
    code: 'bad-manifest',
    facts: { reason: 'twice', name: 'same' },
  });
  await mkdir(join(folder, 'deep', ...Array<string>(65).fill('d')), { recursive: true });
  expect(await faultOf(listFiles([join(folder, 'deep')]))).toMatchObject({
    code: 'name-refused',
    facts: { reason: 'too-deep' },
  });
});

test('a name that is not UTF-8 is told as such', async () => {
  const folder = temporary();
  execFileSync('sh', ['-c', `mkdir lab; printf x > "lab/$(printf 'a\\377b')"`], { cwd: folder });
  expect(await faultOf(listFiles([join(folder, 'lab')]))).toMatchObject({
    code: 'name-refused',
    facts: { reason: 'not-utf8' },
  });
});

test('an unreadable file is told before anything is announced', async (context) => {
  if (process.getuid?.() === 0) context.skip('the superuser may read every file');
  const folder = temporary();
  await plant(folder, { 'lab/private': 'x' });
  await chmod(join(folder, 'lab/private'), 0);
  expect(await faultOf(listFiles([join(folder, 'lab')]))).toMatchObject({
    code: 'file-failed',
    facts: { reason: 'EACCES' },
  });
});
