import { expect, test } from 'vitest';
import { freePort, type Json, parseLines, runCli, startCli } from '../support/cli.ts';
import { PlainPeer } from '../support/plain-peer.ts';

const address = '239.255.11.1';

async function group() {
  const port = await freePort();
  return { address, port, flag: ['-g', `${address}:${port}`] };
}

/** What bob, another node, answers to a chat. */
const ackOf = (of: unknown) => ({
  mcast: 1,
  kind: 'ack',
  id: '00000000000000aa',
  name: 'bob',
  seq: 5,
  at: 1,
  ttl: 1,
  of,
});

test('--raw sends the bare text once, and prints each acknowledgement with its sender and time', async () => {
  const at = await group();
  const peers = await Promise.all([PlainPeer.join(at, () => ['ack']), PlainPeer.join(at, () => ['ack'])]);
  const { code, out, err } = await runCli([
    'send',
    '--raw',
    ...at.flag,
    '--expect',
    '2',
    'very important',
    'data',
  ]);
  expect([code, err]).toEqual([0, '']);
  for (const peer of peers) expect(peer.texts).toEqual(['very important data']);
  const [sent, ...acks] = out.trim().split('\n');
  expect(sent).toMatch(
    new RegExp(
      `^\\d\\d:\\d\\d:\\d\\d\\.\\d{3} sent "very important data" to ${address}:${at.port} \\(19 B\\)$`,
    ),
  );
  expect(acks).toHaveLength(2);
  for (const ack of acks) expect(ack).toMatch(/^[\d:.]{12} ack from 127\.0\.0\.1:\d+ in \d+\.\d ms$/);
});

test('without --raw it is a numbered chat of ours, and a bye at the end', async () => {
  const at = await group();
  const peer = await PlainPeer.join(at);
  const { code } = await runCli(
    ['send', ...at.flag, '--name', 'ana', '--ttl', '3'],
    'one\n\ntwo\nsalir\nthree\n',
  );
  expect(code).toBe(0);
  const messages = peer.texts.map((text) => JSON.parse(text) as Json);
  expect(messages).toMatchObject([
    { mcast: 1, kind: 'chat', name: 'ana', seq: 1, ttl: 3, text: 'one' },
    { mcast: 1, kind: 'chat', name: 'ana', seq: 2, text: 'two' },
    { mcast: 1, kind: 'bye', name: 'ana', seq: 3 },
  ]);
  expect(new Set(messages.map(({ id }) => id)).size).toBe(1);
  expect(messages[0]!.id).toMatch(/^[0-9a-f]{16}$/);
});

test('each start is a new identity', async () => {
  const at = await group();
  const peer = await PlainPeer.join(at);
  for (const text of ['one', 'two']) await runCli(['send', ...at.flag, text]);
  expect(new Set(peer.texts.map((text) => (JSON.parse(text) as Json).id)).size).toBe(2);
});

test('--json streams what was sent and what came back', async () => {
  const at = await group();
  await PlainPeer.join(at, (text) => {
    const { kind, seq } = JSON.parse(text) as Json;
    const ack = ackOf(seq);
    return kind === 'chat' ? [JSON.stringify(ack), 'hello?'] : [];
  });
  const { code, out } = await runCli(['send', '--json', ...at.flag, '--name', 'ana', 'hi']);
  expect(code).toBe(0);
  const name = `${address}:${at.port}`;
  expect(parseLines(out)).toMatchObject([
    { type: 'sent', at: expect.any(Number), group: name, kind: 'chat', text: 'hi', name: 'ana', seq: 1 },
    {
      type: 'received',
      group: name,
      address: '127.0.0.1',
      port: at.port,
      kind: 'ack',
      of: 1,
      id: '00000000000000aa',
      name: 'bob',
      unicast: true,
      rtt: expect.any(Number),
    },
    { type: 'received', kind: 'text', text: 'hello?', rtt: expect.any(Number) },
    { type: 'sent', kind: 'bye', seq: 2 },
  ]);
});

test('fewer acknowledgements than expected are a no', async () => {
  const at = await group();
  await PlainPeer.join(at, () => ['ack']);
  const { code, err } = await runCli(['send', '--raw', ...at.flag, '--expect', '2', 'x']);
  expect(code).toBe(1);
  expect(err).toBe('mcast-tui: 1 of 2 acknowledgements came.\n');
});

