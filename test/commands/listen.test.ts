import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  cliPath,
  freePort,
  type Json,
  parseLines,
  runCli,
  startListener,
  temporaryDirectory,
} from '../support/cli.ts';
import { PlainPeer } from '../support/plain-peer.ts';

const address = '239.255.12.1';

async function group() {
  const port = await freePort();
  return { address, port, flag: ['-g', `${address}:${port}`], name: `${address}:${port}` };
}

const chat = (seq: number, text: string) =>
  JSON.stringify({
    mcast: 1,
    kind: 'chat',
    id: '00000000000000aa',
    name: 'ana',
    seq,
    at: Date.now(),
    ttl: 1,
    text,
  });

test('prints a line a datagram, from joined to stopped', async () => {
  const at = await group();
  const peer = await PlainPeer.join(at);
  const cli = await startListener(at.flag);
  await peer.say(chat(1, 'hola'));
  await peer.say('plain text');
  await peer.say(Uint8Array.of(0xff, 0xfe, 0x00));
  await cli.says(/binary/);
  const { code, err } = await cli.stop('SIGINT');
  expect([code, err]).toEqual([130, '']);
  const told = cli.lines.map((line) => {
    expect(line).toMatch(/^\d\d:\d\d:\d\d\.\d{3} /);
    return line.slice(13);
  });
  expect(told[0]).toMatch(/^started as \S+ \([0-9a-f]{16}\), mcast-tui /);
  expect(told[1]).toBe(`joined ${at.name} on lo (127.0.0.1), TTL 1`);
  expect(told).toContain('ana (127.0.0.1) chat: hola');
  expect(told).toContain('ana (127.0.0.1) is alive');
  expect(told).toContain(`127.0.0.1:${at.port} text (10 B): plain text`);
  expect(told).toContain(`127.0.0.1:${at.port} binary (3 B): fffe00`);
  expect(told.at(-1)).toMatch(/^stopped \(SIGINT\): 3 received, /);
});

test('--json prints each event as it stands in the session file', async () => {
  const at = await group();
  const peer = await PlainPeer.join(at);
  const dataDir = temporaryDirectory();
  const cli = await startListener([...at.flag, '--json', '--data-dir', dataDir, '--name', 'eva']);
  await peer.say(chat(1, 'hola'));
  await peer.say('plain text');
  await cli.says(/plain text/);
  const { code, out } = await cli.stop('SIGTERM');
  expect(code).toBe(143);
  const events = parseLines(out);
  expect(events[0]).toMatchObject({ type: 'started', name: 'eva', groups: [{ group: at.name }] });
  expect(events[1]).toMatchObject({
    type: 'joined',
    group: at.name,
    interface: 'lo',
    replyPort: expect.any(Number),
  });
  expect(events.at(-1)).toMatchObject({ type: 'stopped', reason: 'SIGTERM', totals: { received: 2 } });
  expect(events.filter(({ type }) => type === 'received')).toMatchObject([
    {
      group: at.name,
      address: '127.0.0.1',
      port: at.port,
      bytes: expect.any(Number),
      kind: 'chat',
      text: 'hola',
      id: '00000000000000aa',
      name: 'ana',
      seq: 1,
    },
    { group: at.name, kind: 'text', text: 'plain text', bytes: 10 },
  ]);

  const [file] = readdirSync(join(dataDir, 'sessions')).filter((name) => name.endsWith('-eva.json'));
  const session = JSON.parse(readFileSync(join(dataDir, 'sessions', file!), 'utf8')) as { events: Json[] };
  // Only the session has the bytes.
  expect(session.events.map(({ payload: _, ...event }) => event)).toEqual(events);
  const heard = session.events.filter(({ type }) => type === 'received');
  expect(heard.map(({ payload }) => Buffer.from(String(payload), 'base64').toString())).toEqual([
    expect.stringContaining('"text":"hola"'),
    'plain text',
  ]);
});

