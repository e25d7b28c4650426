// A file from one engine to others, over real sockets of loopback, with the threads that do it.
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Event, Transfer } from '../../source/core/event.ts';
import type { OfferView, Snapshot } from '../../source/core/snapshot.ts';
import { Engine } from '../../source/engine/engine.ts';
import type { EngineOptions } from '../../source/engine/options.ts';
import { engineOptions, onLoopback } from '../support/engine-options.ts';
import { eventually } from '../support/eventually.ts';

const port = 20_000 + ((process.pid * 7) % 20_000);
const name = `239.255.77.21:${port}`;

async function node(called: string, files: EngineOptions['files']) {
  const events: Event[] = [];
  let offers: OfferView[] = [];
  const engine = await Engine.open(
    engineOptions({ groups: [onLoopback(name)], name: called, heartbeat: 200, files }),
    {
      snapshot: (snapshot: Snapshot) => {
        offers = snapshot.offers;
        setImmediate(() => engine.tookSnapshot());
      },
      lines: (block) => events.push(...(JSON.parse(`[${Buffer.from(block)}]`) as Event[])),
      ended: () => {},
    },
  );
  onTestFinished(() => engine.close('test'));
  engine.tookSnapshot();
  const transfers = () => events.filter((event): event is Transfer => event.type === 'transfer');
  return { engine, events, offers: () => offers, transfers, last: () => transfers().at(-1) };
}

test('a folder goes to two receivers, whole, and all three tell of it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'mcast-share-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const folder = join(dir, 'slides');
  mkdirSync(join(folder, 'day 1'), { recursive: true });
  writeFileSync(join(folder, 'day 1', 'a.bin'), randomBytes(300_000));
  writeFileSync(join(folder, 'empty'), '');
  const logs = join(dir, 'logs');
  const ana = await node('ana', { out: dir, logs });
  const ben = await node('ben', { out: join(dir, 'ben') });
  const eva = await node('eva', { out: join(dir, 'eva') });
  ana.engine.command({ do: 'share', paths: [folder], options: { mode: 'multicast', clients: 2 } });
  for (const receiver of [ben, eva]) {
    await eventually(() =>
      expect(receiver.offers()).toMatchObject([{ title: 'slides', from: 'ana', files: 2 }]),
    );
    receiver.engine.command({ do: 'accept', share: receiver.offers()[0]!.share });
  }
  await eventually(() => {
    for (const one of [ana, ben, eva]) expect(one.last()?.phase).toBe('done');
  });
  expect(ana.last()?.receivers.map(({ state }) => state)).toEqual(['whole', 'whole']);
  expect(
    ana
      .last()
      ?.receivers.map(({ name }) => name)
      .sort(),
  ).toEqual(['ben', 'eva']);
  for (const receiver of ['ben', 'eva']) {
    expect(hash(join(dir, receiver, 'slides', 'day 1', 'a.bin'))).toBe(hash(join(folder, 'day 1', 'a.bin')));
    expect(readFileSync(join(dir, receiver, 'slides', 'empty'))).toHaveLength(0);
  }
  expect(ben.offers()).toEqual([]);
  expect(ana.offers()).toEqual([]);
  await eventually(() => expect(readdirSync(logs)).toHaveLength(1));
}, 30_000);

test('what is not there is told as a transfer that failed, and the engine goes on', async () => {
  const ana = await node('ana', undefined);
  ana.engine.command({ do: 'share', paths: ['/nowhere/at/all'], options: { mode: 'multicast' } });
  await eventually(() => expect(ana.last()).toMatchObject({ phase: 'failed', title: 'all' }));
  expect(ana.last()?.reason?.code).not.toBe('engine-died');
  ana.engine.command({ do: 'say', text: 'still here' });
  await eventually(() =>
    expect(ana.events.some((event) => event.type === 'sent' && event.text === 'still here')).toBe(true),
  );
});

const hash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
