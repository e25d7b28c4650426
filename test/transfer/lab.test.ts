// The lab protocol against whoever speaks it wrongly: servers and clients that a test plays, on loopback.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Transfer } from '../../source/core/event.ts';
import { socketNet } from '../../source/transfer/data-net.ts';
import { LabReceiver } from '../../source/transfer/lab-receiver.ts';
import { LabSender } from '../../source/transfer/lab-sender.ts';
import type { ReceiverOptions, SenderOptions } from '../../source/transfer/options.ts';
import { eventually } from '../support/eventually.ts';
import { group } from './share.ts';
import { temporary } from './temporary.ts';

const loopback = '127.0.0.1';

/** Plays a server: what it says over TCP, and what it sends once it knows the port. */
type Send = (...datagrams: (string | Buffer)[]) => Promise<void>;

async function serve(script: (tcp: Socket, send: Send, port: number) => unknown) {
  const udp = createSocket('udp4');
  const server = createServer((tcp) => {
    tcp.on('error', () => {});
    tcp.write('1');
    tcp.once('data', async (port) => {
      tcp.write('1');
      await script(
        tcp,
        async (...datagrams) => {
          for (const datagram of datagrams) {
            await new Promise((sent) => udp.send(datagram, Number(port), loopback, sent));
          }
        },
        Number(port),
      );
    });
    onTestFinished(() => void tcp.destroy());
  }).listen(0, loopback);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    udp.close();
  });
  return (server.address() as { port: number }).port;
}

/** Nothing in this protocol divides one message from the next but that the other side has read it: a turn of the loop. */
async function taken(): Promise<void> {
  await sleep(50);
  for (let turn = 0; turn < 3; turn++) await nextTurn();
}

async function receive(port: number, more: Partial<ReceiverOptions> = {}) {
  const out = more.out ?? temporary();
  const events: Transfer[] = [];
  const receiver = new LabReceiver(
    {
      ...{ role: 'receiver', share: 'ab'.repeat(8), address: loopback, port, out, name: 'ana' },
      lab: { title: '?', bytes: 0, from: 'ben' },
      ...more,
    },
    { netAt: (address) => socketNet(group, address, 0), onEvent: (event) => events.push(event) },
  );
  await receiver.ended;
  return { out, last: events.at(-1)!, files: readdirSync(out).sort() };
}

test('a name that leads out of the folder does not', async () => {
  const port = await serve((_, send) => send('../../../evil\u202e.txt', '5', 'hello'));
  const { last, files, out } = await receive(port);
  expect(last).toMatchObject({ phase: 'done', path: join(out, files[0]!) });
  expect(files).toEqual(['evil_.txt']);
});

test('who lost the size claims nothing, though every byte of the file came', async () => {
  const said: string[] = [];
  const port = await serve(async (tcp, send) => {
    tcp.on('data', (bytes) => said.push(bytes.toString()));
    await send('a.txt', 'hello');
  });
  const { last } = await receive(port);
  expect(last).toMatchObject({ phase: 'failed', receivers: [{ bytes: 0, state: 'failed' }] });
  await eventually(() => expect(said).toEqual(['0']));
});

test('nothing that is there is overwritten or followed', async () => {
  const out = temporary();
  const victim = join(temporary(), 'victim');
  writeFileSync(victim, 'precious');
  writeFileSync(join(out, 'a.txt'), 'mine');
  symlinkSync(victim, join(out, 'a.txt.part'));
  const port = await serve((_, send) => send('a.txt', '5', 'hello'));
  const { last, files } = await receive(port, { out });
  expect(last.phase).toBe('done');
  expect(files).toEqual(['a (1).txt', 'a.txt', 'a.txt.part']);
  expect(readFileSync(victim, 'utf8')).toBe('precious');
  expect(readFileSync(join(out, 'a.txt'), 'utf8')).toBe('mine');
  expect(readFileSync(join(out, 'a (1).txt'), 'utf8')).toBe('hello');
});

