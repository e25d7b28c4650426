import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import type { Fault } from '../../source/core/fault.ts';
import { openSender, openTransport } from '../../source/net/multicast.ts';
import type { TransportOptions } from '../../source/net/transport.ts';

// All of this stays on loopback.
const linux = process.platform === 'linux';
const open: { close(): unknown }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

async function options(more: Partial<TransportOptions> = {}): Promise<TransportOptions> {
  const group = { address: '239.255.77.1', port: await freePort(), family: 4 } as const;
  return { group, interface: '127.0.0.1', ttl: 0, ...more };
}

type Heard = { text: string; bytes: number; address: string; port: number; at: number; unicast: boolean };

async function join(settings: TransportOptions) {
  const heard: Heard[] = [];
  const notices: Fault[] = [];
  const it = { heard, notices, dropped: 0 };
  const transport = await openTransport(settings, {
    datagram: (bytes, address, port, at, unicast) =>
      heard.push({ text: Buffer.from(bytes).toString(), bytes: bytes.length, address, port, at, unicast }),
    notice: (fault) => notices.push(fault),
    dropped: (count) => {
      it.dropped += count;
    },
  });
  open.push(transport);
  return Object.assign(it, { transport, texts: () => heard.map(({ text }) => text) });
}

const bytes = (text: string) => Buffer.from(text);
/** A loaded machine may take its time. */
const soon = (check: () => void) => vi.waitFor(check, 10_000);

test('two members on one host hear each other and themselves, with address, port and time', async () => {
  const settings = await options();
  const [a, b] = [await join(settings), await join(settings)];
  const before = Date.now();
  await a.transport.send(bytes('hello'));
  await soon(() => expect([a.texts(), b.texts()]).toEqual([['hello'], ['hello']]));
  const [heard] = b.heard;
  expect(heard).toMatchObject({ address: '127.0.0.1', port: a.transport.replyPort, unicast: false });
  expect(Math.abs(heard!.at - before)).toBeLessThan(1000);
  expect(a.transport.settings).toEqual({
    group: `239.255.77.1:${settings.group.port}`,
    interface: expect.stringMatching(/^lo/),
    address: '127.0.0.1',
    ttl: 0,
  });
});

test('replies come by unicast to the one that spoke', async () => {
  const settings = await options();
  const [a, b] = [await join(settings), await join(settings)];
  await a.transport.send(bytes('who?'));
  await soon(() => expect(b.heard).toHaveLength(1));
  await b.transport.reply(bytes('me'), b.heard[0]!.address, b.heard[0]!.port);
  await soon(() => expect(a.heard).toHaveLength(2));
  expect(a.heard[1]).toMatchObject({ text: 'me', port: b.transport.replyPort, unicast: true });
  expect(b.texts()).toEqual(['who?']);
});

test('another group on the same port is not heard', async () => {
  const settings = await options();
  const a = await join(settings);
  const b = await join({ ...settings, group: { ...settings.group, address: '239.255.77.2' } });
  await b.transport.send(bytes('elsewhere'));
  await soon(() => expect(b.texts()).toEqual(['elsewhere']));
  await a.transport.send(bytes('here'));
  await soon(() => expect(a.texts()).toEqual(['here']));
});

test('a reply port that is the port of the group brings no multicast twice', async () => {
  const settings = await options();
  const a = await join({ ...settings, replyPort: settings.group.port });
  const b = await join(settings);
  await b.transport.send(bytes('once'));
  await b.transport.reply(bytes('direct'), '127.0.0.1', settings.group.port);
  await soon(() => expect(a.heard).toHaveLength(2));
  expect(a.heard.map(({ text, unicast }) => [text, unicast]).sort()).toEqual([
    ['direct', true],
    ['once', false],
  ]);
});

test('datagrams go out and come in in order, whether awaited or not', async () => {
  const settings = await options();
  const [a, b] = [await join(settings), await join(settings)];
  const sent = Array.from({ length: 500 }, (_, n) => String(n));
  await Promise.all(sent.map((text) => a.transport.send(bytes(text))));
  await soon(() => expect(b.heard).toHaveLength(500));
  expect(b.texts()).toEqual(sent);
});

test('a sender speaks without joining and hears only what answers it', async () => {
  const settings = await options();
  const b = await join(settings);
  const replies: string[] = [];
  const sender = await openSender(settings, (reply) => replies.push(Buffer.from(reply).toString()));
  open.push(sender);
  await sender.send(bytes('anyone?'));
  await soon(() => expect(b.texts()).toEqual(['anyone?']));
  expect(b.heard[0]!.port).toBe(sender.replyPort);
  await b.transport.reply(bytes('ack'), '127.0.0.1', sender.replyPort);
  await soon(() => expect(replies).toEqual(['ack']));
  expect(sender.settings).toEqual(b.transport.settings);
});

