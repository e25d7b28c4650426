import { chmod, mkdir, open, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  allBlocks,
  blockOf,
  complete,
  digestsOf,
  faultOf,
  type Offer,
  offer,
  receive,
  send,
  single,
} from './exchange.ts';
import { noise, plant, temporary, tree } from './temporary.ts';

const mega = 2 ** 20;
const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

test('blocks in any order, some of them twice, give the same files', async () => {
  const content = fc.uint8Array({ maxLength: 2000 });
  const path = fc.constantFrom('a', 'b.txt', 'd/a', 'd/e/f', 'g/h i', 'ñ/😀');
  const files = fc.dictionary(path, content, { minKeys: 1, maxKeys: 6 });
  await fc.assert(
    fc.asyncProperty(
      files,
      fc.integer({ min: 1, max: 300 }),
      fc.infiniteStream(fc.nat()),
      async (files, size, random) => {
        const [source, out] = [temporary(), temporary()];
        await mkdir(join(source, 'share/empty'), { recursive: true });
        for (const [path, bytes] of Object.entries(files))
          await plant(join(source, 'share'), { [path]: bytes });
        const from = await offer([join(source, 'share')], size);
        const to = await receive(from, out);
        const order = allBlocks(from).sort(() => ((random.next().value ?? 0) % 3) - 1);
        await send(from, to, order.slice(0, 5));
        await send(from, to, order);
        expect(await to.verify(await digestsOf(from))).toEqual([]);
        expect(await to.finish()).toBe(join(out, 'share'));
        expect(tree(out)).toEqual(tree(source));
        await from.stream.close();
      },
    ),
    { numRuns: 30 },
  );
}, 60_000);

test('nothing has the final name before all is proved, and nothing else is left after', async () => {
  const from = await single(noise(3 * mega));
  const to = await receive(from, from.out);
  await send(from, to, allBlocks(from));
  expect(await to.verify(await digestsOf(from))).toEqual([]);
  expect(Object.keys(tree(from.out)).sort()).toEqual(
    ['data.bin.part', 'data.bin.part.json', 'data.bin.part.lock'].sort(),
  );
  expect(await to.finish()).toBe(join(from.out, 'data.bin'));
  expect(tree(from.out)).toEqual({ 'data.bin': latin(from.bytes) });
});

test('it cannot be finished before it is proved', async () => {
  const from = await single(noise(5000));
  const to = await receive(from, from.out);
  await expect(to.verify(await digestsOf(from))).rejects.toThrow('missing');
  await send(from, to, allBlocks(from));
  await expect(to.finish()).rejects.toThrow('proved');
  expect(await faultOf(to.verify([]))).toMatchObject({ code: 'bad-manifest', facts: { reason: 'digests' } });
  await to.close();
});

test('nothing is overwritten: a number is added', async () => {
  const from = await single(noise(1000));
  for (const wanted of ['data.bin', 'data (1).bin', 'data (2).bin']) {
    expect(basename(await complete(from, await receive(from, from.out)))).toBe(wanted);
  }
  await symlink('/nowhere', join(from.out, 'data (3).bin'));
  expect(basename(await complete(from, await receive(from, from.out)))).toBe('data (4).bin');
});

test('a folder does not go into one that has its name, nor over a file', async () => {
  const [source, out] = [temporary(), temporary()];
  await plant(source, { 'lab/a': 'new' });
  await plant(out, { 'lab/a': 'mine', 'lab (1)': 'a file' });
  const from = await offer([join(source, 'lab')]);
  expect(basename(await complete(from, await receive(from, out)))).toBe('lab (2)');
  expect(tree(out)).toEqual({ 'lab/a': 'mine', 'lab (1)': 'a file', 'lab (2)/a': 'new' });
});

test('two transfers of the same share at once do not touch each other', async () => {
  const from = await single(noise(50_000));
  const [one, two] = [await receive(from, from.out), await receive(from, from.out)];
  expect(one.path).not.toBe(two.path);
  await send(from, one, allBlocks(from));
  await send(from, two, allBlocks(from).reverse());
  const digests = await digestsOf(from);
  expect(await Promise.all([one.verify(digests), two.verify(digests)])).toEqual([[], []]);
  const names = await Promise.all([one.finish(), two.finish()]);
  expect(names.map((name) => basename(name)).sort()).toEqual(['data (1).bin', 'data.bin']);
  expect(tree(from.out)).toEqual({ 'data.bin': latin(from.bytes), 'data (1).bin': latin(from.bytes) });
});

