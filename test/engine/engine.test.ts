// Whole engines on real loopback sockets, with real worker threads.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Event } from '../../source/core/event.ts';
import type { Snapshot } from '../../source/core/snapshot.ts';
import { Engine } from '../../source/engine/engine.ts';
import type { Connect } from '../../source/engine/member.ts';
import type { EngineOptions } from '../../source/engine/options.ts';
import { Cable } from '../../source/net/cable.ts';
import { openTransport } from '../../source/net/multicast.ts';
import { engineOptions, onLoopback } from '../support/engine-options.ts';
import { eventually } from '../support/eventually.ts';

const port = 20_000 + (process.pid % 20_000);
const name = `239.255.77.20:${port}`;

type Run = { engine: Engine; snapshots: Snapshot[]; events: Event[]; ended: string[]; id: string };

const runs: Run[] = [];
const dirs: string[] = [];

afterEach(async () => {
  await Promise.all(runs.splice(0).map(({ engine }) => engine.close('test')));
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});

async function open(over: Partial<EngineOptions> = {}, connect?: Connect): Promise<Run> {
  const options = engineOptions({ groups: [onLoopback(name)], name: 'node', ...over });
  const run: Omit<Run, 'engine'> = { snapshots: [], events: [], ended: [], id: options.id };
  const output = {
    snapshot: (snapshot: Snapshot) => run.snapshots.push(snapshot),
    lines: (block: Uint8Array) => run.events.push(...(JSON.parse(`[${Buffer.from(block)}]`) as Event[])),
    ended: (reason: string) => run.ended.push(reason),
  };
  const engine = await Engine.open(options, output, connect);
  const whole = { ...run, engine };
  runs.push(whole);
  return whole;
}

const of = <T extends Event['type']>({ events }: Run, type: T) =>
  events.filter((event): event is Extract<Event, { type: T }> => event.type === type);

test('two nodes see each other, talk, measure the round trip and tick what was delivered', async () => {
  const ana = await open({ name: 'ana' });
  const bob = await open({ name: 'bob' });
  await eventually(() => {
    expect(of(ana, 'peer')).toMatchObject([{ name: 'bob', state: 'alive', reason: 'heard' }]);
    expect(of(bob, 'peer')).toMatchObject([{ name: 'ana', state: 'alive', reason: 'heard' }]);
  });
  ana.engine.command({ do: 'say', text: 'hola, ¿qué tal?' });
  await eventually(() => {
    expect(of(bob, 'received').filter(({ kind }) => kind === 'chat')).toMatchObject([
      { name: 'ana', text: 'hola, ¿qué tal?', group: name, address: '127.0.0.1' },
    ]);
  });
  await eventually(() => {
    ana.engine.tookSnapshot();
    const { peers, deliveries } = merged(ana.snapshots);
    expect(peers.get('bob')?.rtt).toBeGreaterThanOrEqual(0);
    expect(deliveries.at(-1)).toMatchObject({ delivered: 1, of: 1 });
  });
});

function merged(snapshots: Snapshot[]) {
  const peers = new Map(
    snapshots.flatMap((snapshot) => snapshot.peers.map((row) => [row.name, row] as const)),
  );
  return { peers, deliveries: snapshots.flatMap(({ deliveries }) => deliveries) };
}

test('own datagrams that loop back are counted and become no event', async () => {
  const run = await open();
  await eventually(() => expect(of(run, 'task').some(({ looped }) => looped)).toBe(true));
  expect(of(run, 'received')).toEqual([]);
});

