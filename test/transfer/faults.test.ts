// What goes wrong in the middle of a transfer, by chance or by malice, and what becomes of it.
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encode, kinds } from '../../source/transfer/control.ts';
import { frame } from '../../source/transfer/frames.ts';
import { proxy } from './proxy.ts';
import { begin, contentOf, half, loopbackNet, memoryNet, slow } from './share.ts';

describe('whoever forges', () => {
  test('blocks that were changed on the way are found and sent again', async () => {
    const share = begin(memoryNet({ loss: 0.01 }));
    const path = share.file('data.bin', 5_000_000);
    const sender = await share.send([path], { clients: 2 });
    let seen = 0;
    const ana = share.receive(
      sender,
      'ana',
      {},
      {
        tamper(bytes) {
          if (++seen % 400 === 7 && seen < 2000) bytes[bytes.length - 1]! ^= 1;
          return bytes;
        },
      },
    );
    const bob = share.receive(sender, 'bob');
    for (const receiver of [ana, bob]) {
      const { phase, path: written } = await receiver.ended();
      expect(phase).toBe('done');
      expect(contentOf(written!)).toEqual(contentOf(path));
    }
    expect(await sender.ended()).toMatchObject({ phase: 'done' });
  });

  test('datagrams of others do no harm', async () => {
    const share = begin(loopbackNet);
    const path = share.file('data.bin', 6_000_000);
    const sender = await share.send([path], { ...slow, clients: 1 });
    const [address = '', port = ''] = sender.last.group!.split(':');
    const out = await share.net().openOut({ address, port: Number(port), family: 4 }, () => {});
    const noise = setInterval(() => {
      for (const bytes of [
        Buffer.from('MCF1'),
        Buffer.alloc(1472, 0xff),
        Buffer.from(`MCF1${'x'.repeat(1000)}`),
      ])
        out.post([bytes]);
    }, 1);
    const { phase, path: written } = await share.receive(sender, 'ana').ended();
    clearInterval(noise);
    await out.close();
    expect(phase).toBe('done');
    expect(contentOf(written!)).toEqual(contentOf(path));
  });

  test('connections that say what no receiver says are closed, and the transfer goes on', async () => {
    const share = begin(memoryNet());
    const path = share.file('data.bin', 100_000);
    const sender = await share.send([path], { clients: 1 });
    const said = {
      nothing: Buffer.alloc(0),
      noise: Buffer.alloc(5000, 0x5a),
      'a frame of 4 GB': Buffer.from([0xff, 0xff, 0xff, 0xff, 1]),
      'a hello that is none': frame(kinds.hello, Buffer.from('{"share":1}')),
      'another share': frame(kinds.hello, encode({ share: 'f'.repeat(16), id: 'e'.repeat(16), name: 'x' })),
    };
    await Promise.all(
      Object.values(said).map(async (bytes) => {
        const stranger = createConnection(sender.transfer.announced.control, '127.0.0.1');
        stranger.on('error', () => {}).resume();
        stranger.write(bytes);
        await new Promise((resolve) => stranger.once('close', resolve));
      }),
    );
    expect(sender.last.receivers).toEqual([]);
    expect(await share.receive(sender, 'ana').ended()).toMatchObject({ phase: 'done' });
  });

  test('a receiver that reports what cannot be is dropped', async () => {
    const share = begin(memoryNet());
    const path = share.file('data.bin', 100_000);
    const sender = await share.send([path], { clients: 2 });
    const liar = createConnection(sender.transfer.announced.control, '127.0.0.1');
    liar.on('error', () => {}).resume();
    liar.write(frame(kinds.hello, encode({ share: share.id, id: 'e'.repeat(16), name: 'liar' })));
    liar.write(frame(kinds.report, Buffer.alloc(60, 0xff)));
    await sender.until(({ receivers }) => receivers[0]?.reason === 'bad-report');
    const receivers = ['ana', 'bob'].map((name) => share.receive(sender, name));
    for (const receiver of receivers) expect(await receiver.ended()).toMatchObject({ phase: 'done' });
  });
});