test('more than was announced is not written, and is not whole', async () => {
  const port = await serve((_, send) => send('a.txt', '5', 'hello, world'));
  const { last, files, out } = await receive(port);
  expect(last).toMatchObject({
    phase: 'failed',
    reason: { code: 'lab-incomplete', facts: { bytes: 12, size: 5, path: join(out, 'a.txt.part') } },
  });
  expect(files).toEqual(['a.txt.part']);
  expect(readFileSync(join(out, 'a.txt.part'), 'utf8')).toBe('hello');
});

test.each<[string, (string | Buffer)[], object, number?]>([
  [
    'a lost name',
    ['5', Buffer.from([0xff, 1, 2])],
    { code: 'lab-failed', facts: { reason: 'head-lost', bytes: 3 } },
  ],
  ['a size that no disk has', ['a', String(2 ** 52)], { code: 'out-space' }],
  ['a size beyond --max-size', ['a', '1001'], { code: 'share-over-limit' }, 1000],
])('%s leaves nothing behind', async (_, datagrams, reason, maxSize) => {
  const port = await serve((_, send) => send(...datagrams));
  const { last, files } = await receive(port, maxSize === undefined ? {} : { maxSize });
  expect(last).toMatchObject({ phase: 'failed', reason });
  expect(files).toEqual([]);
});

test('a server that hangs up without a datagram is not waited for', async () => {
  const port = await serve((tcp) => tcp.end());
  const { last, files } = await receive(port);
  expect(last).toMatchObject({ phase: 'failed', reason: { facts: { reason: 'nothing-came' } } });
  expect(files).toEqual([]);
});

test('a server that speaks something else is told of as such', async () => {
  const server = createServer((tcp) => void tcp.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, loopback);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { last } = await receive((server.address() as { port: number }).port);
  expect(last).toMatchObject({ phase: 'failed', reason: { facts: { reason: 'protocol' } } });
});

test('name and size may come over TCP, and other talk there is not taken for them', async () => {
  const overTcp = await serve(async (tcp, send) => {
    tcp.write('a.txt');
    await taken();
    tcp.write('5');
    await taken();
    await send('hello');
  });
  const byUdp = await serve(async (tcp, send) => {
    tcp.write('GO');
    await taken();
    await send('a.txt', '5', 'hello');
  });
  for (const port of [overTcp, byUdp]) {
    const { last, files } = await receive(port);
    expect(last.phase).toBe('done');
    expect(files).toEqual(['a.txt']);
  }
});

test.skipIf(process.platform !== 'linux')(
  'datagrams of somebody else are none of the file (needs 127.0.0.2)',
  async () => {
    const stranger = createSocket('udp4').bind(0, '127.0.0.2');
    await once(stranger, 'listening');
    onTestFinished(() => void stranger.close());
    const port = await serve(async (_, send, to) => {
      for (const datagram of ['evil.txt', '4', 'evil']) {
        await new Promise((sent) => stranger.send(datagram, to, loopback, sent));
      }
      await send('a.txt', '5', 'hello');
    });
    const { last, out } = await receive(port);
    expect(last.phase).toBe('done');
    expect(readFileSync(join(out, 'a.txt'), 'utf8')).toBe('hello');
  },
);

async function share(content: string | Buffer, more: Partial<SenderOptions> = {}) {
  const path = join(temporary(), 'a.bin');
  writeFileSync(path, content);
  const events: Transfer[] = [];
  const sender = await LabSender.open(
    {
      ...{ role: 'sender', share: 'ab'.repeat(8), paths: [path], group, name: 'ben', mode: 'lab', ttl: 0 },
      ...more,
    },
    { net: socketNet(group, loopback, 0), onEvent: (event) => events.push(event) },
  );
  onTestFinished(async () => {
    sender.cancel();
    await sender.ended;
  });
  const { control } = sender.announced;
  const call = async () => {
    const tcp = createConnection(control, loopback);
    tcp.on('error', () => {});
    onTestFinished(() => void tcp.destroy());
    const [number] = (await once(tcp, 'data')) as [Buffer];
    return { tcp, number: Number(number) };
  };
  return { sender, events, call, path };
}

