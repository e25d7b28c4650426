import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Fault } from '../../source/core/fault.ts';
import type { Disk } from '../../source/session/disk.ts';
import { SessionReader } from '../../source/session/reader.ts';
import { Recorder, type RecorderOptions } from '../../source/session/recorder.ts';
import { folder, header, heartbeat, linesOf } from './samples.ts';

const parse = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

function start(more: Partial<RecorderOptions> = {}) {
  return Recorder.open({ path: join(folder(), 'session.json'), header, ...more });
}

type Write = (
  bytes: Uint8Array,
  offset: number,
  length: number,
  position: number,
) => Promise<{ bytesWritten: number }>;
type Faked = { [Operation in keyof Disk]: Operation extends 'write' ? Write : () => Promise<void> };

/** A file whose next writes a test holds back or lets fail. */
function disk(change: (file: Disk) => Partial<Faked>): Pick<RecorderOptions, 'openFile'> {
  return {
    openFile: async (path) => {
      const file = await open(path, 'wx');
      const real: Disk = {
        write: file.write.bind(file),
        truncate: file.truncate.bind(file),
        datasync: file.datasync.bind(file),
        utimes: file.utimes.bind(file),
        close: file.close.bind(file),
      };
      return { ...real, ...change(real) } as Disk;
    },
  };
}

const fails = (code: string) => Promise.reject(Object.assign(new Error(code), { code }));

test('an empty session is valid JSON from the start', async () => {
  const recorder = await start();
  expect(parse(recorder.path)).toEqual({ ...header, events: [] });
  await recorder.close();
  expect(parse(recorder.path)).toEqual({ ...header, events: [] });
});

test('whatever is appended and flushed, the file is valid JSON with just those events at every step', async () => {
  const step = fc.oneof(
    fc.record({ append: fc.integer({ min: 1, max: 5 }) }),
    fc.constant({ flush: true as const }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const recorder = await start();
      let n = 0;
      for (const step of steps) {
        if ('append' in step) {
          const events = Array.from({ length: step.append }, () => heartbeat(n++));
          recorder.append(n % 2 ? linesOf(events) : Buffer.from(linesOf(events)), events.length);
        } else {
          await recorder.flush();
          const { events } = parse(recorder.path);
          expect(events).toEqual(Array.from({ length: n }, (_, i) => heartbeat(i)));
          expect(recorder.view()).toEqual({
            path: recorder.path,
            events: n,
            bytes: statSync(recorder.path).size,
          });
        }
      }
      await recorder.close();
      expect(parse(recorder.path).events).toHaveLength(n);
    }),
    { numRuns: 40 },
  );
});

test('appended events are on disk within half a second without being asked for', async () => {
  const recorder = await start();
  recorder.append(linesOf([heartbeat(0)]), 1);
  await vi.waitFor(() => expect(parse(recorder.path).events).toHaveLength(1), { timeout: 2000 });
  await recorder.close();
});

test('one write is under way at a time, and what comes meanwhile goes out together', async () => {
  const writes: number[] = [];
  let underWay = 0;
  const recorder = await start(
    disk((file) => ({
      write: async (...args) => {
        expect(++underWay).toBe(1);
        writes.push(args[0].length);
        const result = await file.write(...args);
        underWay--;
        return result;
      },
    })),
  );
  recorder.append(linesOf([heartbeat(0)]), 1);
  const first = recorder.flush();
  for (let n = 1; n <= 100; n++) recorder.append(linesOf([heartbeat(n)]), 1);
  await first;
  await recorder.flush();
  expect(writes).toHaveLength(3);
  expect(parse(recorder.path).events).toHaveLength(101);
  await recorder.close();
});

test('a name that is taken gets a number, the other file stays as it is', async () => {
  const first = await start();
  const second = await Recorder.open({ path: first.path, header });
  expect(second.path).toBe(first.path.replace('.json', '-2.json'));
  await first.close();
  await second.close();
});

test('what a slow disk leaves no room for is dropped and counted, and memory stays bounded', async () => {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let calls = 0;
  const recorder = await start({
    queueBytes: 10_000,
    ...disk((file) => ({
      write: async (...args) => {
        if (++calls > 1) await held;
        return file.write(...args);
      },
    })),
  });
  const line = linesOf([heartbeat(0)]);
  const room = Math.floor(10_000 / line.length);
  for (let n = 0; n < 1000; n++) recorder.append(line, 1);
  expect(recorder.takeDropped()).toBe(1000 - room);
  expect(recorder.takeDropped()).toBe(0);
  letGo();
  await recorder.close();
  expect(parse(recorder.path).events).toHaveLength(room);
});

