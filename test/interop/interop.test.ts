// Peers that are not ours, as processes of their own: plain UDP scripts like those of the practices that this
// program replaces, in Python where there is one and in Node, and socat.
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  freePort,
  has,
  loopback,
  parseLines,
  type Running,
  runCli,
  start,
  startListener,
} from '../support/cli.ts';
import { languages } from '../support/scripts.ts';

const important = 'very important data';

describe.each(languages)('$language scripts (skipped where there is none)', ({ program, extension }) => {
  const run = (script: string, group: string, port: number, ...more: string[]) => {
    const path = fileURLToPath(new URL(`./peers/${script}.${extension}`, import.meta.url));
    return start(program!, [path, group, String(port), loopback, ...more]);
  };
  const ready = async (script: string, group: string, port: number): Promise<Running> => {
    const peer = run(script, group, port);
    await peer.says('ready');
    return peer;
  };

  describe.skipIf(program === undefined)('one client and two servers, 224.1.1.1, no acknowledgement', () => {
    const group = '224.1.1.1';
    const lines = ['hola', 'adiós, señor', '{"not":"ours"}', 'x'.repeat(1024)];

    test('their client reaches two listeners of ours and a server of theirs', async () => {
      const port = await freePort();
      // Without heartbeats, which the two of ours would hear of each other and count.
      const args = [
        '--heartbeat',
        '0',
        '--json',
        '-g',
        `${group}:${port}`,
        '--no-record',
        '--count',
        String(lines.length),
      ];
      const ours = await Promise.all([startListener(args), startListener(args)]);
      const theirs = await ready('server', group, port);
      const client = run('client', group, port);
      client.child.stdin.end(`${[...lines, 'salir', 'never sent'].join('\n')}\n`);
      for (const { ended } of ours) {
        const { code, out } = await ended;
        expect(code).toBe(0);
        const received = parseLines(out).filter(({ type }) => type === 'received');
        expect(received.map(({ kind, text }) => [kind, text])).toEqual(lines.map((line) => ['text', line]));
      }
      await theirs.says(/x{1024}\n/);
      // The first of ours to end says bye, which is plain text to theirs.
      expect(theirs.lines.slice(1).filter((line) => !line.includes('"kind":"bye"'))).toEqual(lines);
      expect((await client.ended).code).toBe(0);
    });

    test('send --raw reads lines until salir, as their client does, and reaches two servers of theirs', async () => {
      const port = await freePort();
      const servers = await Promise.all([ready('server', group, port), ready('server', group, port)]);
      const input = `${[...lines, 'salir', 'never sent'].join('\n')}\n`;
      const { code, err } = await runCli(['send', '--raw', '-g', `${group}:${port}`, '--ttl', '2'], input);
      expect([code, err]).toEqual([0, '']);
      for (const server of servers) {
        await server.says(/x{1024}\n/);
        expect(server.lines.slice(1)).toEqual(lines);
      }
    });
  });

  describe.skipIf(program === undefined)('sender and receiver with acknowledgement, 224.10.10.10', () => {
    const group = '224.10.10.10';

    test('their receiver acknowledges what send says', async () => {
      const port = await freePort();
      const receiver = await ready('receiver', group, port);
      const { code, out } = await runCli([
        'send',
        '--raw',
        '-g',
        `${group}:${port}`,
        '--expect',
        '1',
        important,
      ]);
      expect(code).toBe(0);
      expect(out).toMatch(new RegExp(`ack from 127\\.0\\.0\\.1:${port} in \\d+\\.\\d ms`));
      await receiver.says(/sent acknowledgement/);
      expect(receiver.lines.slice(1, 3)).toEqual([
        expect.stringMatching(/^received 19 bytes from \('127\.0\.0\.1', \d+\)$/),
        important,
      ]);
    });

    test('listen --ack acknowledges what their sender says', async () => {
      const port = await freePort();
      const ours = await startListener(['-g', `${group}:${port}`, '--ack', '--no-record']);
      const sender = await run('sender', group, port, important).ended;
      expect(sender.code).toBe(0);
      const [sending, received, ...end] = sender.out.trim().split('\n');
      expect(sending).toBe(`sending "${important}"`);
      expect(received).toMatch(/^received "ack" from \('127\.0\.0\.1', \d+\)$/);
      expect(end).toEqual(['timed out, no more responses', 'closing socket']);
      await ours.says(/sent ack to 127\.0\.0\.1:\d+/);
      expect(ours.out).toMatch(/127\.0\.0\.1:\d+ text \(19 B\): very important data/);
    });

    test('without --ack our listener says nothing to them', async () => {
      const port = await freePort();
      const ours = await startListener(['-g', `${group}:${port}`, '--no-record']);
      const sender = await run('sender', group, port, important).ended;
      expect(sender.out).not.toContain('received');
      await ours.says(/very important data/);
    });

    test('our chat is a datagram like any other to their receiver, and its ack one to us', async () => {
      const port = await freePort();
      const receiver = await ready('receiver', group, port);
      const { code, out } = await runCli([
        'send',
        '--json',
        '-g',
        `${group}:${port}`,
        '--expect',
        '1',
        'hola',
      ]);
      expect(code).toBe(0);
      expect(parseLines(out)).toMatchObject([
        { type: 'sent', kind: 'chat' },
        { type: 'received', kind: 'ack', port, rtt: expect.any(Number) },
        { type: 'sent', kind: 'bye' },
      ]);
      expect(receiver.out).toContain('"text":"hola"');
    });
  });

  describe.skipIf(program === undefined)('the news agency, 224.1.1.1, terminals of both kinds', () => {
    const group = '224.1.1.1';

    test.each(['theirs', 'ours'])('an agency of %s is acknowledged by every terminal', async (agency) => {
      const port = await freePort();
      const theirs = await Promise.all([ready('receiver', group, port), ready('receiver', group, port)]);
      const ours = await startListener(['-g', `${group}:${port}`, '--ack', '--no-record']);
      const news = 'Noticia: el túnel está abierto';
      const { code, out } =
        agency === 'theirs'
          ? await run('sender', group, port, news).ended
          : await runCli(['send', '--raw', '-g', `${group}:${port}`, '--expect', '3', news]);
      expect(code).toBe(0);
      expect(out.match(agency === 'theirs' ? /received "ack" from/g : /ack from/g)).toHaveLength(3);
      for (const terminal of theirs) expect(terminal.lines).toContain(news);
      await ours.says(`text (${Buffer.byteLength(news)} B): ${news}`);
    });
  });
});

