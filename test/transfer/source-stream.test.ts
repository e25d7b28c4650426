import { appendFile, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FileHashes } from '../../source/transfer/file-hashes.ts';
import { SourceStream } from '../../source/transfer/source-stream.ts';
import { blockOf, faultOf, hashThread, offer, sha256 } from './exchange.ts';
import { noise, plant, temporary } from './temporary.ts';

const mega = 2 ** 20;

test('any block of any files is the same bytes as the files joined', async () => {
  const folder = temporary();
  const files = { 'lab/a': noise(3 * mega + 7), 'lab/b': noise(0), 'lab/c': noise(11), 'lab/d': noise(mega) };
  await plant(folder, files);
  const joined = Buffer.concat(Object.values(files));
  const from = await offer([join(folder, 'lab')], 1400);
  // Less memory than sections, so that they are dropped and read again.
  const stream = new SourceStream(from.listing.sources, from.layout, 4);
  await fc.assert(
    fc.asyncProperty(fc.nat(from.layout.blocks - 1), fc.integer({ min: 1, max: 20 }), async (first, most) => {
      await stream.load(first);
      const run = stream.run(first, most)!;
      expect(run.length).toBeGreaterThan(0);
      expect(run.length).toBeLessThanOrEqual(most * 1400);
      expect(joined.subarray(first * 1400, first * 1400 + run.length).equals(run)).toBe(true);
    }),
    { numRuns: 300 },
  );
  for (let section = 0; section < from.layout.sections; section++) {
    const start = from.layout.sectionStart(section);
    const bytes = joined.subarray(start, start + from.layout.sectionLength(section));
    expect(await stream.sectionHash(section)).toBe(sha256(bytes));
  }
  await stream.close();
});

test('whoever reads in order seldom waits', async () => {
  const folder = temporary();
  await plant(folder, { big: noise(12 * mega) });
  const { stream, layout } = await offer([join(folder, 'big')], 1400);
  let waited = 0;
  for (let block = 0; block < layout.blocks; ) {
    const run = stream.run(block, 20);
    if (!run) {
      waited++;
      await stream.load(block);
      // A sender takes its time; the disk works meanwhile.
      await new Promise((resolve) => setTimeout(resolve, 50));
    } else block += Math.ceil(run.length / 1400);
  }
  expect(waited).toBeLessThanOrEqual(layout.sections / 2);
  await stream.close();
});

const changes: Record<string, (path: string) => Promise<void>> = {
  grows: (path) => appendFile(path, 'more'),
  shrinks: (path) => truncate(path, 10),
  'gets other bytes': (path) => writeFile(path, noise(5000, 9)),
  'gets another time': (path) => utimes(path, 1, 1),
  'is removed': (path) => rm(path),
  'is replaced': async (path) => {
    await writeFile(`${path}.new`, noise(5000, 9));
    await rename(`${path}.new`, path);
  },
};

test.each(Object.keys(changes))(
  'a file that %s is told by its name, to who reads and who hashes',
  async (what) => {
    const folder = temporary();
    await plant(folder, { 'lab/a': noise(5000), 'lab/b': noise(5000) });
    const { stream, listing } = await offer([join(folder, 'lab')]);
    const path = join(folder, 'lab/b');
    // Modification times may be as coarse as a clock tick.
    await new Promise((resolve) => setTimeout(resolve, 20));
    await changes[what]!(path);
    const fault = { code: 'file-changed', facts: { path } };
    expect(await faultOf(stream.load(0))).toEqual(fault);
    const hashes = new FileHashes(hashThread, listing.sources);
    expect(await faultOf(hashes.digests)).toEqual(fault);
    await stream.close();
  },
);

test('hashing tells how far it is', async () => {
  const folder = temporary();
  const files = { 'lab/a': noise(2 * mega), 'lab/b': noise(0), 'lab/c': noise(1000) };
  await plant(folder, files);
  const { listing } = await offer([join(folder, 'lab')]);
  const hashes = new FileHashes(hashThread, listing.sources);
  expect(await hashes.digests).toEqual(Object.values(files).map(sha256));
  expect(hashes.done).toBe(2 * mega + 1000);
});

test('hashing can be stopped', async () => {
  const folder = temporary();
  // Sparse, and long enough for many seconds.
  await writeFile(join(folder, 'a'), '');
  await truncate(join(folder, 'a'), 2 ** 33);
  const { listing } = await offer([join(folder, 'a')]);
  const hashes = new FileHashes(hashThread, listing.sources);
  await expect.poll(() => hashes.done, { timeout: 10_000 }).toBeGreaterThan(0);
  await hashes.stop();
  await expect(hashes.digests).rejects.toThrow('stopped');
});

test('a file that grows from nothing is told too', async () => {
  const folder = temporary();
  await plant(folder, { 'lab/a': 'a', 'lab/b': '' });
  const { listing } = await offer([join(folder, 'lab')]);
  await appendFile(join(folder, 'lab/b'), 'late');
  const hashes = new FileHashes(hashThread, listing.sources);
  expect(await faultOf(hashes.digests)).toMatchObject({ code: 'file-changed' });
});

test('a view stays as it is while the section is dropped', async () => {
  const folder = temporary();
  const bytes = noise(8 * mega);
  await plant(folder, { big: bytes });
  const from = await offer([join(folder, 'big')], 1024);
  const stream = new SourceStream(from.listing.sources, from.layout, 4);
  const view = await blockOf({ ...from, stream }, 3);
  for (let block = 0; block < from.layout.blocks; block += 1000) await stream.load(block);
  expect(stream.run(3, 1)).toBeUndefined();
  expect(bytes.subarray(3 * 1024, 4 * 1024).equals(view)).toBe(true);
  await stream.close();
});
