// Doctor's probe and a node that answers it, with real sockets on loopback.
import { afterEach, expect, test } from 'vitest';
import { parseProbing } from '../../source/core/probing.ts';
import { decode } from '../../source/core/wire.ts';
import { type Answered, each, probe } from '../../source/doctor/probe.ts';
import type { Question } from '../../source/doctor/question.ts';
import { Engine } from '../../source/engine/engine.ts';
import { openTransport } from '../../source/net/multicast.ts';
import { freePort, loopback } from '../support/cli.ts';
import { engineOptions, onLoopback } from '../support/engine-options.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

const group = (port: number) => ({ address: '239.255.77.41', port, family: 4 }) as const;
const question = (port: number, peer?: string): Question => ({
  ...{ group: group(port), groups: 1, interface: loopback, source: undefined, ttl: 0 },
  ...{ replyPort: undefined, peer, watch: 50 },
});

async function node(port: number, heartbeat = 100, replyPort?: number): Promise<void> {
  const member = { ...onLoopback(`239.255.77.41:${port}`), ...(replyPort !== undefined && { replyPort }) };
  const engine = await Engine.open(
    engineOptions({ groups: [member], name: 'bob', heartbeat, lines: false }),
    { snapshot: () => {}, lines: () => {}, ended: () => {} },
  );
  open.push(() => engine.close('test'));
}

test('a node answers at every size, and tells what came', async () => {
  const port = await freePort();
  await node(port);
  const { nodes } = await probe(question(port), 1_500);
  expect(nodes).toMatchObject([{ name: 'bob', small: each, large: each, missed: 0 }]);
  const { there, here, tried, twice } = nodes[0]!.answer as Answered;
  expect(there).toMatchObject({ sent: each, got: each, missing: 0 });
  expect(here.sent).toBeGreaterThan(0);
  expect(here.missing).toBe(0);
  expect(twice).toBe(0);
  expect(tried.length).toBeGreaterThanOrEqual(10);
  for (const { what, sent, arrived, echoed, returned, back } of tried) {
    expect([what, arrived, echoed, returned]).toEqual([what, sent, back ? sent : 0, back ? sent : 0]);
  }
});

test('one that says nothing to the group is found by its address and port', async () => {
  const [port, replyPort] = [await freePort(), await freePort()];
  await node(port, 0, replyPort);
  const { nodes } = await probe(question(port, `${loopback}:${replyPort}`), 1_500);
  expect(nodes).toMatchObject([{ name: 'bob', address: loopback, heard: 0, small: each, large: each }]);
});

test('a host that refuses, where no node runs', async () => {
  const port = await freePort();
  const { nodes, refused } = await probe(question(port, `${loopback}:${await freePort()}`), 1_500);
  expect({ nodes, refused }).toEqual({ nodes: [], refused: true });
});

test('a node of an older version is counted by what its heartbeats report', async () => {
  const port = await freePort();
  const got = new Map<string, number>();
  const kinds = new Set<string | undefined>();
  const transport = await openTransport(
    { group: group(port), interface: loopback, ttl: 0 },
    {
      datagram: (bytes) => {
        const { id, name, unknown } = decode(bytes);
        if (!name?.startsWith('doctor')) return;
        got.set(id!, (got.get(id!) ?? 0) + 1);
        if (parseProbing(bytes)) kinds.add(unknown);
      },
      notice: () => {},
      dropped: () => {},
    },
  );
  let seq = 0;
  const beat = setInterval(() => {
    const hears = [...got].map(([id, count]) => ({
      ...{ id, seq: count, got: count, lost: 0, dup: 0, jitter: 0, at: 0, held: 0 },
    }));
    const envelope = { mcast: 1, kind: 'heartbeat', id: '00000000000000aa', name: 'old', seq: ++seq, at: 0 };
    void transport.send(Buffer.from(JSON.stringify({ ...envelope, every: 100, hears })));
  }, 100);
  open.push(async () => {
    clearInterval(beat);
    await transport.close();
  });
  const { nodes } = await probe(question(port), 1_500);
  expect(nodes).toMatchObject([{ name: 'old', small: each, large: each, answer: 'old' }]);
  // It was spoken to by multicast alone, with what it ignores.
  expect([...kinds]).toEqual(['probe']);
});
