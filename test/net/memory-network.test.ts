import { expect, test } from 'vitest';
import { type Conditions, MemoryNetwork } from '../../source/net/memory-network.ts';
import type { TransportOptions } from '../../source/net/transport.ts';
import { VirtualClock } from './virtual-clock.ts';

type Heard = { text: string; address: string; port: number; at: number; unicast: boolean };

const group = { address: '239.1.2.3', port: 5000, family: 4 } as const;

async function build(conditions: Partial<Conditions> = {}, seed = 7) {
  const clock = new VirtualClock();
  const network = new MemoryNetwork(clock, seed, conditions);
  const join = async (options: Partial<TransportOptions> = {}) => {
    const heard: Heard[] = [];
    const transport = await network.open(
      { group, ttl: 1, ...options },
      {
        datagram: (bytes, address, port, at, unicast) =>
          heard.push({ text: Buffer.from(bytes).toString(), address, port, at, unicast }),
        notice: () => {},
        dropped: () => {},
      },
    );
    const texts = () => heard.map(({ text }) => text);
    return { transport, heard, texts };
  };
  return { clock, network, join };
}

const bytes = (text: string | number) => Buffer.from(String(text));

async function sendMany(transport: { send(bytes: Uint8Array): Promise<void> }, count: number) {
  for (let n = 0; n < count; n++) await transport.send(bytes(n));
}

test('a perfect wire brings everything to everyone in order, the sender too', async () => {
  const { clock, join } = await build();
  const [a, b, other] = [await join(), await join(), await join({ group: { ...group, port: 5001 } })];
  await sendMany(a.transport, 50);
  clock.advance(0);
  const all = Array.from({ length: 50 }, (_, n) => String(n));
  expect(a.texts()).toEqual(all);
  expect(b.texts()).toEqual(all);
  expect(other.texts()).toEqual([]);
});

test('a reply comes by unicast to one node only', async () => {
  const { clock, join } = await build();
  const [a, b, c] = [await join(), await join(), await join()];
  await a.transport.send(bytes('hello'));
  clock.advance(0);
  const { address, port } = b.heard[0]!;
  await b.transport.reply(bytes('ack'), address, port);
  clock.advance(0);
  expect(a.heard.at(-1)).toMatchObject({ text: 'ack', address: b.transport.settings.address, unicast: true });
  expect(c.texts()).toEqual(['hello']);
});

test('loss is drawn for each receiver, and the same seed loses the same', async () => {
  const run = async () => {
    const { clock, join } = await build({ loss: 0.2 });
    const [a, b, c] = [await join(), await join(), await join()];
    await sendMany(a.transport, 2000);
    clock.advance(0);
    expect(a.heard).toHaveLength(2000);
    return [b.texts(), c.texts()] as const;
  };
  const [b, c] = await run();
  for (const { length } of [b, c]) expect(Math.abs(length / 2000 - 0.8)).toBeLessThan(0.04);
  expect(b).not.toEqual(c);
  expect(await run()).toEqual([b, c]);
});

test('duplicates and reordering come in about the share asked for', async () => {
  const { clock, join } = await build({ duplicates: 0.1, reordering: 0.1, delay: [1, 3] });
  const [a, b] = [await join(), await join()];
  for (let n = 0; n < 1000; n++) {
    await a.transport.send(bytes(n));
    clock.advance(1);
  }
  clock.advance(100);
  const numbers = b.texts().map(Number);
  expect(new Set(numbers).size).toBe(1000);
  expect(Math.abs(numbers.length - 1100)).toBeLessThan(40);
  const late = numbers.filter((n, i) => numbers.slice(0, i).some((earlier) => earlier > n)).length;
  expect(late).toBeGreaterThan(60);
  expect(late).toBeLessThan(300);
});

test('delay stays within its bounds and keeps the order', async () => {
  const { clock, join } = await build({ delay: [10, 20] });
  const [a, b] = [await join(), await join()];
  const start = clock.now();
  await sendMany(a.transport, 100);
  clock.advance(9);
  expect(b.heard).toEqual([]);
  clock.advance(11);
  expect(b.texts()).toEqual(Array.from({ length: 100 }, (_, n) => String(n)));
  for (const { at } of b.heard) expect(at - start).toBeGreaterThanOrEqual(10);
});

test('an unplugged node hears itself only, until it is plugged in again', async () => {
  const { clock, network, join } = await build();
  const [a, b] = [await join(), await join()];
  network.unplug(b.transport.settings.address);
  await a.transport.send(bytes('lost'));
  await b.transport.send(bytes('own'));
  network.plug(b.transport.settings.address);
  await a.transport.send(bytes('back'));
  clock.advance(0);
  expect(b.texts()).toEqual(['own', 'back']);
  expect(a.texts()).toEqual(['lost', 'back']);
});

test('a source-specific member hears that source alone', async () => {
  const { clock, join } = await build();
  const [a, b] = [await join({ interface: '10.9.9.1' }), await join()];
  const c = await join({ source: '10.9.9.1' });
  await a.transport.send(bytes('wanted'));
  await b.transport.send(bytes('not wanted'));
  clock.advance(0);
  expect(c.texts()).toEqual(['wanted']);
});

test('what was sent may be overwritten, and a closed transport is silent and refuses', async () => {
  const { clock, join } = await build({ delay: [5, 5] });
  const [a, b, c] = [await join(), await join(), await join()];
  const message = bytes('first');
  await a.transport.send(message);
  message.fill(0x78);
  await c.transport.close();
  expect(c.transport.joined).toBe(false);
  clock.advance(5);
  expect(b.texts()).toEqual(['first']);
  expect(c.texts()).toEqual([]);
  await expect(c.transport.send(message)).rejects.toMatchObject({ code: 'send-failed' });
  await expect(a.transport.send(Buffer.alloc(65_508))).rejects.toMatchObject({ code: 'too-long' });
});
