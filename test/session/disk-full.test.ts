// Real disks that run full. The recording stops with the reason, and the file stays valid up to there.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { start } from './children.ts';
import { folder, heartbeat } from './samples.ts';

async function expectValid(path: string, child: ReturnType<typeof start>, copy = path): Promise<void> {
  await child.ended;
  const [, code, count] = child.lines.at(-1)!.split(' ');
  expect(code).toBe('disk-full');
  const { events } = JSON.parse(readFileSync(copy, 'utf8')) as { events: { at: number }[] };
  expect(events).toHaveLength(Number(count));
  expect(events.length).toBeGreaterThan(100);
  expect(events.map(({ at }) => at)).toEqual(events.map((_, n) => heartbeat(n).at));
}

test.skipIf(process.platform === 'win32')('beyond ulimit -f (Windows has none)', async () => {
  const path = join(folder(), 'session.json');
  await expectValid(path, start('record-child.ts', [path], ['sh', '-c', 'ulimit -f 1500; exec "$@"', 'sh']));
});

const mayMount = spawnSync('unshare', ['-m', 'true']).status === 0;

test.skipIf(!mayMount)('on a file system of 1 MiB (to mount one takes root on Linux)', async () => {
  const dir = folder();
  const disk = join(dir, 'disk');
  mkdirSync(disk);
  const path = join(disk, 'session.json');
  const copy = join(dir, 'copy.json');
  // The mount is gone with its namespace, so what is on it is copied out before.
  const script = `mount -t tmpfs -o size=1m tmpfs ${disk} && "$@" && cp ${path} ${copy}`;
  await expectValid(
    path,
    start('record-child.ts', [path], ['unshare', '-m', 'sh', '-c', script, 'sh']),
    copy,
  );
});

test.skipIf(!mayMount)(
  'on a read-only file system recording does not begin (to mount one takes root)',
  async () => {
    const disk = join(folder(), 'disk');
    mkdirSync(disk);
    const script = `mount -t tmpfs -o ro tmpfs ${disk} && "$@" 2>/dev/null || echo refused`;
    const child = start(
      'open-child.ts',
      [join(disk, 'sessions', 'session.json')],
      ['unshare', '-m', 'sh', '-c', script, 'sh'],
    );
    await child.ended;
    expect(child.lines).toEqual(['not-writable EROFS']);
  },
);
