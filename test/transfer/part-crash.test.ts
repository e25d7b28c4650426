// Receivers that are killed, disks that fill up, files larger than memory: what arrived is kept, nothing half has the
// final name, and neither side grows.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Running, start } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';
import { hashThread } from './exchange.ts';
import { noise, plant, temporary, tree } from './temporary.ts';

const mega = 2 ** 20;
const thread = fileURLToPath(hashThread);
const programs = mkdtempSync(join(tmpdir(), 'mcast-receiver-'));
const program = join(programs, 'receiver.mjs');

// As the program itself is run: bundled, without a compiler in its memory.
beforeAll(() =>
  build({
    entryPoints: [fileURLToPath(new URL('./receiver-process.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  }),
);
afterAll(() => rmSync(programs, { recursive: true, force: true }));

const run = (task: string, source: string, out: string) =>
  start(process.execPath, [program, task, source, out, thread]);

/** What a process that ended well said, line by line. */
async function answers(running: Running): Promise<Record<string, unknown>[]> {
  const { code, err } = await running.ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return running.lines.map((line) => JSON.parse(line));
}

test('a receiver that was killed goes on where it was', async () => {
  const [source, out] = [temporary(), temporary()];
  const bytes = noise(24 * mega);
  await plant(source, { 'data.bin': bytes });
  const killed = run('slow', join(source, 'data.bin'), out);
  await killed.says(/had/);
  // Beyond the first save, which knows of nothing yet.
  const state = join(out, 'data.bin.part.json');
  await eventually(() => expect(tree(out)[state.slice(out.length + 1)]).toMatch(/"bitmap":".{30}[/]{20}/));
  await killed.stop('SIGKILL');
  expect(Object.keys(tree(out))).not.toContain('data.bin');

  const [begin, end] = await answers(run('receive', join(source, 'data.bin'), out));
  expect(begin!.had).toBeGreaterThan(0);
  expect(begin!.had).toBeLessThan(begin!.of as number);
  expect(end).toEqual({ final: join(out, 'data.bin') });
  expect(tree(out)).toEqual({ 'data.bin': bytes.toString('latin1') });
});

test('killed at any moment, there is the whole file under its name or none', async () => {
  const [source, out] = [temporary(), temporary()];
  const bytes = noise(3 * mega);
  await plant(source, { 'data.bin': bytes });
  for (const delay of [150, 200, 250, 300, 400, 500]) {
    const receiver = run('receive', join(source, 'data.bin'), out);
    await new Promise((resolve) => setTimeout(resolve, delay));
    await receiver.stop('SIGKILL');
    for (const [name, content] of Object.entries(tree(out))) {
      if (name.includes('.part')) continue;
      expect(content === bytes.toString('latin1'), `${name} after ${delay} ms`).toBe(true);
    }
  }
  const [, end] = await answers(run('receive', join(source, 'data.bin'), out));
  expect(Object.keys(tree(out)).filter((name) => name.includes('.part'))).toEqual([]);
  expect(end).toHaveProperty('final');
});

test('a full disk is told, and when there is space again the transfer goes on', async (context) => {
  const [source, out] = [temporary(), temporary()];
  const mount = ['-m', 'sh', '-c', 'mount -t tmpfs -o size=8m tmpfs "$1" && shift && exec "$@"', 'sh', out];
  const can = spawnSync('unshare', [...mount, 'true']).status === 0;
  if (!can) context.skip('only the superuser can mount a small disk');
  await plant(source, { 'data.bin': noise(4 * mega) });
  const receiver = start('unshare', [
    ...mount,
    process.execPath,
    program,
    'full',
    join(source, 'data.bin'),
    out,
    thread,
  ]);
  const [full, again, end] = await answers(receiver);
  expect(full).toMatchObject({ fault: 'out-full' });
  expect(again!.had).toBeGreaterThan(500);
  expect(again!.had).toBeLessThan(again!.of as number);
  expect(end).toEqual({ final: join(out, 'data.bin') });
});

/** What is done, how large the file is, MB of memory that it may take; a bare Node takes 45. */
test.each([
  ['read-much', 5 * 2 ** 30, 100],
  ['write-much', 2 ** 29, 130],
])(
  'to %s of a large file takes little memory',
  async (task, size, most) => {
    const [source, out] = [temporary(), temporary()];
    const path = join(source, 'huge.img');
    await plant(source, { 'huge.img': '' });
    // A hole takes no space on the disk.
    truncateSync(path, size - 4);
    appendFileSync(path, 'tail');
    const [told] = await answers(run(task, path, out));
    if (task === 'read-much') expect(told!.tail).toBe('tail');
    expect(told!.peak).toBeLessThan(most);
  },
  120_000,
);