test('what arrived before the end is not asked for again', async () => {
  const from = await single(noise(3 * mega));
  const first = await receive(from, from.out);
  await send(
    from,
    first,
    allBlocks(from).filter((block) => block % 3 > 0),
  );
  await first.close();
  const second = await receive(from, from.out);
  expect(second.path).toBe(first.path);
  const missing = allBlocks(from).filter((block) => !second.had.has(block));
  expect(missing).toEqual(allBlocks(from).filter((block) => block % 3 === 0));
  await send(from, second, missing);
  expect(await second.verify(await digestsOf(from))).toEqual([]);
  await second.finish();
  expect(tree(from.out)).toEqual({ 'data.bin': latin(from.bytes) });
});

test.each([
  [
    'another share of that name',
    async (from: Offer) => ({ ...from, manifest: { ...from.manifest, key: 'b'.repeat(64) } }),
  ],
  ['another block size', async (from: Offer) => offer([from.listing.sources[0]!.path], 999)],
])('%s does not go on with it, nor touch it', async (_, other) => {
  const from = await single(noise(10_000));
  const first = await receive(from, from.out);
  await send(from, first, [1, 2]);
  await first.close();
  const second = await receive(await other(from), from.out);
  expect(second.had.count).toBe(0);
  expect(second.path).not.toBe(first.path);
  await second.discard();
  const third = await receive(from, from.out);
  expect(third.had.count).toBe(2);
  await third.close();
});