test.runIf(linux)(
  'a source-specific member hears that source only (another loopback address: Linux)',
  async () => {
    const settings = await options();
    const b = await join({ ...settings, source: '127.0.0.1' });
    const all = await join(settings);
    const stranger = createSocket('udp4').bind(0, '127.0.0.2');
    await once(stranger, 'listening');
    open.push(stranger);
    stranger.setMulticastInterface('127.0.0.1');
    stranger.send('stranger', settings.group.port, settings.group.address);
    await soon(() => expect(all.texts()).toEqual(['stranger']));
    await all.transport.send(bytes('wanted'));
    await soon(() => expect(b.texts()).toEqual(['wanted']));
    expect(b.transport.settings.source).toBe('127.0.0.1');
  },
);

test('thirty groups at once: each has a socket, so the limit of memberships a socket does not count', async () => {
  const { group, ...rest } = await options();
  for (let n = 1; n <= 30; n++) await join({ ...rest, group: { ...group, address: `239.255.78.${n}` } });
  expect(open).toHaveLength(30);
});

test('closing ends it all, twice too', async () => {
  const settings = await options();
  const [a, b] = [await join(settings), await join(settings)];
  expect(b.transport.joined).toBe(true);
  await Promise.all([b.transport.close(), b.transport.close()]);
  expect(b.transport.joined).toBe(false);
  await a.transport.send(bytes('late'));
  await soon(() => expect(a.texts()).toEqual(['late']));
  expect(b.heard).toEqual([]);
  await expect(b.transport.send(bytes('x'))).rejects.toMatchObject({ code: 'send-failed' });
  await expect(b.transport.reply(bytes('x'), '127.0.0.1', 9)).rejects.toMatchObject({ code: 'send-failed' });
});

test.each([
  ['127.0.0.1', 0],
  ['127.0.0.1', 70_000],
  ['127.0.0.1', 1.5],
  ['::1', 50],
  ['example.org', 50],
  ['', 50],
])('a reply to %s port %d is refused, not thrown', async (address, port) => {
  const a = await join(await options());
  await expect(a.transport.reply(bytes('x'), address, port)).rejects.toMatchObject({ code: 'send-failed' });
});

test('what does not fit a datagram is refused with its size; the largest that does arrives whole', async () => {
  const a = await join(await options());
  await expect(a.transport.send(Buffer.alloc(65_508))).rejects.toMatchObject({
    code: 'too-long',
    facts: { bytes: 65_508, limit: 65_507 },
  });
  await a.transport.send(Buffer.alloc(65_507));
  await soon(() => expect(a.heard[0]?.bytes).toBe(65_507));
});

test('a port that another program does not share: who holds it, where the system tells', async () => {
  const settings = await options();
  const other = createSocket('udp4').bind(settings.group.port, '0.0.0.0');
  await once(other, 'listening');
  open.push(other);
  await expect(join(settings)).rejects.toMatchObject({
    code: 'port-busy',
    facts: {
      port: settings.group.port,
      ...(linux && { pid: process.pid, program: expect.stringMatching(/./) }),
    },
  });
});

test('a reply port in use is a busy port', async () => {
  const settings = await options({ replyPort: await freePort() });
  const a = await join(settings);
  expect(a.transport.replyPort).toBe(settings.replyPort);
  await expect(join(settings)).rejects.toMatchObject({
    code: 'port-busy',
    facts: { port: settings.replyPort! },
  });
});

test('the kernel grants less than asked for: said, with both figures', async () => {
  const asked = 1024 ** 3;
  const a = await join(await options({ receiveBuffer: asked }));
  expect(a.transport.receiveBuffer).toBeLessThan(asked);
  expect(a.notices).toMatchObject([
    { code: 'small-receive-buffer', facts: { asked, granted: a.transport.receiveBuffer } },
  ]);
});

test('a buffer that is granted is not mentioned', async () => {
  const a = await join(await options({ receiveBuffer: 65_536 }));
  expect(a.transport.receiveBuffer).toBeGreaterThanOrEqual(65_536);
  expect(a.notices).toEqual([]);
});

test.runIf(linux)('drops are those of the own socket, of two on one group (counted by Linux)', async () => {
  const settings = await options();
  const [small, large] = [await join({ ...settings, receiveBuffer: 16_384 }), await join(settings)];
  const message = Buffer.alloc(1000);
  // Nobody reads while this loop runs: the small buffer overflows, the large one does not.
  const sent = Array.from({ length: 200 }, () => large.transport.send(message));
  await Promise.all(sent);
  await soon(() => expect(small.heard.length + small.dropped).toBe(200));
  expect(small.dropped).toBeGreaterThan(50);
  expect(large.heard).toHaveLength(200);
  expect(large.dropped).toBe(0);
});