test('a node that is cut off turns suspect, then dead; started again it is a restart and not loss', async () => {
  const ana = await open({ name: 'ana' });
  const cable = new Cable(openTransport, 0, Math.random);
  const bob = await open({ name: 'bob' }, cable.connect);
  await eventually(() => expect(of(ana, 'peer')).toHaveLength(1));
  cable.cut = true;
  await eventually(() => {
    expect(of(ana, 'peer').map(({ state }) => state)).toEqual(['alive', 'suspect', 'dead']);
  });
  await bob.engine.close('test');
  await open({ name: 'bob' });
  await eventually(() => {
    expect(of(ana, 'peer').slice(3)).toMatchObject([
      { state: 'alive', reason: 'heard' },
      { state: 'gone', reason: 'restarted', id: bob.id },
    ]);
    ana.engine.tookSnapshot();
    expect(ana.snapshots.at(-1)!.totals.lost).toBe(0);
    expect(merged(ana.snapshots).peers.get('bob')).toMatchObject({ restarts: 1, state: 'alive' });
  });
});

test('with --ack a line of ours is acknowledged by unicast, and the sender ticks it', async () => {
  const ana = await open({ name: 'ana' });
  const bob = await open({ name: 'bob', ack: true });
  await eventually(() => expect(of(ana, 'peer')).toHaveLength(1));
  ana.engine.command({ do: 'say', text: 'very important data' });
  await eventually(() => {
    const [line] = of(ana, 'sent').filter(({ kind }) => kind === 'chat');
    const [ack] = of(ana, 'received').filter(({ kind }) => kind === 'ack');
    expect(ack).toMatchObject({ unicast: true, name: 'bob', of: line!.seq });
  });
  expect(of(bob, 'sent').filter(({ kind }) => kind === 'ack')).toHaveLength(1);
});

test('--count ends after exactly so many datagrams, however many came at once', async () => {
  const run = await open({ count: 5 });
  const talker = await open({ heartbeat: 0 });
  for (let i = 0; i < 50; i++) talker.engine.command({ do: 'say', text: `line ${i}` });
  await eventually(() => expect(run.ended).toEqual(['count']));
  expect(of(run, 'received').map(({ text }) => text)).toEqual([0, 1, 2, 3, 4].map((i) => `line ${i}`));
  expect(run.events.at(-1)).toMatchObject({ type: 'stopped', reason: 'count', totals: { received: 5 } });
});

test('the session file holds the very events that were printed', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'mcast-engine-'));
  dirs.push(dataDir);
  const run = await open({ record: { dataDir, limitBytes: 1e9 } });
  const talker = await open({ heartbeat: 0, name: 'talker' });
  for (let i = 0; i < 200; i++) talker.engine.command({ do: 'say', text: `line ${i}` });
  await eventually(() => expect(of(run, 'received')).toHaveLength(200));
  await run.engine.close('test');
  const [file] = readdirSync(join(dataDir, 'sessions'));
  const session = JSON.parse(readFileSync(join(dataDir, 'sessions', file!), 'utf8')) as { events: Event[] };
  expect(session.events).toEqual(run.events);
});

test('a data directory that cannot be written is a warning, and the engine goes on', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'mcast-engine-'));
  dirs.push(dir);
  const dataDir = join(dir, 'a-file');
  writeFileSync(dataDir, '');
  const run = await open({ record: { dataDir, limitBytes: 1e9 } });
  await eventually(() => expect(of(run, 'warning')).toHaveLength(1));
  expect(of(run, 'warning')[0]!.text).toContain(dataDir);
  await eventually(() => expect(of(run, 'sent').length).toBeGreaterThan(2));
});

test('kernel drops are counted each time, and their remedy is told once', async () => {
  let dropped: ((count: number) => void) | undefined;
  const run = await open({}, (options, listener) => {
    dropped = listener.dropped;
    return openTransport(options, listener);
  });
  dropped!(7);
  dropped!(5);
  await eventually(() => expect(of(run, 'dropped').map(({ count }) => count)).toEqual([7, 5]));
  const warnings = of(run, 'warning').filter(({ code }) => code === 'kernel-drops');
  expect(warnings).toHaveLength(1);
  expect(warnings[0]!.text).toMatch(/rmem_max/);
});