describe.skipIf(!has('socat', '-V'))('socat (skipped where it is not installed)', () => {
  const group = '239.255.14.1';

  test('what it sends is heard', async () => {
    const port = await freePort();
    const ours = await startListener(['--json', '-g', `${group}:${port}`, '--no-record', '--count', '1']);
    const socat = start('socat', ['-', `UDP4-DATAGRAM:${group}:${port},ip-multicast-if=${loopback}`]);
    socat.child.stdin.end('from socat\n');
    const { out } = await ours.ended;
    expect(parseLines(out)).toContainEqual(
      expect.objectContaining({ type: 'received', kind: 'text', text: 'from socat', bytes: 11 }),
    );
  });

  test('it hears what is sent, byte for byte', async () => {
    const port = await freePort();
    const membership = `ip-add-membership=${group}:${loopback}`;
    const socat = start('socat', ['-u', '-d', '-d', `UDP4-RECV:${port},reuseaddr,${membership}`, '-']);
    await expect.poll(() => socat.err, { timeout: 10_000 }).toContain('starting data transfer loop');
    await runCli(['send', '--raw', '-g', `${group}:${port}`, 'to socat: ñ']);
    await socat.says('to socat: ñ');
    await socat.stop();
    expect(socat.out).toBe('to socat: ñ');
  });
});
