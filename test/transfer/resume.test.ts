// Whoever was stopped or cut off comes again and goes on; whoever stalls holds nobody up.
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Transfer } from '../../source/core/event.ts';
import type { Sender } from '../../source/transfer/sender.ts';
import { proxy } from './proxy.ts';
import { begin, contentOf, half, memoryNet, type Running, slow, type Tamper } from './share.ts';

describe('whoever comes again goes on', () => {
  test('a receiver that was stopped half-way gets only the rest', async () => {
    const share = begin(memoryNet({ loss: 0.02 }));
    const path = share.file('data.bin', 6_000_000);
    const sender = await share.send([path], { ...slow, clients: 1 });
    const first = share.receive(sender, 'ana');
    await first.until(half);
    // As when its host goes down: no word to the sender, and what is in memory is gone.
    first.transfer.cancel();
    await first.ended();
    expect(readdirSync(share.out('ana')).some((name) => name.includes('.part'))).toBe(true);

    const again = await share.send([path], { share: 'b'.repeat(16), clients: 1 });
    const second = share.receive(again, 'ana', { share: 'b'.repeat(16) });
    const { phase, path: written } = await second.ended();
    expect(phase).toBe('done');
    expect(contentOf(written!)).toEqual(contentOf(path));
    const { sent, total } = await again.ended();
    expect(sent!).toBeLessThan(total * 0.7);
    expect(readdirSync(share.out('ana'))).toEqual(['data.bin']);
  });

  test('a sender that was started again at the same port is found by its content', async () => {
    const share = begin(memoryNet({ loss: 0.02 }));
    const path = share.file('data.bin', 6_000_000);
    const sender = await share.send([path], { ...slow, clients: 2 });
    const { control } = sender.transfer.announced;
    const gate = await proxy(() => current);
    let current = control;
    const receivers = ['ana', 'bob'].map((name) => share.receive(sender, name, { port: gate.port }));
    await receivers[0]!.until(half);
    // Its receivers are cut off without a word, as when it is killed.
    current = 0;
    gate.cut();
    const again = await share.send([path], { share: 'c'.repeat(16), clients: 2 });
    current = again.transfer.announced.control;
    for (const receiver of receivers) {
      const { phase, path: written } = await receiver.ended();
      expect(phase).toBe('done');
      expect(contentOf(written!)).toEqual(contentOf(path));
    }
    const { sent, total } = await again.ended();
    expect(sent!).toBeLessThan(total * 0.7);
  });

  test('a control connection that is cut costs no block that is there already', async () => {
    const share = begin(memoryNet({ loss: 0.02 }));
    const path = share.file('data.bin', 6_000_000);
    const sender = await share.send([path], { ...slow, clients: 2 });
    const { control } = sender.transfer.announced;
    const gate = await proxy(() => control);
    const ana = share.receive(sender, 'ana', { port: gate.port });
    const bob = share.receive(sender, 'bob');
    for (const part of [0.3, 0.6]) {
      await ana.until((event) => (event.receivers[0]?.bytes ?? 0) > event.total * part);
      gate.cut();
    }
    for (const receiver of [ana, bob]) expect(await receiver.ended()).toMatchObject({ phase: 'done' });
    const { sent, total, receivers } = await sender.ended();
    expect(receivers.map(({ number, state }) => ({ number, state }))).toEqual([
      { number: 1, state: 'whole' },
      { number: 2, state: 'whole' },
    ]);
    expect(sent!).toBeLessThan(total * 1.25);
  });

  test('a receiver that joins late gets all of it', async () => {
    const share = begin(memoryNet({ loss: 0.02 }));
    const path = share.file('data.bin', 6_000_000);
    const sender = await share.send([path], { ...slow, clients: 1 });
    const ana = share.receive(sender, 'ana');
    await ana.until(half);
    const eva = share.receive(sender, 'eva');
    for (const receiver of [ana, eva]) {
      const { phase, path: written } = await receiver.ended();
      expect(phase).toBe('done');
      expect(contentOf(written!)).toEqual(contentOf(path));
    }
    const { sent, total } = await sender.ended();
    expect(sent!).toBeLessThan(total * 2);
  });
});

