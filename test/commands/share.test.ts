// `share` and `receive` as processes of their own, on loopback.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort, type Json, parseLines, runCli, startCli, temporaryDirectory } from '../support/cli.ts';

const group = async () => ['-g', `239.255.12.3:${await freePort()}`, '--ttl', '0'];
const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** A file of so many bytes, in a folder of its own. */
function file(bytes: number, name = 'slides.bin'): string {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, randomBytes(bytes));
  return path;
}

test('one file goes to two receivers, whole; both sides print a table and leave a log', async () => {
  const at = await group();
  const path = file(400_000);
  const dirs = [temporaryDirectory(), temporaryDirectory()];
  const data = temporaryDirectory();
  const receivers = dirs.map((dir, i) =>
    startCli(['receive', '--yes', '--once', '--out', dir, '--name', `r${i + 1}`, ...at]),
  );
  const sender = startCli(['share', path, '--clients', '2', '--name', 'ana', '--data-dir', data, ...at]);
  const sent = await sender.ended;
  expect([sent.code, sent.err]).toEqual([0, expect.not.stringContaining('mcast-tui:')]);
  expect(sent.out).toMatch(/^slides\.bin \(400 kB, 1 file\): done$/m);
  expect(sent.out).toMatch(/^\d+ kB sent, 1\.\d\d times the size$/m);
  for (const name of ['r1', 'r2'])
    expect(sent.out).toMatch(new RegExp(`${name} +127\\.0\\.0\\.1:\\d+ +400 kB .* whole$`, 'm'));
  for (const [i, receiver] of receivers.entries()) {
    const { code, out } = await receiver.ended;
    expect(code).toBe(0);
    expect(out).toContain('from ana: done');
    expect(out).toContain(`written to ${join(dirs[i]!, 'slides.bin')}`);
    expect(hash(join(dirs[i]!, 'slides.bin'))).toBe(hash(path));
  }
  const [log] = readdirSync(join(data, 'transfers'));
  expect(readFileSync(join(data, 'transfers', log!), 'utf8').split('\r\n')).toHaveLength(4);
}, 60_000);

test('a folder keeps its tree, nothing is overwritten, and --json tells it in events', async () => {
  const at = await group();
  const folder = join(temporaryDirectory(), 'lab');
  mkdirSync(join(folder, 'one', 'two'), { recursive: true });
  writeFileSync(join(folder, 'one', 'two', 'a.txt'), 'hello');
  writeFileSync(join(folder, 'empty'), '');
  const out = temporaryDirectory();
  mkdirSync(join(out, 'lab'));
  writeFileSync(join(out, 'lab', 'mine'), 'mine');
  const receiver = startCli(['receive', '--yes', '--once', '--json', '--out', out, ...at]);
  const sender = await runCli(['share', folder, '--json', ...at]);
  const received = await receiver.ended;
  expect([sender.code, received.code]).toEqual([0, 0]);
  const last = parseLines(received.out).at(-1) as Json & { receivers: Json[] };
  expect(last).toMatchObject({
    type: 'transfer',
    role: 'receiver',
    phase: 'done',
    title: 'lab',
    files: 2,
    total: 5,
  });
  expect(last.receivers).toMatchObject([{ state: 'whole', bytes: 5 }]);
  expect(parseLines(received.out).some(({ kind, offer }) => kind === 'share' && offer !== undefined)).toBe(
    true,
  );
  expect(parseLines(sender.out).at(-1)).toMatchObject({ role: 'sender', phase: 'done' });
  expect(readdirSync(join(out, 'lab'))).toEqual(['mine']);
  expect(readFileSync(join(String(last.path), 'one', 'two', 'a.txt'), 'utf8')).toBe('hello');
}, 60_000);

test('--csv prints a row for each receiver', async () => {
  const at = await group();
  const receiver = startCli(['receive', '--yes', '--once', '--csv', '--out', temporaryDirectory(), ...at]);
  const { out } = await runCli(['share', file(1000), '--csv', '--mode', 'unicast', ...at]);
  const [head, row, end, ...rest] = out.split('\r\n');
  expect(head).toMatch(/^ended,share,role,phase,title,/);
  expect(row).toMatch(/,sender,done,slides\.bin,.*,1000,unicast,.*,true,$/);
  expect([end, rest]).toEqual(['', []]);
  expect((await receiver.ended).out).toMatch(/,receiver,done,/);
}, 60_000);

test('nobody comes within --wait: exit 1, and the reason', async () => {
  const { code, err } = await runCli(['share', file(10), '--wait', '0.5', ...(await group())]);
  expect(code).toBe(1);
  expect(err).toContain('No receiver came within 0.5 s');
}, 30_000);

test('a file that is not there: exit 1, and the reason', async () => {
  const { code, out } = await runCli(['share', '/nowhere/slides.pdf', ...(await group())]);
  expect(code).toBe(1);
  expect(out).toMatch(/slides\.pdf .*: failed\nWhy: .*\/nowhere\/slides\.pdf/);
}, 30_000);

test('a share that is too large is refused by the receiver, and both exit with 1', async () => {
  const at = await group();
  const out = temporaryDirectory();
  const receiver = startCli(['receive', '--yes', '--once', '--max-size', '999', '--out', out, ...at]);
  const sender = startCli(['share', file(1000), '--wait', '30', '--clients', '1', ...at]);
  const received = await receiver.ended;
  expect(received.code).toBe(1);
  expect(received.out).toContain('--max-size');
  expect(readdirSync(out)).toEqual([]);
  await sender.stop('SIGINT');
}, 60_000);

test.each([
  [['share'], 'Say what to share'],
  [['receive'], 'Add --yes'],
  [['receive', 'slides.pdf'], 'slides.pdf'],
  [['share', 'x', '--json', '--csv'], '--json or --csv'],
  [['share', 'x', '--mode', 'broadcast'], 'multicast, unicast'],
])('%j says what is wrong', async (args, what) => {
  const { code, err } = await runCli(args);
  expect(code).toBe(2);
  expect(err).toContain(what);
});

test('Ctrl+C ends a sender that waits, and a receiver, in good order', async () => {
  const at = await group();
  const sender = startCli(['share', file(10), '--clients', '3', ...at]);
  const receiver = startCli(['receive', '--yes', ...at]);
  await expect.poll(() => sender.err).toContain('waiting for receivers');
  await expect.poll(() => receiver.err).toContain('Waiting for somebody');
  expect((await sender.stop('SIGINT')).code).toBe(130);
  expect((await receiver.stop('SIGINT')).code).toBe(130);
  expect(existsSync('slides.bin')).toBe(false);
}, 30_000);
