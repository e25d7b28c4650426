// What somebody else may have put into the output folder, or into the names: no byte may land outside of it.
import { link, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Manifest } from '../../source/transfer/manifest.ts';
import { PartStore } from '../../source/transfer/part-store.ts';
import { allBlocks, complete, digestsOf, faultOf, hashThread, offer, receive, send } from './exchange.ts';
import { noise, plant, temporary, tree } from './temporary.ts';

async function scene(files: Record<string, Uint8Array>, path: string) {
  const [source, world] = [temporary(), temporary()];
  await plant(source, files);
  await plant(world, { 'outside/victim': 'precious' });
  await mkdir(join(world, 'out'));
  const from = await offer([join(source, path)], 1000);
  return { from, out: join(world, 'out'), victim: join(world, 'outside/victim'), world };
}

const unharmed = (world: string) => tree(world)['outside/victim'] === 'precious';

test.each(['data.part', 'data.part.json', 'data.part.json.tmp', 'data.part.lock', 'data'])(
  'a link planted as %s leads nowhere',
  async (name) => {
    const { from, out, victim, world } = await scene({ data: noise(5000) }, 'data');
    await symlink(victim, join(out, name));
    const final = await complete(from, await receive(from, out));
    expect(unharmed(world)).toBe(true);
    expect(tree(out)[basename(final)]).toBe(noise(5000).toString('latin1'));
  },
);

const tamperings: Record<string, (part: string, victim: string) => Promise<void>> = {
  'a link in place of a folder': async (part, victim) => {
    await rename(join(part, 'd'), join(part, 'd2'));
    await symlink(join(victim, '..'), join(part, 'd'));
  },
  'a link in place of a file': async (part, victim) => {
    await rm(join(part, 'd/victim'));
    await symlink(victim, join(part, 'd/victim'));
  },
  'a second name of a file elsewhere': async (part, victim) => {
    await rm(join(part, 'd/victim'));
    await link(victim, join(part, 'd/victim'));
  },
  'a folder in place of a file': async (part) => {
    await rm(join(part, 'd/victim'));
    await mkdir(join(part, 'd/victim'));
  },
};

test.each(Object.keys(tamperings))('%s in an unfinished share is not written through', async (what) => {
  const { from, out, victim, world } = await scene(
    { 'lab/d/victim': noise(5000), 'lab/x': noise(10) },
    'lab',
  );
  const first = await receive(from, out);
  await send(from, first, [0, 1]);
  await first.close();
  await tamperings[what]!(first.path, victim);
  const faults: unknown[] = [];
  const second = await receive(from, out, { onFault: (fault) => faults.push(fault.code) });
  await send(from, second, allBlocks(from));
  expect(['unsafe-path', 'part-failed']).toContain(
    (await faultOf(second.verify(await digestsOf(from)))).code,
  );
  expect(faults.length).toBe(1);
  expect(second.write(0, new Uint8Array(1000))).toBe('had');
  await second.close();
  expect(unharmed(world)).toBe(true);
  expect(tree(out)).not.toHaveProperty('lab/x');
});

test('a link to the part of a complete share is found before it gets its name', async () => {
  const { from, out, victim } = await scene({ 'lab/d/victim': Buffer.from('precious') }, 'lab');
  const first = await receive(from, out);
  await send(from, first, allBlocks(from));
  await first.close();
  await rm(join(first.path, 'd'), { recursive: true });
  await symlink(join(victim, '..'), join(first.path, 'd'));
  const second = await receive(from, out);
  // The bytes behind the link are the right ones.
  expect(await second.verify(await digestsOf(from))).toEqual([]);
  expect(await faultOf(second.finish())).toMatchObject({ code: 'unsafe-path' });
  await second.close();
  expect(tree(out)).not.toHaveProperty('lab');
});

test('even a manifest that nobody checked writes nothing outside', async () => {
  const part = fc.constantFrom('..', '.', 'a', 'b', '', 'out', '/', '\\', 'outside', 'victim');
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 6 }), async (parts) => {
      const { out, world } = await scene({ data: noise(10) }, 'data');
      const path = parts.join('/');
      const manifest: Manifest = {
        title: 'lab',
        kind: 'folder',
        files: [{ path, size: 4, executable: false }],
        folders: [],
        total: 4,
        key: 'c'.repeat(64),
      };
      const store = await PartStore.open({ folder: out, manifest, blockSize: 4, hashThread });
      store.write(0, Buffer.from('evil'));
      await store.close();
      expect(Object.keys(tree(world)).filter((name) => !name.startsWith('out/lab.part'))).toEqual([
        'outside/victim',
      ]);
      expect(unharmed(world)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('an output folder that is a link itself is the choice of the person', async () => {
  const { from, out, world } = await scene({ data: noise(10) }, 'data');
  await symlink('out', join(world, 'here'));
  expect(await complete(from, await receive(from, join(world, 'here')))).toBe(join(out, 'data'));
});

test('an output folder that cannot be is told', async () => {
  const { from, out, victim } = await scene({ data: noise(10) }, 'data');
  expect(await faultOf(receive(from, victim))).toMatchObject({ code: 'part-failed' });
  expect(await faultOf(receive(from, join(victim, 'below')))).toMatchObject({ code: 'part-failed' });
  expect(await faultOf(receive(from, '/proc/nothing'))).toMatchObject({ code: 'part-failed' });
  expect(await complete(from, await receive(from, join(out, 'new/deep')))).toBe(join(out, 'new/deep/data'));
});