describe('whoever stalls', () => {
  test('is served apart and holds nobody back', async () => {
    const share = begin(memoryNet());
    const path = share.file('data.bin', 6_000_000);
    const sender = await share.send([path], { ...slow, clients: 2 });
    // Multicast reaches it no more after a while; a stream of its own does.
    const silenced = silentAfter(1e6);
    const tamper: Tamper = (bytes, toGroup) => (toGroup ? silenced(bytes, toGroup) : bytes);
    const deaf = share.receive(sender, 'deaf', {}, { tamper });
    const ana = share.receive(sender, 'ana');
    expect(await ana.ended()).toMatchObject({ phase: 'done' });
    expect(await deaf.ended()).toMatchObject({ phase: 'done' });
    expect(contentOf(share.out('deaf'))).toEqual(contentOf(share.out('ana')));
    expect(sender.events.some(({ receivers }) => receivers[0]?.state === 'stalled')).toBe(true);
    expect(ana.last.receivers[0]!.seconds!).toBeLessThan(deaf.last.receivers[0]!.seconds! + 0.1);
  });

  test('is dropped with a reason when it is slower than was asked for', async () => {
    const share = begin(memoryNet());
    const path = share.file('data.bin', 6_000_000);
    const sender = await share.send([path], { ...slow, clients: 2, minRate: 1e6 });
    const deaf = share.receive(sender, 'deaf', {}, { tamper: silentAfter(1e6) });
    const ana = share.receive(sender, 'ana');
    expect(await ana.ended()).toMatchObject({ phase: 'done' });
    expect(await deaf.ended()).toMatchObject({
      phase: 'failed',
      reason: { code: 'share-refused', facts: { reason: 'too-slow' } },
    });
    expect(await sender.ended()).toMatchObject({
      phase: 'failed',
      receivers: [{ state: 'failed', reason: 'too-slow' }, { state: 'whole' }],
    });
  });
});

describe('the barrier', () => {
  test('holds until all have come', async () => {
    const share = begin(memoryNet());
    const path = share.file('data.bin', 100_000);
    const sender = await share.send([path], { clients: 3 });
    const early = ['ana', 'bob'].map((name) => share.receive(sender, name));
    await sender.until(({ receivers }) => receivers.length === 2);
    // The sender looks at its barrier more than once meanwhile.
    await sleep(300);
    expect(sender.last).toMatchObject({ phase: 'waiting', sent: 0 });
    const eva = share.receive(sender, 'eva');
    for (const receiver of [...early, eva]) expect(await receiver.ended()).toMatchObject({ phase: 'done' });
    expect(await sender.ended()).toMatchObject({ phase: 'done' });
    expect(opening(sender).receivers).toHaveLength(3);
  });

  test('opens for those who have come when its time has passed, and not before', async () => {
    const share = begin(memoryNet());
    const path = share.file('data.bin', 100_000);
    const before = performance.timeOrigin + performance.now();
    const sender = await share.send([path], { clients: 2, wait: 1500 });
    expect(await share.receive(sender, 'ana').ended()).toMatchObject({ phase: 'done' });
    expect(await sender.ended()).toMatchObject({ phase: 'done' });
    expect(opening(sender).at - before).toBeGreaterThanOrEqual(1500);
  });
});

/** The first that was told once the barrier was open. */
const opening = ({ events }: Running<Sender>): Transfer => events.find(({ phase }) => phase !== 'waiting')!;

/** Lets so many bytes pass, and nothing after them. */
function silentAfter(bytes: number): Tamper {
  let passed = 0;
  return (datagram) => {
    passed += datagram.length;
    return passed > bytes ? undefined : datagram;
  };
}
