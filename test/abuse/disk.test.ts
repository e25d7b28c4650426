// Sessions that cannot be written, or not any more: the program goes on, says that it does not record and what to
// do, and what was recorded before stays good.
import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Event } from '../../source/core/event.ts';
import { openPty, type Pty, ptyUnavailable } from '../pty/harness.ts';
import { packetsOf } from '../report/pcapng-blocks.ts';
import {
  cliPath,
  freePort,
  loopback,
  parseLines,
  runCli,
  start,
  startListener,
  temporaryDirectory,
} from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';
import { Speaker } from './speaker.ts';

const address = '239.255.77.34';
const root = process.getuid?.() === 0;
const mayMount = spawnSync('unshare', ['-m', 'true']).status === 0;

/** Runs the program in a shell that first does something to its surroundings. */
const inShell = (before: string, args: string[], wrap: string[] = []) =>
  start([...wrap, 'sh'][0]!, [
    ...[...wrap, 'sh'].slice(1),
    '-c',
    `${before}; exec "$@"`,
    'sh',
    process.execPath,
    cliPath,
    ...args,
  ]);

const listen = (port: number, dataDir: string, ...more: string[]) => [
  'listen',
  '-i',
  loopback,
  '-g',
  `${address}:${port}`,
  '--ttl',
  '0',
  '--data-dir',
  dataDir,
  '--heartbeat',
  '50',
  '--json',
  ...more,
];
const warnings = (out: string) => (parseLines(out) as Event[]).filter((event) => event.type === 'warning');
const sessionIn = (dataDir: string) => {
  const [file] = readdirSync(join(dataDir, 'sessions'));
  return JSON.parse(readFileSync(join(dataDir, 'sessions', file!), 'utf8')) as { events: Event[] };
};

test.skipIf(process.platform === 'win32')(
  'a file that may not grow (ulimit -f) ends the recording and nothing else',
  async () => {
    const dataDir = temporaryDirectory();
    const cli = inShell('ulimit -f 16', listen(await freePort(), dataDir));
    await cli.says('"code":"disk-full"');
    const told = cli.lines.length;
    await cli.says(new RegExp(`(.*\\n){${told + 5}}`));
    expect(await cli.stop()).toMatchObject({ code: 143, err: '' });
    expect(warnings(cli.out)).toMatchObject([
      { text: expect.stringMatching(/disk is full.*sessions prune.*--data-dir/) },
    ]);
    const { events } = sessionIn(dataDir);
    // Only the session has the bytes of datagrams.
    const printed = events.map((event) => ({ ...event, payload: undefined }));
    expect(printed).toEqual((parseLines(cli.out) as Event[]).slice(0, events.length));
    expect(events.length).toBeGreaterThan(10);
  },
);

test.skipIf(process.platform === 'win32')(
  'a capture that may not grow (ulimit -f) is told of, ends with a whole packet, and the rest goes on',
  async () => {
    const port = await freePort();
    const path = join(temporaryDirectory(), 'live.pcapng');
    const command = listen(port, temporaryDirectory(), '--no-record', '--pcap', path);
    const cli = inShell('ulimit -f 64', command);
    await cli.says('joined');
    const speaker = await Speaker.open(address, port);
    await speaker.send('early');
    // What is written from here on begins behind a packet.
    await eventually(() => expect(readFileSync(path).includes('early')).toBe(true));
    const early = packetsOf(readFileSync(path)).length;
    for (let n = 0; n < 20; n++) await speaker.send('x'.repeat(9000));
    await cli.says('"code":"pcap-stopped"');
    await speaker.send('late');
    speaker.close();
    await cli.says('"text":"late"');
    expect(await cli.stop()).toMatchObject({ code: 143, err: '' });
    expect(warnings(cli.out)).toMatchObject([
      { text: expect.stringMatching(/live\.pcapng could not be written \(EFBIG\) and gets no more packets/) },
    ]);
    expect(packetsOf(readFileSync(path)).length).toBeGreaterThanOrEqual(early);
  },
);

test('what goes wrong with a capture at the very end is still told before the end of the session', async () => {
  const port = await freePort();
  const path = join(temporaryDirectory(), 'live.pcapng');
  const limits = ['--no-record', '--record-limit', '1', '--count', '120'];
  const cli = start(process.execPath, [
    cliPath,
    ...listen(port, temporaryDirectory(), '--pcap', path, ...limits),
  ]);
  await cli.says('joined');
  const speaker = await Speaker.open(address, port);
  // More than the MiB that a capture may have too.
  for (let n = 0; n < 120; n++) await speaker.send('x'.repeat(10_000));
  speaker.close();
  expect(await cli.ended).toMatchObject({ code: 0, err: '' });
  const events = parseLines(cli.out) as Event[];
  expect(warnings(cli.out)).toContainEqual(expect.objectContaining({ code: 'pcap-stopped' }));
  expect(events.at(-1)).toMatchObject({ type: 'stopped', reason: 'count' });
});