test('a full disk: the short write is undone, the file stays valid, the reason is told once', async () => {
  const faults: Fault[] = [];
  let room = 4000;
  const recorder = await start({
    onStop: (fault) => faults.push(fault),
    ...disk((file) => ({
      write: async (bytes, offset, length, position) => {
        const end = position + length;
        if (end > room && position >= room) return fails('ENOSPC');
        return file.write(bytes, offset, Math.min(length, room - position), position);
      },
    })),
  });
  for (let n = 0; n < 100; n++) {
    recorder.append(linesOf([heartbeat(n)]), 1);
    await recorder.flush();
  }
  expect(faults).toMatchObject([{ code: 'disk-full', facts: { path: recorder.path, reason: 'ENOSPC' } }]);
  expect(recorder.view()).toEqual({ stopped: 'disk-full' });
  const { events } = parse(recorder.path);
  expect(events).toEqual(Array.from({ length: recorder.events }, (_, n) => heartbeat(n)));
  expect(recorder.events).toBeGreaterThan(5);
  expect(statSync(recorder.path).size).toBeLessThanOrEqual(4000);
  room = 1e9;
  recorder.append(linesOf([heartbeat(0)]), 1);
  await recorder.close();
  expect(parse(recorder.path).events).toEqual(events);
});

test.each([
  ['write', 'EIO', 'not-recording'],
  ['write', 'EDQUOT', 'disk-full'],
  ['write', 'EFBIG', 'disk-full'],
  ['datasync', 'EIO', 'not-recording'],
] as const)(
  '%s failing with %s stops the recording with %s and never throws',
  async (operation, code, fault) => {
    const faults: Fault[] = [];
    let calls = 0;
    const recorder = await start({
      onStop: (fault) => faults.push(fault),
      ...disk((file) => ({
        // The first write is the header's.
        write: (...args) => (operation === 'write' && calls++ === 1 ? fails(code) : file.write(...args)),
        datasync: () => (operation === 'datasync' ? fails(code) : file.datasync()),
      })),
    });
    recorder.append(linesOf([heartbeat(0)]), 1);
    await recorder.flush();
    await recorder.close();
    expect(faults).toMatchObject([{ code: fault, facts: { reason: code } }]);
  },
);

test('at its limit the recording ends with a line that says so, within the limit', async () => {
  const faults: Fault[] = [];
  const limitBytes = 20_000;
  const recorder = await start({ limitBytes, onStop: (fault) => faults.push(fault) });
  for (let n = 0; n < 1000; n++) {
    recorder.append(linesOf([heartbeat(n)]), 1);
    if (n % 7 === 0) await recorder.flush();
  }
  await recorder.close();
  expect(faults).toMatchObject([{ code: 'record-limit', facts: { limit: limitBytes } }]);
  expect(statSync(recorder.path).size).toBeLessThanOrEqual(limitBytes);
  expect(statSync(recorder.path).size).toBeGreaterThan(limitBytes * 0.9);
  const { events } = parse(recorder.path);
  expect(events.at(-1)).toMatchObject({ type: 'warning', code: 'record-limit' });
  const reader = new SessionReader(recorder.path);
  expect(reader.interrupted).toBe(false);
  reader.close();
});

test('a folder that cannot be made or written is a fault at the start', async () => {
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  const recorder = Recorder.open({ path: join(file, 'sessions', 'a.json'), header });
  await expect(recorder).rejects.toMatchObject({ code: 'not-writable', facts: { reason: 'ENOTDIR' } });
});

test.skipIf(process.getuid?.() === 0)('a read-only folder (root may write everywhere)', async () => {
  const path = folder();
  chmodSync(path, 0o555);
  const recorder = Recorder.open({ path: join(path, 'a.json'), header });
  await expect(recorder).rejects.toMatchObject({ code: 'not-writable', facts: { reason: 'EACCES' } });
  expect(existsSync(join(path, 'a.json'))).toBe(false);
});
