// `--mode lab` beside the plain scripts of a networks class that sends a file to many clients over UDP, as processes of
// their own, in Python where there is one and in Node. 40 datagrams fit into any socket's buffer: none is lost by chance.
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  freePort,
  loopback,
  parseLines,
  type Running,
  runCli,
  start,
  startCli,
  temporaryDirectory,
} from '../support/cli.ts';
import { languages } from '../support/scripts.ts';

const bytes = 40 * 1024 - 100;
const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

function file(): string {
  const path = join(temporaryDirectory(), 'class.bin');
  writeFileSync(path, randomBytes(bytes));
  return path;
}

const group = async () => ['-g', `239.255.13.7:${await freePort()}`, '--ttl', '0', '--no-record'];

describe.each(languages)('$language scripts', ({ language, program, extension }) => {
  const run = (script: string, ...args: string[]): Running =>
    start(program!, [fileURLToPath(new URL(`./peers/${script}.${extension}`, import.meta.url)), ...args]);
  const serve = async (path: string, ...more: string[]) => {
    const port = await freePort();
    const server = run('lab-server', loopback, String(port), path, ...more);
    await server.says('ready');
    return { server, name: `${loopback}:${port}` };
  };

  test.skipIf(program === undefined)(
    `our sender serves their clients (skipped where there is no ${language})`,
    async () => {
      const path = file();
      const port = await freePort();
      const out = temporaryDirectory();
      const sender = startCli([
        ...['share', path, '--mode', 'lab', '--clients', '2', '--control-port', String(port), '--json'],
        ...(await group()),
      ]);
      await sender.says('"phase":"waiting"');
      const clients = [1, 2].map(() => run('lab-client', loopback, String(port), out));
      const said = await Promise.all(clients.map(({ ended }) => ended));
      expect(said.map(({ out }) => out).sort()).toEqual(
        [1, 2].map((number) => `client ${number} of 2\nclass.bin ${bytes} ${bytes} equal\n`),
      );
      expect(readdirSync(out).sort()).toEqual(['1-class.bin', '2-class.bin']);
      for (const name of readdirSync(out)) expect(hash(join(out, name))).toBe(hash(path));
      // Their clients say nothing of what they have, so nobody can say that it is all.
      const { code, out: events } = await sender.ended;
      expect(code).toBe(1);
      const last = parseLines(events).at(-1);
      expect(last).toMatchObject({
        type: 'transfer',
        mode: 'lab',
        phase: 'failed',
        sent: 2 * (bytes + 9 + 5),
      });
      expect(last!.receivers).toMatchObject(
        [1, 2].map((number) => ({ number, address: loopback, state: 'failed', reason: 'not-told' })),
      );
    },
  );

  test.skipIf(program === undefined)('two of our receivers take all that their server sends', async () => {
    const path = file();
    const { server, name } = await serve(path, '2');
    const outs = [temporaryDirectory(), temporaryDirectory()];
    const at = await group();
    const results = await Promise.all(
      outs.map((out) => runCli(['receive', '--mode', 'lab', name, '--out', out, '--json', ...at])),
    );
    for (const [i, { code, out }] of results.entries()) {
      expect(code).toBe(0);
      const last = parseLines(out).at(-1);
      expect(last).toMatchObject({
        mode: 'lab',
        phase: 'done',
        title: 'class.bin',
        from: name,
        total: bytes,
      });
      expect(last!.receivers).toMatchObject([{ bytes, lost: 0, state: 'whole' }]);
      expect(hash(join(outs[i]!, 'class.bin'))).toBe(hash(path));
    }
    const numbers = results.map(
      ({ out }) => (parseLines(out).at(-1)!.receivers as { number: number }[])[0]!.number,
    );
    expect(numbers.sort()).toEqual([1, 2]);
    expect((await server.ended).code).toBe(0);
  });

  test.skipIf(program === undefined)(
    'what their server loses is told plainly, and the file gets no name',
    async () => {
      const path = file();
      const { name } = await serve(path, '1', '10');
      const out = temporaryDirectory();
      const result = await runCli(['receive', '--mode', 'lab', name, '--out', out, ...(await group())]);
      expect(result.code).toBe(1);
      const left = bytes - 3 * 1024 - 924;
      expect(result.out).toContain(
        `Why: ${left} of ${bytes} bytes arrived (90.2 %), so the file is not whole`,
      );
      expect(result.out).toMatch(/ 36\.9 kB +4 .* failed/);
      expect(readdirSync(out)).toEqual(['class.bin.part']);
      const [had, whole] = [readFileSync(join(out, 'class.bin.part')), readFileSync(path)];
      expect(had.length).toBe(left);
      expect(had.subarray(0, 9 * 1024)).toEqual(whole.subarray(0, 9 * 1024));
    },
  );
});

test('ours to ours: the announcement tells the address, and the sender learns what arrived', async () => {
  const path = file();
  const at = await group();
  const out = temporaryDirectory();
  const receiver = startCli(['receive', '--yes', '--once', '--out', out, ...at]);
  // One that wants nothing to do with it.
  const other = startCli(['receive', '--yes', '--once', '--mode', 'multicast', '--out', out, ...at]);
  const { code, out: table, err } = await runCli(['share', path, '--mode', 'lab', '--rate', '8', ...at]);
  expect(code).toBe(0);
  expect(err).toMatch(/Plain clients register at 127\.0\.0\.1, TCP port \d+\./);
  expect(table).toMatch(/^class\.bin \(40\.9 kB, 1 file\): done$/m);
  expect(table).toMatch(/^1 .* 40\.9 kB +0 +0 .* whole$/m);
  const received = await receiver.ended;
  expect([received.code, hash(join(out, 'class.bin'))]).toEqual([0, hash(path)]);
  expect(readdirSync(out)).toEqual(['class.bin']);
  await other.stop('SIGINT');
  expect(other.out).toBe('');
});

test.each([
  [['receive', '--mode', 'lab', 'server'], '"server" is not a server'],
  [['receive', '--mode', 'lab', '10.0.0.1:99999'], 'not a server'],
  [['receive', '--mode', 'lab', '10.0.0.1:5000', 'more'], 'more'],
  [['receive', '10.0.0.1:5000', '--yes'], '10.0.0.1:5000'],
])('%j says what is wrong', async (args, what) => {
  const { code, err } = await runCli(args);
  expect([code, err]).toEqual([2, expect.stringContaining(what)]);
});

test('a server that is not there, and a folder: exit 1, and the reason', async () => {
  const at = await group();
  const gone = await runCli(['receive', '--mode', 'lab', `${loopback}:${await freePort()}`, ...at]);
  expect([gone.code, gone.out]).toEqual([
    1,
    expect.stringMatching(/No server answers at 127\.0\.0\.1.*ECONNREFUSED/),
  ]);
  const folder = await runCli(['share', temporaryDirectory(), '--mode', 'lab', ...at]);
  expect([folder.code, folder.out]).toEqual([1, expect.stringContaining('sends one file and no folders')]);
});