test('who is no client does not pass the barrier, and is hung up on', async () => {
  const { call, events, sender } = await share('hello', { clients: 1 });
  for (const port of ['GET / HTTP/1.1\r\n\r\n', '0', '65536', 'x'.repeat(5000)]) {
    const { tcp } = await call();
    tcp.write(port);
    await once(tcp, 'close');
  }
  expect(events.at(-1)).toMatchObject({ phase: 'waiting', receivers: [] });
  sender.cancel();
  await sender.ended;
  expect(events.at(-1)).toMatchObject({ phase: 'cancelled' });
});

test('a client may hang up once it is registered, as some do; what it does not say nobody claims', async () => {
  const { call, events, sender } = await share('hello', { clients: 2 });
  const udp = createSocket('udp4').bind(0, loopback);
  await once(udp, 'listening');
  onTestFinished(() => void udp.close());
  const heard: string[] = [];
  udp.on('message', (bytes) => heard.push(bytes.toString()));
  const first = await call();
  first.tcp.write(String(udp.address().port));
  expect(String(await once(first.tcp, 'data'))).toBe('2');
  first.tcp.end();
  const second = await call();
  expect([first.number, second.number]).toEqual([1, 2]);
  second.tcp.write(String(udp.address().port));
  await eventually(() => expect(heard.sort()).toEqual(['5', '5', 'a.bin', 'a.bin', 'hello', 'hello']));
  second.tcp.write('4');
  await sender.ended;
  expect(events.at(-1)!.phase).toBe('failed');
  expect(events.at(-1)!.receivers).toMatchObject([
    { number: 1, bytes: 0, reason: 'not-told' },
    { number: 2, bytes: 4, lost: 1, reason: 'not-whole' },
  ]);
});

test('--wait opens the barrier for those who have come, and it closes behind them', async () => {
  const { call, sender, events } = await share('hello', { clients: 5, wait: 300 });
  const udp = createSocket('udp4').bind(0, loopback);
  await once(udp, 'listening');
  onTestFinished(() => void udp.close());
  const { tcp } = await call();
  tcp.write(String(udp.address().port));
  await eventually(() => expect(events.at(-1)!.phase).toBe('verifying'));
  await expect(call()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  tcp.write('5');
  await sender.ended;
  expect(events.at(-1)).toMatchObject({ phase: 'done', receivers: [{ state: 'whole', bytes: 5 }] });
});

test('a file that changes while it is sent is nothing that anybody has whole', async () => {
  const { call, sender, events, path } = await share(Buffer.alloc(30_000), { rate: 20_000 });
  const udp = createSocket('udp4').bind(0, loopback);
  await once(udp, 'listening');
  onTestFinished(() => void udp.close());
  const { tcp } = await call();
  tcp.write(String(udp.address().port));
  await once(udp, 'message');
  writeFileSync(path, Buffer.alloc(30_000, 1));
  utimesSync(path, 1, 1);
  await sender.ended;
  expect(events.at(-1)).toMatchObject({ phase: 'failed', reason: { code: 'file-changed', facts: { path } } });
});

test('--rate is kept', async () => {
  const { call, sender, events } = await share(Buffer.alloc(50_000), { rate: 100_000 });
  const udp = createSocket('udp4').bind(0, loopback);
  await once(udp, 'listening');
  onTestFinished(() => void udp.close());
  let got = 0;
  udp.on('message', (bytes) => {
    got += bytes.length;
  });
  const { tcp } = await call();
  tcp.write(String(udp.address().port));
  await eventually(() => expect(got).toBe(50_000 + 'a.bin'.length + '50000'.length));
  tcp.write('50000');
  await sender.ended;
  expect(events.at(-1)!.phase).toBe('done');
  expect(events.at(-1)!.seconds).toBeGreaterThanOrEqual(0.48);
});

test('more than one file is refused', async () => {
  const folder = temporary();
  mkdirSync(join(folder, 'inner'));
  await expect(share('x', { paths: [folder] })).rejects.toMatchObject({ code: 'lab-one-file' });
});