test('--count ends after exactly so many datagrams, with 0', async () => {
  const at = await group();
  const peer = await PlainPeer.join(at);
  const cli = await startListener([...at.flag, '--json', '--no-record', '--count', '3']);
  for (let i = 1; i <= 10; i++) await peer.say(`datagram ${i}`);
  const { code, out } = await cli.ended;
  expect(code).toBe(0);
  const texts = parseLines(out).flatMap(({ type, text }) => (type === 'received' ? [text] : []));
  expect(texts).toEqual(['datagram 1', 'datagram 2', 'datagram 3']);
});

test('--duration ends with 0, and --no-record leaves no session', async () => {
  const at = await group();
  const dataDir = temporaryDirectory();
  const { code, out } = await runCli([
    'listen',
    ...at.flag,
    '--duration',
    '0.3',
    '--no-record',
    '--data-dir',
    dataDir,
  ]);
  expect(code).toBe(0);
  expect(out).toContain('stopped (the time is over)');
  expect(readdirSync(dataDir)).toEqual([]);
});

test('it speaks Spanish', async () => {
  const at = await group();
  const { out } = await runCli(['listen', ...at.flag, '--duration', '0.2', '--no-record', '--lang', 'es']);
  expect(out).toContain(`unido a ${at.name} en lo (127.0.0.1), TTL 1`);
  expect(out).toContain('terminado (se acabó el tiempo): 0 recibidos');
});

test('it says bye to the group when a signal ends it', async () => {
  const at = await group();
  const peer = await PlainPeer.join(at);
  const cli = await startListener([...at.flag, '--no-record']);
  await cli.stop('SIGTERM');
  await peer.hears(1);
  expect(JSON.parse(peer.texts.at(-1)!)).toMatchObject({ mcast: 1, kind: 'bye' });
});

test('what comes from the network cannot act on the terminal', async () => {
  const at = await group();
  const peer = await PlainPeer.join(at);
  const nasty = '\x1b]52;c;aGk=\x07\x9b2J\u202eevil\u2066\r\x00\x7f';
  for (const json of [[], ['--json']]) {
    const cli = await startListener([...at.flag, ...json, '--no-record', '--count', '2']);
    await peer.say(nasty);
    await peer.say(chat(1, nasty).replace('ana', '\\u001b[2Jana'));
    const { out } = await cli.ended;
    expect(out.match(/evil/g)).toHaveLength(2);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
    expect(out).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
  }
});

test('a reader that has enough, as head, ends it quietly', async () => {
  const at = await group();
  const peer = await PlainPeer.join(at);
  const shell = spawn(
    'sh',
    [
      '-c',
      '{ "$0" "$@"; echo "code $?" >&2; } | head -n 3',
      process.execPath,
      cliPath,
      'listen',
      ...at.flag,
      '-i',
      '127.0.0.1',
      '--no-record',
    ],
    { env: { ...process.env, MCAST_DATA_DIR: temporaryDirectory(), LANG: 'C' } },
  );
  let out = '';
  let err = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  shell.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  // Whatever it has printed so far, it notices at the next line that nobody reads any more.
  const talk = setInterval(() => void peer.say('more'), 20);
  try {
    await new Promise((resolve) => shell.once('close', resolve));
  } finally {
    clearInterval(talk);
  }
  expect(out.split('\n')).toHaveLength(4);
  expect(err).toBe('code 0\n');
});

test('a port that another program does not share is told with exit code 2', async () => {
  const { createSocket } = await import('node:dgram');
  const at = await group();
  const holder = createSocket('udp4');
  await new Promise<void>((resolve) => holder.bind(at.port, '0.0.0.0', resolve));
  try {
    const { code, err } = await runCli(['listen', ...at.flag, '--no-record']);
    expect(code).toBe(2);
    expect(err).toMatch(new RegExp(`^mcast-tui: Port ${at.port} is held by .*\\n$`));
  } finally {
    holder.close();
  }
});
