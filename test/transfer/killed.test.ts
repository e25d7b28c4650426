// Transfers as processes of their own, in threads as the program runs them, ended by kill -9.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { Transfer } from '../../source/core/event.ts';
import { LabProcess } from '../lab/lab-process.ts';
import { contentOf, group } from './share.ts';

const script = fileURLToPath(new URL('transfer-script.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mcast-killed-'));
const running: LabProcess[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop('SIGKILL')));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(options: object): LabProcess {
  const process_ = new LabProcess([process.execPath, '--import', 'tsx', script, JSON.stringify(options)]);
  running.push(process_);
  return process_;
}

const send = (share: string, path: string, options: object = {}) =>
  start({
    role: 'sender',
    share,
    paths: [path],
    interface: 'lo',
    group,
    name: 'sam',
    mode: 'multicast',
    ttl: 0,
    clients: 1,
    ...options,
  });
const receive = (share: string, port: unknown, out: string) =>
  start({ role: 'receiver', share, address: '127.0.0.1', port, out, name: 'ana', interface: 'lo' });
const isHalf = (line: string) => {
  const { type, total, receivers } = JSON.parse(line) as Transfer;
  return type === 'transfer' && (receivers[0]?.bytes ?? 0) > total / 2;
};
const lastOf = (each: LabProcess) => each.json().findLast(({ type }) => type === 'transfer');

function file(name: string, bytes: number): string {
  const path = join(folder, name);
  writeFileSync(path, randomBytes(bytes));
  return path;
}

test('a receiver that was killed goes on with the blocks that had reached its disk', async () => {
  const path = file('one.bin', 24_000_000);
  const out = join(folder, 'one');
  const sender = send('1'.repeat(16), path, { rate: 6e6 });
  const { control } = await sender.waitForJson({ type: 'ready' });
  const first = receive('1'.repeat(16), control, out);
  await first.waitForLine(isHalf);
  // What is there is written down every two seconds.
  await first.stop('SIGKILL');
  expect(existsSync(join(out, 'one.bin'))).toBe(false);
  const second = receive('1'.repeat(16), control, out);
  expect(await second.ended).toBe(0);
  expect(lastOf(second)).toMatchObject({ phase: 'done' });
  expect(contentOf(join(out, 'one.bin'))).toEqual(contentOf(path));
  expect(readdirSync(out)).toEqual(['one.bin']);
  await sender.stop('SIGKILL');
  const { sent, total } = lastOf(sender) as Transfer;
  expect(sent!).toBeLessThan(total * 1.9);
});

test('a sender that was killed and started again serves those who wait for it', async () => {
  const path = file('two.bin', 24_000_000);
  const out = join(folder, 'two');
  const first = send('2'.repeat(16), path, { rate: 6e6 });
  const { control } = await first.waitForJson({ type: 'ready' });
  const receiver = receive('2'.repeat(16), control, out);
  await receiver.waitForLine(isHalf);
  await first.stop('SIGKILL');
  const second = send('3'.repeat(16), path, { controlPort: control });
  expect(await receiver.ended).toBe(0);
  expect(await second.ended).toBe(0);
  expect(lastOf(receiver)).toMatchObject({ phase: 'done' });
  expect(contentOf(join(out, 'two.bin'))).toEqual(contentOf(path));
  const { sent, total } = lastOf(second) as Transfer;
  expect(sent!).toBeLessThan(total * 0.7);
});

test('a sender whose files cannot be read says so', async () => {
  const sender = send('4'.repeat(16), join(folder, 'nothing.bin'));
  expect(await sender.waitForJson({ type: 'fault' })).toMatchObject({ code: 'file-failed' });
  expect(await sender.ended).toBe(0);
});