test('with --expect each line waits for its own acknowledgements', async () => {
  const at = await group();
  // The second message gets no answer.
  await PlainPeer.join(at, (_, nth) => (nth === 2 ? [] : ['ack']));
  const { code, out, err } = await runCli(
    ['send', '--raw', '--json', ...at.flag, '--expect', '1'],
    'a\nb\nc\n',
  );
  expect(code).toBe(1);
  expect(err).toBe('mcast-tui: 0 of 1 acknowledgements came.\n');
  expect(parseLines(out).map(({ type, text }) => [type, text])).toEqual([
    ['sent', 'a'],
    ['received', undefined],
    ['sent', 'b'],
    ['sent', 'c'],
    ['received', undefined],
  ]);
});

test('one node that answers twice counts once', async () => {
  const at = await group();
  await PlainPeer.join(at, (text) => {
    const { kind, seq } = JSON.parse(text) as Json;
    const ack = ackOf(seq);
    return kind === 'chat' ? [JSON.stringify(ack), JSON.stringify(ack)] : [];
  });
  const { code, err } = await runCli(['send', ...at.flag, '--expect', '2', 'hi']);
  expect([code, err]).toEqual([1, 'mcast-tui: 1 of 2 acknowledgements came.\n']);
});

test('nobody answers: it says so, and that alone is no failure', async () => {
  const at = await group();
  const { code, out } = await runCli(['send', ...at.flag, '--ack-timeout', '0.1', 'anyone?']);
  expect(code).toBe(0);
  expect(out).toContain('no acknowledgement within 0.1 s');
});

test('several groups get the same message', async () => {
  const at = await group();
  const other = { address: '239.255.11.2', port: at.port };
  const peers = await Promise.all([PlainPeer.join(at, () => ['ack']), PlainPeer.join(other, () => ['ack'])]);
  const groups = [...at.flag, '-g', `${other.address}:${other.port}`, ...at.flag];
  const { code } = await runCli(['send', '--raw', ...groups, '--expect', '2', 'x']);
  expect(code).toBe(0);
  for (const peer of peers) expect(peer.texts).toEqual(['x']);
});

test('a text that fits no datagram is refused with its size, and other lines go out', async () => {
  const at = await group();
  const peer = await PlainPeer.join(at);
  const long = 'x'.repeat(1200);
  const argument = await runCli(['send', ...at.flag, long]);
  expect(argument).toMatchObject({ code: 2, out: '' });
  expect(argument.err).toMatch(/^mcast-tui: The message has \d{4} bytes, and 1200 are the most/);

  const lines = await runCli(['send', ...at.flag], `a\n${long}\nb\n`);
  expect(lines.code).toBe(1);
  expect(lines.err).toMatch(/^mcast-tui: This line was not sent\. The message has/);
  expect(peer.texts.map((text) => (JSON.parse(text) as Json).text)).toEqual(['a', 'b', undefined]);
});

test('a thousand lines at once all arrive in order', async () => {
  const at = await group();
  const peer = await PlainPeer.join(at);
  peer.socket.setRecvBufferSize(4 * 1024 * 1024);
  const lines = Array.from({ length: 1000 }, (_, i) => `line ${i}`);
  const { code, out } = await runCli(['send', '--raw', '--json', ...at.flag], lines.join('\n'));
  expect(code).toBe(0);
  expect(parseLines(out)).toHaveLength(1000);
  await peer.hears(1000);
  expect(peer.texts).toEqual(lines);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s says bye and exits with %i', async (signal, code) => {
  const at = await group();
  const peer = await PlainPeer.join(at);
  const cli = startCli(['send', ...at.flag]);
  cli.child.stdin.write('hello\n');
  await peer.hears(1);
  expect(await cli.stop(signal)).toMatchObject({ code, signal: null, err: '' });
  expect(JSON.parse(peer.texts.at(-1)!)).toMatchObject({ kind: 'bye', seq: 2 });
});

test('--count and --duration end it while its input goes on', async () => {
  const at = await group();
  const peer = await PlainPeer.join(at);
  const counted = startCli(['send', '--raw', ...at.flag, '--count', '2']);
  counted.child.stdin.write('a\nb\nc\n');
  expect((await counted.ended).code).toBe(0);
  expect(peer.texts).toEqual(['a', 'b']);
  const timed = startCli(['send', ...at.flag, '--duration', '0.3']);
  expect((await timed.ended).code).toBe(0);
});

test('replies cannot act on the terminal', async () => {
  const at = await group();
  await PlainPeer.join(at, () => ['\x1b]0;owned\x07\u009b2J', 'ack']);
  for (const json of [[], ['--json']]) {
    const { out } = await runCli(['send', '--raw', ...json, ...at.flag, 'x']);
    expect(out).toMatch(/owned/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
    expect(out).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
  }
});
