// The built program in storms of bad datagrams: it counts and goes on; its own heartbeats, a good peer's chat and a
// good peer's health do not suffer; memory is bounded; nothing on its output commands a terminal.
import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { Event } from '../../source/core/event.ts';
import { seeded } from '../../source/net/memory-network.ts';
import { freePort, type Running, startListener } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';
import { endless, evilDatagrams, evilTexts, madeUp, unprintable } from './datagrams.ts';
import { Speaker } from './speaker.ts';
import { GoodPeer, lostLines, peakMemory, storm, stormAddress } from './storm.ts';

const mib = 1024 * 1024;
let good: GoodPeer | undefined;
afterEach(() => {
  good?.close();
  good = undefined;
});

/** Storms with ever new data, and what is sent of them a second. */
const storms: [string, number, () => Iterator<Uint8Array>][] = [
  ['of all kinds', 3000, () => endless(seeded(1))],
  ['of made-up identities', 8000, () => generate(() => Buffer.from(JSON.stringify(madeUp(randomBytes(8)))))],
  ['of identities that come and go', 4000, comeAndGo],
  ['of long lines in a script that is costly to cut', 3000, () => generate(() => longLine)],
  ['of the largest datagrams', 1500, () => generate(() => largest)],
];

const longLine = Buffer.from('אבגד👩🏽‍❤️‍💋‍👨🏾é'.repeat(200).slice(0, 5000));
const largest = new Uint8Array(65_507).fill(0x41);

function* generate(make: () => Uint8Array): Generator<Uint8Array> {
  for (;;) yield make();
}

function* comeAndGo(): Generator<Uint8Array> {
  for (;;) {
    const message = madeUp(randomBytes(8)) as object;
    yield Buffer.from(JSON.stringify(message));
    yield Buffer.from(JSON.stringify({ ...message, kind: 'bye', seq: 2 }));
  }
}

const eventsOf = ({ lines }: Running) => lines.map((line) => JSON.parse(line) as Event);

describe.skipIf(process.platform !== 'linux')('in a storm (its memory is read from /proc)', () => {
  test.each(storms)('%s', async (_, rate, make) => {
    const port = await freePort();
    const group = `${stormAddress}:${port}`;
    const flags = ['-g', group, '--ttl', '0', '--name', 'watched', '--heartbeat', '200', '--json'];
    const cli = await startListener(flags);
    good = await GoodPeer.open(port, 'watched');
    await cli.says('"name":"good","address":"127.0.0.1","state":"alive"');

    const sent = await storm(port, make(), { rate, ms: 1500 });
    expect(sent).toBeGreaterThan(rate / 8);
    const lost = await lostLines(good, () => cli.out);
    // It beat all the while, and still does.
    const beats = good.beats.length;
    await eventually(() => expect(good!.beats.length).toBeGreaterThan(Math.max(5, beats + 2)));
    expect(good.longestSilence).toBeLessThan(5000);

    expect(peakMemory(cli.child.pid!)).toBeLessThan(450 * mib);
    const { code, err } = await cli.stop();
    expect({ code, err }).toEqual({ code: 143, err: '' });
    const events = eventsOf(cli);
    expect(events.filter((event) => event.type === 'peer' && event.id === good!.id)).toMatchObject([
      { state: 'alive' },
    ]);
    // Whatever was sent was told, or counted as what it was not: too much.
    const { totals } = events.at(-1) as Extract<Event, { type: 'stopped' }>;
    const counted = totals.received + totals.kernelDrops + totals.shed.queue;
    expect(counted).toBeGreaterThanOrEqual(sent);
    // A good line may be lost in a small receive buffer or, where the workers are slow, in a full queue: both are counted.
    expect(lost.length).toBeLessThanOrEqual(totals.kernelDrops + totals.shed.queue);
    expect(unprintable.test(cli.out)).toBe(false);
  });
});

test.each(['--json', '--no-json'])('nothing on standard output (%s) commands a terminal', async (json) => {
  const port = await freePort();
  const group = `${stormAddress}:${port}`;
  const cli = await startListener(['-g', group, '--ttl', '0', ...(json === '--json' ? [json] : [])]);
  const speaker = await Speaker.open(stormAddress, port);
  for (const bytes of evilDatagrams()) await speaker.send(bytes);
  await speaker.send('the end');
  speaker.close();
  await cli.says('the end');
  expect(cli.lines.length).toBeGreaterThan(evilTexts.length * 3);
  expect([...cli.out].filter((char) => unprintable.test(char))).toEqual([]);
  expect((await cli.stop()).err).toBe('');
});