describe('what ends a transfer', () => {
  test('a file that changes while it is sent', async () => {
    const share = begin(memoryNet());
    const path = share.file('data.bin', 40_000_000);
    const sender = await share.send([path], { ...slow, clients: 1 });
    const ana = share.receive(sender, 'ana');
    await ana.until((event) => event.phase === 'running');
    appendFileSync(path, 'more');
    expect(await sender.ended()).toMatchObject({ phase: 'failed', reason: { code: 'file-changed' } });
    expect(await ana.ended()).toMatchObject({
      phase: 'failed',
      reason: { code: 'share-refused', facts: { reason: 'file-changed' } },
    });
    expect(existsSync(join(share.out('ana'), 'data.bin'))).toBe(false);
  });

  test('the sender cancels', async () => {
    const share = begin(memoryNet());
    const sender = await share.send([share.file('data.bin', 6_000_000)], { ...slow, clients: 1 });
    const ana = share.receive(sender, 'ana');
    await ana.until((event) => event.phase === 'running');
    sender.transfer.cancel();
    expect(await ana.ended()).toMatchObject({ phase: 'cancelled' });
    expect(await sender.ended()).toMatchObject({ phase: 'cancelled' });
  });

  test('a receiver cancels; the other goes on', async () => {
    const share = begin(memoryNet());
    const sender = await share.send([share.file('data.bin', 6_000_000)], { ...slow, clients: 2 });
    const [ana, bob] = ['ana', 'bob'].map((name) => share.receive(sender, name));
    await ana!.until(half);
    ana!.transfer.cancel();
    expect(await bob!.ended()).toMatchObject({ phase: 'done' });
    expect(await sender.ended()).toMatchObject({
      phase: 'failed',
      receivers: [{ state: 'failed', reason: 'cancelled' }, { state: 'whole' }],
    });
  });

  test('a share that is larger than allowed', async () => {
    const share = begin(memoryNet());
    const sender = await share.send([share.file('data.bin', 200_000)], { clients: 1 });
    const ana = share.receive(sender, 'ana', { maxSize: 100_000 });
    expect(await ana.ended()).toMatchObject({
      phase: 'failed',
      reason: { code: 'share-over-limit', facts: { bytes: 200_000, limit: 100_000 } },
    });
    expect(existsSync(share.out('ana'))).toBe(false);
  });

  test('a sender that is not there any more', async () => {
    const share = begin(memoryNet());
    const sender = await share.send([share.file('data.bin', 6_000_000)], { ...slow, clients: 1 });
    const gate = await proxy(() => target);
    let target = sender.transfer.announced.control;
    const ana = share.receive(sender, 'ana', { port: gate.port }, { patience: 1200 });
    await ana.until(half);
    target = 0;
    gate.cut();
    expect(await ana.ended()).toMatchObject({ phase: 'failed', reason: { code: 'share-gone' } });
  });

  test('a receiver whose connection does not come back', async () => {
    const share = begin(memoryNet());
    const sender = await share.send(
      [share.file('data.bin', 6_000_000)],
      { ...slow, clients: 2 },
      { grace: 1000 },
    );
    const gate = await proxy(() => target);
    let target = sender.transfer.announced.control;
    const ana = share.receive(sender, 'ana', { port: gate.port });
    const bob = share.receive(sender, 'bob');
    await ana.until(half);
    target = 0;
    gate.cut();
    expect(await bob.ended()).toMatchObject({ phase: 'done' });
    await sender.until(({ receivers }) => receivers.some(({ reason }) => reason === 'connection-lost'));
    expect(await sender.ended()).toMatchObject({ phase: 'failed' });
  });

  test('an output folder that cannot be written', async () => {
    const share = begin(memoryNet());
    const sender = await share.send([share.file('data.bin', 200_000)], { clients: 1 });
    mkdirSync(share.out('ana'), { recursive: true });
    writeFileSync(join(share.out('ana'), 'file'), '');
    const ana = share.receive(sender, 'ana', { out: join(share.out('ana'), 'file') });
    expect(await ana.ended()).toMatchObject({ phase: 'failed', reason: { code: 'part-failed' } });
    await sender.until(({ receivers }) => receivers[0]?.reason === 'part-failed');
    // Another may come in its place.
    expect(await share.receive(sender, 'bob').ended()).toMatchObject({ phase: 'done' });
  });
});