describe.skipIf(!mayMount)('on a file system of its own (to mount one takes root on Linux)', () => {
  test('a full disk', async () => {
    const port = await freePort();
    const disk = temporaryDirectory();
    const out = temporaryDirectory();
    const script = `mount -t tmpfs -o size=100k tmpfs ${disk} && { "$@"; cp ${disk}/data/sessions/*.json ${out}/copy; }`;
    const cli = start('unshare', [
      '-m',
      'sh',
      '-c',
      script,
      'sh',
      process.execPath,
      cliPath,
      ...listen(port, join(disk, 'data'), '--duration', '4'),
    ]);
    await cli.says('joined');
    const speaker = await Speaker.open(address, port);
    for (let n = 0; n < 50; n++) await speaker.send(`early ${n}`);
    // The recorder flushes four times a second, in the thread that beats twenty times.
    await cli.says('early 49');
    const beats = () => cli.out.split('"kind":"heartbeat"').length;
    const before = beats();
    await eventually(() => expect(beats()).toBeGreaterThan(before + 15));
    for (let n = 0; n < 300; n++) await speaker.send('x'.repeat(1000));
    speaker.close();
    expect((await cli.ended).err).toBe('');
    expect(warnings(cli.out)).toMatchObject([{ code: 'disk-full' }]);
    const { events } = JSON.parse(readFileSync(join(out, 'copy'), 'utf8')) as { events: Event[] };
    expect(
      events.filter((event) => event.type === 'received' && event.text?.startsWith('early')),
    ).toHaveLength(50);
    expect(parseLines(cli.out).at(-1)).toMatchObject({ type: 'stopped', reason: 'duration' });
  });

  test('a read-only one', async () => {
    const disk = temporaryDirectory();
    const cli = inShell(
      `mount -t tmpfs -o ro tmpfs ${disk}`,
      listen(await freePort(), join(disk, 'data'), '--count', '1', '--duration', '1'),
      ['unshare', '-m'],
    );
    expect(await cli.ended).toMatchObject({ code: 0, err: '' });
    const events = parseLines(cli.out) as Event[];
    expect(events.slice(0, 3)).toMatchObject([
      { type: 'started' },
      {
        type: 'warning',
        code: 'not-writable',
        text: expect.stringMatching(/cannot be written.*--data-dir.*--no-record/),
      },
      { type: 'joined' },
    ]);
    expect(events.some(({ type }) => type === 'sent')).toBe(true);
  });
});

test.skipIf(root)('a directory that this user may not write to (root may write everywhere)', async () => {
  const dataDir = temporaryDirectory();
  chmodSync(dataDir, 0o500);
  const { code, out } = await runCli(listen(await freePort(), dataDir, '--duration', '0.5'));
  expect(code).toBe(0);
  expect(warnings(out)).toMatchObject([{ code: 'not-writable' }]);
});

test('a data directory that cannot be created', async () => {
  const file = join(temporaryDirectory(), 'file');
  writeFileSync(file, '');
  const { code, out, err } = await runCli(listen(await freePort(), join(file, 'data'), '--duration', '0.5'));
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(warnings(out)).toMatchObject([
    { code: 'not-writable', text: expect.stringContaining(join(file, 'data')) },
  ]);
});

test.each([
  ['HOME unset', 'unset HOME'],
  ['HOME empty', 'HOME='],
  ['HOME relative', 'HOME=here'],
  ['XDG_DATA_HOME relative', 'XDG_DATA_HOME=here'],
])('%s: nothing is written where one happens to be', async (_, before) => {
  const cwd = temporaryDirectory();
  const cli = inShell(`cd ${cwd}; ${before}; export HOME XDG_DATA_HOME`, [
    'listen',
    '--no-record',
    '-i',
    loopback,
    '-g',
    `${address}:${await freePort()}`,
    '--ttl',
    '0',
    '--duration',
    '0.3',
  ]);
  expect(await cli.ended).toMatchObject({ code: 0, err: '' });
  expect(readdirSync(cwd)).toEqual([]);
});

test('a damaged catalogue is kept aside and rebuilt from the sessions', async () => {
  const dataDir = temporaryDirectory();
  const port = await freePort();
  const first = await startListener(listen(port, dataDir).slice(1));
  await first.stop();
  for (const damage of ['{"mcast-tui-catalogue":1,"sess', '\0\0\0\0', '[]', '['.repeat(100_000)]) {
    const path = join(dataDir, 'sessions.json');
    writeFileSync(path, damage);
    const { code, out, err } = await runCli(['sessions', '--json', '--data-dir', dataDir]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject([{ id: 1, state: 'whole', name: expect.any(String) }]);
    const [, kept] = /kept as (\S+\.bad-\S+?)\.\n$/.exec(err) ?? [];
    expect(readFileSync(kept!, 'utf8')).toBe(damage);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ sessions: [{ id: 1 }] });
    expect((await runCli(['sessions', '--data-dir', dataDir])).err).toBe('');
  }
});

describe.skipIf(ptyUnavailable() || process.platform === 'win32')(
  `on the screen ${ptyUnavailable() ?? ''}`,
  () => {
    let pty: Pty;
    afterEach(() => pty.close());

    test.each([
      [
        'from the start',
        'true',
        (dir: string) => {
          writeFileSync(dir, '');
          return join(dir, 'data');
        },
      ],
      ['when the disk is full', 'ulimit -f 8', (dir: string) => dir],
    ] as const)('it says that it is not recording, %s, and goes on', async (_, before, place) => {
      const port = await freePort();
      const dataDir = place(join(temporaryDirectory(), 'data'));
      pty = await openPty({
        argv: [
          'sh',
          '-c',
          `${before}; exec "$@"`,
          'sh',
          process.execPath,
          cliPath,
          ...listen(port, dataDir)
            .slice(1)
            .filter((word) => word !== '--json'),
          '--lang',
          'en',
        ],
      });
      await pty.waitForText('not recording');
      await pty.waitForText(/--data-dir/);
      const speaker = await Speaker.open(address, port);
      await speaker.send('and it goes on');
      speaker.close();
      await pty.waitForText('and it goes on');
      pty.type('salir\r');
      expect(await pty.exit).toBe(0);
    });
  },
);
