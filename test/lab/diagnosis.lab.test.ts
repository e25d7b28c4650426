// What is found by watching, with the fault made for real: it is told, and it is over when the fault is mended.
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Diagnosis } from '../../source/core/event.ts';
import { Lab, labAvailable } from './lab.ts';
import type { LabProcess } from './lab-process.ts';

const reason = labAvailable();
const script = fileURLToPath(new URL('engine-script.ts', import.meta.url));

/** More than any receive buffer that a kernel grants by itself or was tuned to. */
const flood = `
  const socket = require('node:dgram').createSocket('udp4');
  socket.bind(0, () => {
    socket.setMulticastTTL(1);
    const bytes = Buffer.alloc(1200, 46);
    let left = 60_000;
    const some = () => {
      for (let i = 0; i < 50 && left > 0; i++, left--) socket.send(bytes, 50_000, '239.255.0.1');
      if (left > 0) setImmediate(some);
      else setTimeout(() => socket.close(), 500);
    };
    some();
  });`;

describe.skipIf(reason)(`the live diagnosis${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.build({ hosts: 3 });
  });
  afterEach(async () => {
    await lab?.stopAll();
    lab?.exec(1, 'nft', 'flush ruleset');
  });
  afterAll(() => lab?.close());

  async function listen(host: number, ...more: string[]): Promise<LabProcess> {
    const node = lab.run(host, ['listen', '--json', '--no-record', '--heartbeat', '200', ...more]);
    await node.waitForJson({ type: 'joined' });
    return node;
  }
  const told = (node: LabProcess, id: string) =>
    (node.json() as (Partial<Diagnosis> & { type: string })[])
      .filter((event) => event.type === 'diagnosis' && event.id === id)
      .map(({ status, code }) => `${status} ${code}`);
  const live = (node: LabProcess) =>
    new Set(
      node
        .json()
        .filter(({ type, id }) => type === 'diagnosis' && String(id).startsWith('live.'))
        .map(({ id }) => id),
    );

  test('a firewall: the silence gets its cause and its remedy by itself, and ends when the rule goes', async () => {
    lab.exec(
      1,
      'nft',
      'table inet lab { chain in { type filter hook input priority 0; udp dport 50000 drop; }; }',
    );
    await listen(2);
    const node = await listen(1);
    await node.waitForJson({ type: 'diagnosis', id: 'live.silence' }, { timeout: 20_000 });
    const verdict = await node.waitForJson(
      { type: 'diagnosis', id: 'live.silence', code: 'explained' },
      { timeout: 40_000 },
    );
    expect(verdict).toMatchObject({
      status: 'fail',
      facts: { check: 'firewall.in' },
      remedy: expect.stringMatching(/nft insert rule inet lab in/),
    });
    lab.exec(1, 'nft', 'flush ruleset');
    await node.waitForJson({ type: 'diagnosis', id: 'live.silence', status: 'ok' });
    expect(told(node, 'live.silence')).toEqual(['fail deaf', 'fail explained', 'ok heard']);
  }, 90_000);

  test('a switch without a querier: all fall silent, and reporting the membership brings them back', async () => {
    // As if a querier had been there at the start and never asked again; members are kept for 10 s.
    const silent = 'mcast_query_interval 360000 mcast_membership_interval 1000';
    lab.execOnSwitch('ip', 'link', 'set', 'br0', 'type', 'bridge', ...silent.split(' '));
    try {
      // These keep themselves alive in the switch, as routers and tuned hosts do.
      await listen(2, '--igmp-refresh', '2');
      await listen(3, '--igmp-refresh', '2');
      const node = lab.spawn(1, [process.execPath, '--import', 'tsx', script, '{"membership":10000}']);
      await node.waitForJson({ type: 'joined' });
      const found = await node.waitForJson({ type: 'diagnosis', id: 'live.snooping' }, { timeout: 30_000 });
      expect(found).toMatchObject({ status: 'fail', code: 'forgotten', facts: { count: 2 } });
      expect(String(found.remedy)).toContain('--igmp-refresh 60');
      const from = node.lines.length;
      node.say('refresh 2000');
      await node.waitForJson(
        { type: 'diagnosis', id: 'live.snooping', status: 'ok' },
        { from, timeout: 20_000 },
      );
      // And they stay, for longer than the switch remembers.
      await new Promise((resolve) => setTimeout(resolve, 12_000));
      expect(told(node, 'live.snooping')).toEqual(['fail forgotten', 'ok refreshed']);
      expect(live(node)).toEqual(new Set(['live.snooping']));
    } finally {
      const asking = 'mcast_query_interval 12500 mcast_membership_interval 26000';
      lab.execOnSwitch('ip', 'link', 'set', 'br0', 'type', 'bridge', ...asking.split(' '));
    }
  }, 120_000);

  test('a program that stands still while a burst comes: kernel drops, and then no more', async () => {
    await listen(3);
    const node = await listen(1);
    await node.waitForJson({ type: 'received', kind: 'heartbeat' });
    process.kill(node.pid!, 'SIGSTOP');
    const burst = lab.spawn(2, [process.execPath, '-e', flood]);
    await burst.ended;
    process.kill(node.pid!, 'SIGCONT');
    const found = await node.waitForJson({ type: 'diagnosis', id: 'live.drops' }, { timeout: 30_000 });
    expect(found).toMatchObject({ status: 'warn' });
    expect(['small-buffer', 'too-slow']).toContain(found.code);
    await node.waitForJson({ type: 'diagnosis', id: 'live.drops', status: 'ok' }, { timeout: 60_000 });
  }, 120_000);

  test('what a host sends does not get out: it is told that nobody hears it, until they do', async () => {
    const node = await listen(1, '--name', 'ana');
    await listen(2, '--name', 'ben');
    await node.waitForJson({ type: 'received', kind: 'heartbeat' });
    lab.exec(
      1,
      'nft',
      'table inet lab { chain out { type filter hook output priority 0; oifname lan0 udp dport 50000 drop; }; }',
    );
    const found = await node.waitForJson({ type: 'diagnosis', id: 'live.one-way' }, { timeout: 30_000 });
    expect(found).toMatchObject({ code: 'unheard', facts: { name: 'ben' } });
    lab.exec(1, 'nft', 'flush ruleset');
    await node.waitForJson({ type: 'diagnosis', id: 'live.one-way', status: 'ok' }, { timeout: 30_000 });
  }, 90_000);

  test('three hosts that are well: nothing is found', async () => {
    const nodes = await Promise.all([listen(1), listen(2), listen(3)]);
    await new Promise((resolve) => setTimeout(resolve, 15_000));
    for (const node of nodes) expect(node.json().filter(({ type }) => type === 'diagnosis')).toEqual([]);
  }, 60_000);
});
