// The demonstration: its peers are real engines on loopback, one of which loses and one of which vanishes.
import { afterEach, expect, test } from 'vitest';
import { parseGroup } from '../../source/core/group.ts';
import { DemoPeer } from '../../source/engine/demo-peer.ts';
import { freePort, type Json, parseLines, type Running, startCli, startListener } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';

const peers: DemoPeer[] = [];

afterEach(() => Promise.all(peers.splice(0).map((peer) => peer.stop())));

function demoPeer(port: number, loss: number): DemoPeer {
  const name = `239.255.77.44:${port}`;
  const { address, family } = parseGroup(name);
  const group = { name, group: { address, port, family }, interface: '127.0.0.1', ttl: 0 };
  const peer = new DemoPeer({ name: 'guest', group, version: 'test', lines: ['first', 'second'], loss });
  peers.push(peer);
  return peer;
}

const events = ({ out }: Running): Json[] => parseLines(out.slice(0, out.lastIndexOf('\n') + 1));

test('a lossy cable shows as loss, and not as anything else', async () => {
  const port = await freePort();
  const listener = await startListener(['--json', '-g', `239.255.77.44:${port}`]);
  const peer = demoPeer(port, 0.5);
  await peer.start();
  peer.burst(Array.from({ length: 200 }, (_, i) => `line ${i}`));
  // A number that arrives after the burst shows what is missing before it.
  await eventually(() => {
    peer.sayNext();
    expect(listener.out).toMatch(/"text":"(first|second)"/);
  });
  await listener.stop('SIGINT');
  const totals = events(listener).at(-1)!.totals as Record<string, number>;
  expect(totals.lost).toBeGreaterThan(50);
  expect(totals.lost).toBeLessThan(150);
  expect(totals).toMatchObject({ duplicates: 0, reordered: 0, kernelDrops: 0 });
});

test('one that vanishes turns dead, and its next start is a restart', async () => {
  const port = await freePort();
  const listener = await startListener(['--json', '-g', `239.255.77.44:${port}`]);
  const peer = demoPeer(port, 0);
  const states = () =>
    events(listener)
      .filter(({ type }) => type === 'peer')
      .map(({ state }) => state);
  await peer.start();
  await eventually(() => expect(states()).toEqual(['alive']));
  await peer.vanish();
  await eventually(() => expect(states()).toEqual(['alive', 'suspect', 'dead']));
  await peer.start();
  await eventually(() => expect(events(listener).some(({ reason }) => reason === 'restarted')).toBe(true));
});

test('the command shows three peers that talk, on loopback alone', async () => {
  const port = await freePort();
  const demo = startCli(['demo', '--json', '--no-record', '-g', `239.255.77.45:${port}`]);
  for (const name of ['steady', 'lossy', 'restless']) {
    await demo.says(new RegExp(`"type":"peer".*"name":"${name}".*"state":"alive"`));
  }
  await demo.says(/"kind":"chat"/);
  const { code, err } = await demo.stop('SIGINT');
  expect({ code, err }).toEqual({ code: 130, err: '' });
  expect(events(demo).find(({ type }) => type === 'joined')).toMatchObject({ address: '127.0.0.1', ttl: 0 });
});