test('a damaged state is not believed', async () => {
  const from = await single(noise(10_000));
  const first = await receive(from, from.out);
  await send(from, first, [1, 2]);
  await first.close();
  const state = `${first.path}.json`;
  await writeFile(state, (await readFile(state, 'utf8')).replace(/"bitmap":"..../, '"bitmap":"AAAA'));
  const second = await receive(from, from.out);
  expect(second.had.count).toBe(0);
  expect(basename(await complete(from, second))).toBe('data.bin');
});

test('a state that promises too much is found out, and only the bad sections are asked for again', async () => {
  const from = await single(noise(4 * mega), 1024);
  const first = await receive(from, from.out);
  await send(from, first, allBlocks(from));
  await first.close();
  const file = await open(first.path, 'r+');
  await file.write(noise(10, 5), 0, 10, 2 * mega + 5);
  await file.close();
  const second = await receive(from, from.out);
  expect(second.had.count).toBe(from.layout.blocks);
  const digests = await digestsOf(from);
  expect(await second.verify(digests)).toEqual([0]);
  await expect(second.finish()).rejects.toThrow('proved');
  const checks: boolean[] = [];
  for (const section of second.sectionsOf([0])) {
    checks.push(await second.check(section, await from.stream.sectionHash(section)));
  }
  expect(checks).toEqual([true, true, false, true]);
  const missing = allBlocks(from).filter((block) => !second.had.has(block));
  expect(missing).toEqual(Array.from({ length: 1024 }, (_, at) => 2048 + at));
  await send(from, second, missing);
  expect(await second.verify(digests)).toEqual([]);
  await second.finish();
  expect(tree(from.out)).toEqual({ 'data.bin': latin(from.bytes) });
});

test.each([
  ['shorter', 100],
  ['longer', 9000],
])('an unfinished file that somebody made %s is mended', async (_, length) => {
  const from = await single(noise(5000));
  const first = await receive(from, from.out);
  await send(from, first, allBlocks(from));
  await first.close();
  await writeFile(first.path, Buffer.concat([from.bytes, noise(9000)]).subarray(0, length));
  const second = await receive(from, from.out);
  const digests = await digestsOf(from);
  expect(await second.verify(digests)).toEqual([0]);
  await second.check(0, await from.stream.sectionHash(0));
  await send(from, second, allBlocks(from));
  expect(await second.verify(digests)).toEqual([]);
  await second.finish();
  expect(tree(from.out)).toEqual({ 'data.bin': latin(from.bytes) });
});

test('blocks can be read back whether they wait in memory or are in the file', async () => {
  const from = await single(noise(12 * mega), 1024);
  const to = await receive(from, from.out, { sections: 4 });
  await send(
    from,
    to,
    allBlocks(from).filter((block) => block % 7 > 0),
  );
  expect(to.peek(12 * 1024 - 1)).toBeDefined();
  expect(to.peek(1)).toBeUndefined();
  for (let block = 1; block < from.layout.blocks; block += 70) {
    expect(Buffer.from(await to.read(block)).equals(await blockOf(from, block))).toBe(true);
  }
  await expect(to.read(7)).rejects.toThrow('not here');
  await complete(from, to);
  expect(tree(from.out)).toEqual({ 'data.bin': latin(from.bytes) });
});

test('blocks that cannot be are refused', async () => {
  const from = await single(noise(1500));
  const to = await receive(from, from.out);
  expect(to.write(2, new Uint8Array(1000))).toBe('wrong');
  expect(to.write(-1, new Uint8Array(1000))).toBe('wrong');
  expect(to.write(0.5, new Uint8Array(1000))).toBe('wrong');
  expect(to.write(Number.NaN, new Uint8Array(1000))).toBe('wrong');
  expect(to.write(0, new Uint8Array(999))).toBe('wrong');
  expect(to.write(1, new Uint8Array(1000))).toBe('wrong');
  expect(to.write(1, new Uint8Array(500))).toBe('taken');
  expect(to.write(1, new Uint8Array(500))).toBe('had');
  await to.close();
});

test('a run of blocks is taken in at one go, also where some of it is there already, within one section', async () => {
  const from = await single(noise(3 * mega + 500));
  const to = await receive(from, from.out);
  const { blockSize, sectionBlocks, blocks } = to.layout;
  const run = (first: number, end: number) => from.bytes.subarray(first * blockSize, end * blockSize);
  expect(to.write(3, run(3, 4))).toBe('taken');
  expect(to.write(5, run(5, 7))).toBe('taken');
  expect(to.write(0, run(0, 10))).toBe('taken');
  expect(to.had.count).toBe(10);
  expect(to.write(2, run(2, 9))).toBe('had');
  expect(to.write(sectionBlocks - 1, run(sectionBlocks - 1, sectionBlocks + 1))).toBe('wrong');
  expect(to.write(blocks - 2, run(blocks - 2, blocks))).toBe('taken');
  await complete(from, to);
  expect(tree(from.out)).toEqual({ 'data.bin': latin(from.bytes) });
});

test('of the mode only the executable bit comes along', async () => {
  const [source, out] = [temporary(), temporary()];
  await plant(source, { 'lab/run': '#!', 'lab/plain': 'x', 'lab/void': '', tool: '#!' });
  await chmod(join(source, 'lab/run'), 0o6777);
  await chmod(join(source, 'lab/void'), 0o700);
  await chmod(join(source, 'tool'), 0o4755);
  for (const path of ['lab', 'tool']) {
    const from = await offer([join(source, path)]);
    await complete(from, await receive(from, out));
  }
  const mask = process.umask();
  const modeOf = async (path: string) => (await stat(join(out, path))).mode & 0o7777;
  expect(await modeOf('lab/run')).toBe(0o777 & ~mask);
  expect(await modeOf('lab/void')).toBe(0o777 & ~mask);
  expect(await modeOf('lab/plain')).toBe(0o666 & ~mask);
  expect(await modeOf('tool')).toBe(0o777 & ~mask);
});

test('an empty file and an empty folder arrive', async () => {
  const [source, out] = [temporary(), temporary()];
  await plant(source, { 'none.txt': '' });
  await mkdir(join(source, 'bare'));
  for (const path of ['none.txt', 'bare']) {
    const from = await offer([join(source, path)]);
    await complete(from, await receive(from, out));
  }
  expect(tree(out)).toEqual({ 'none.txt': '', 'bare/': '' });
});

test('a share that does not fit is refused before any of it is taken', async () => {
  const from = await single(noise(1000));
  const huge = { ...from.manifest, files: [{ ...from.manifest.files[0]!, size: 2 ** 47 }], total: 2 ** 47 };
  const to = receive(
    { ...from, manifest: huge, layout: { blockSize: 2 ** 20 } as Offer['layout'] },
    from.out,
  );
  expect(await faultOf(to)).toMatchObject({ code: 'out-space', facts: { needed: 2 ** 47 } });
  expect(tree(from.out)).toEqual({});
});
