// Faults that take more than a command to make: other programs, other hosts, other interfaces.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  complaints,
  DoctorStage,
  type Examination,
  group,
  group6,
  program,
  read,
  statusOf,
} from './doctor-stage.ts';
import { labAvailable } from './lab.ts';

const reason = labAvailable();
const member = fileURLToPath(new URL('member-script.ts', import.meta.url));

describe.skipIf(reason)(`doctor among others${reason ? ` (skipped: ${reason})` : ''}`, () => {
  const stage = new DoctorStage();

  test('a program holds the port and does not share it', async () => {
    const script = "require('dgram').createSocket('udp4').bind(50000, () => console.log('bound'))";
    const holder = stage.lab.spawn(1, [process.execPath, '-e', script]);
    await holder.waitForLine(/bound/);
    const result = await stage.examine(1);
    expect(complaints(result)).toEqual({ 'port.busy': 'fail' });
    const finding = result.checks.find(({ id }) => id === 'port.busy')!;
    expect(finding.evidence).toBe(`bind: EADDRINUSE; node (${holder.pid})`);
    await holder.stop();
    expect(complaints(await stage.examine(1))).toEqual({});
  });

  test('the reverse-path filter drops senders that are not routed there', async () => {
    stage.lab.exec(2, 'ip', 'address', 'add', '10.99.0.2/24', 'dev', 'lan0');
    await stage.speaker(2, '-i', '10.99.0.2');
    // It is heard, and without a route there it cannot be answered.
    expect(complaints(await stage.examine(1))).toEqual({ 'peer.unicast': 'warn' });
    stage.lab.set(1, 'net.ipv4.conf.lan0.rp_filter', 1);
    const result = await stage.examine(1);
    expect(complaints(result)).toEqual({ rpfilter: 'fail' });
    stage.lab.exec(1, 'ip', 'route', 'add', '10.99.0.0/24', 'dev', 'lan0');
    const mended = await stage.examine(1);
    expect(complaints(mended)).toEqual({});
    expect(statusOf(mended, 'rpfilter')).toBe('ok');
    stage.lab.set(1, 'net.ipv4.conf.lan0.rp_filter', 0);
    stage.lab.exec(1, 'ip', 'route', 'del', '10.99.0.0/24');
    stage.lab.exec(2, 'ip', 'address', 'del', '10.99.0.2/24', 'dev', 'lan0');
  });

  test('a sender behind a router is out of reach of a TTL of 1', async () => {
    stage.lab.exec(2, 'ip', 'address', 'add', '10.99.0.2/24', 'dev', 'lan0');
    stage.lab.exec(1, 'ip', 'route', 'add', '10.99.0.0/24', 'via', '10.77.0.254');
    stage.lab.execOnSwitch('ip', 'route', 'add', '10.99.0.0/24', 'dev', 'br0');
    stage.lab.execOnSwitch('sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward');
    await stage.speaker(2, '-i', '10.99.0.2');
    expect(complaints(await stage.examine(1))).toEqual({ ttl: 'warn' });
    const mended = await stage.examine(1, ['--ttl', '8']);
    expect(complaints(mended)).toEqual({});
    stage.lab.execOnSwitch('sh', '-c', 'echo 0 > /proc/sys/net/ipv4/ip_forward');
    stage.lab.execOnSwitch('ip', 'route', 'del', '10.99.0.0/24');
    stage.lab.exec(1, 'ip', 'route', 'del', '10.99.0.0/24');
    stage.lab.exec(2, 'ip', 'address', 'del', '10.99.0.2/24', 'dev', 'lan0');
  });

  test('a program on the port is too slow for its small buffer', async () => {
    const script = `const s = require('dgram').createSocket({ type: 'udp4', reuseAddr: true });
      s.bind(50000, '239.255.0.1', () => {
        s.setRecvBufferSize(2048);
        s.addMembership('239.255.0.1', '10.77.0.1');
        console.log('bound');
        setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 50);
      });`;
    const slow = stage.lab.spawn(1, [process.execPath, '-e', script]);
    await slow.waitForLine(/bound/);
    const burst = stage.lab.run(2, ['send', '--raw', '--ack-timeout', '0']);
    for (let n = 0; n < 300; n++) burst.say(`line ${n} ${'x'.repeat(500)}`);
    burst.endInput();
    expect(await burst.ended).toBe(0);
    const result = await stage.examine(1);
    expect(complaints(result)).toEqual({ rcvbuf: 'warn' });
    expect(result.checks.find(({ id }) => id === 'rcvbuf')!.evidence).toMatch(/drops on port 50000: [1-9]/);
    await slow.stop('SIGKILL');
    const mended = await stage.examine(1);
    expect([complaints(mended), statusOf(mended, 'rcvbuf')]).toEqual([{}, 'ok']);
  });

  test('two interfaces in one network: each message comes twice', async () => {
    const namespace = stage.lab.inside(1, [])[3]!;
    stage.lab.execOnSwitch(
      'ip',
      'link',
      'add',
      'p1b',
      'type',
      'veth',
      'peer',
      'name',
      'lan1',
      'netns',
      namespace,
    );
    stage.lab.execOnSwitch('ip', 'link', 'set', 'p1b', 'master', 'br0', 'up');
    stage.lab.exec(1, 'ip', 'address', 'add', '10.77.0.101/24', 'dev', 'lan1');
    stage.lab.exec(1, 'ip', 'link', 'set', 'lan1', 'up');
    const likely = await stage.examine(1);
    expect(complaints(likely)).toEqual({ 'dup.multihome': 'warn' });

    const options = JSON.stringify({
      group: { address: '239.255.0.1', port: 50_000, family: 4 },
      ttl: 1,
      interface: 'lan1',
    });
    const other = stage.lab.spawn(1, [process.execPath, '--import', 'tsx', member, options]);
    await other.waitForJson({ what: 'open' });
    await stage.speaker(2);
    await expect
      .poll(async () => (await stage.examine(1)).checks.find(({ id }) => id === 'dup.multihome')!.evidence)
      .toMatch(/received [1-9]\d*, twice [1-9]/);

    stage.lab.exec(1, 'ip', 'link', 'delete', 'lan1');
    const mended = await stage.examine(1);
    expect([complaints(mended), statusOf(mended, 'dup.multihome')]).toEqual([{}, 'ok']);
  });

  test('a bridge that spies on IGMP and has no querier', async () => {
    const look = () =>
      JSON.parse(
        stage.lab.execOnSwitch(
          process.execPath,
          program,
          'doctor',
          '--json',
          '--duration',
          '0.2',
          '-i',
          'br0',
          '--lang',
          'en',
        ),
      ) as Examination;
    const querier = (value: string) =>
      stage.lab.execOnSwitch('ip', 'link', 'set', 'br0', 'type', 'bridge', 'mcast_querier', value);
    querier('0');
    const result = look();
    querier('1');
    // The switch is no host of the group: it has no route to it.
    expect(complaints(result)).toEqual({ 'igmp.querier': 'warn', 'route.group': 'warn' });
    expect(result.checks.find(({ id }) => id === 'igmp.querier')!.remedy).toBe(
      'ip link set br0 type bridge mcast_querier 1',
    );
    expect(statusOf(look(), 'igmp.querier')).toBe('ok');
  });

  test('a ZeroTier network that has not let this host in', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mcast-zt-'));
    const path = { PATH: `${folder}:${process.env.PATH}` };
    const tool = (status: string) =>
      writeFileSync(
        join(folder, 'zerotier-cli'),
        `#!/bin/sh\necho '[{"nwid":"8056c2e21c000001","status":"${status}","portDeviceName":"ztabcdef01","broadcastEnabled":true}]'\n`,
        { mode: 0o755 },
      );
    stage.rename('lan0', 'ztabcdef01');
    try {
      tool('ACCESS_DENIED');
      expect(complaints(await stage.examine(1, [], path))).toEqual({ 'env.zerotier': 'fail' });
      tool('OK');
      const mended = await stage.examine(1, [], path);
      expect([complaints(mended), statusOf(mended, 'env.zerotier')]).toEqual([{}, 'ok']);
      expect(statusOf(await stage.examine(1), 'env.zerotier')).toBe('unknown');
    } finally {
      stage.rename('ztabcdef01', 'lan0');
      stage.lab.replug(1);
      rmSync(folder, { recursive: true });
    }
  });

  test('interfaces: what is joined where, and what the querier asks for', async () => {
    await Promise.all([stage.speaker(1), stage.speaker(1, '-g', group6)]);
    stage.lab.execOnSwitch('ip', 'link', 'set', 'br0', 'type', 'bridge', 'mcast_query_interval', '100');
    stage.lab.exec(1, 'ip', 'link', 'set', 'lo', 'down');
    const look = async () => {
      const listing = stage.lab.run(1, ['interfaces', '--json']);
      expect(await listing.ended).toBe(0);
      return JSON.parse(listing.lines.join('\n')) as {
        chosen: string;
        reason: string;
        interfaces: { name: string; up: boolean; memberships: string[]; igmp: string; mldQueries: number }[];
      };
    };
    await expect
      .poll(async () => (await look()).interfaces.find(({ name }) => name === 'lan0')?.mldQueries)
      .toBeGreaterThan(0);
    const { chosen, reason, interfaces } = await look();
    expect([chosen, reason]).toEqual(['lan0', 'routed']);
    const [lan, lo] = ['lan0', 'lo'].map((wanted) => interfaces.find(({ name }) => name === wanted)!);
    expect(lan).toMatchObject({ up: true, igmp: 'V3', kind: 'veth' });
    expect(lan!.memberships).toEqual(expect.arrayContaining(['239.255.0.1', 'ff15::4d43']));
    expect(lo!.up).toBe(false);
    stage.lab.exec(1, 'ip', 'link', 'set', 'lo', 'up');
  });

  describe('with another node', () => {
    const peers = async (...more: string[]) => stage.examine(1, ['--peer', 'bob', ...more]);
    const bob = () => stage.speaker(2, '--name', 'bob', '--heartbeat', '300');

    test.each([group, group6])('%s: both hear each other, at every size', async (name) => {
      await stage.speaker(2, '--name', 'bob', '--heartbeat', '300', '-g', name);
      const result = await peers('-g', name);
      expect(complaints(result)).toEqual({});
      const findings = result.checks.filter(({ id }) => id.startsWith('peer.'));
      expect(findings.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
      expect(findings[1]!.evidence).toBe('bob: 10 of 10 small, 10 of 10 large');
    });

    test('who should be there and is not', async () => {
      expect(complaints(await peers())).toEqual({ 'peer.heard': 'fail' });
    });

    test('who does not hear this host, though it is heard', async () => {
      await bob();
      stage.lab.setLoss({ 2: 1 });
      const result = await peers();
      stage.lab.setLoss(0);
      expect(complaints(result)).toEqual({ 'peer.reached': 'fail' });
      expect(complaints(await peers())).toEqual({});
    });

    test('the firewall of its host', async () => {
      await bob();
      stage.nft(
        2,
        'table inet t { chain c { type filter hook input priority 0; udp dport 50000 iif lan0 ip saddr 10.77.0.1 drop; }; }',
      );
      const result = await peers();
      stage.noRules(2);
      expect(complaints(result)).toEqual({ 'peer.reached': 'fail' });
    });

    test('who loses much of what this host says', async () => {
      await bob();
      stage.lab.setLoss({ 2: 0.5 });
      const result = await peers();
      stage.lab.setLoss(0);
      expect(complaints(result)).toEqual({ 'peer.reached': 'warn' });
    });

    test('a path that carries small messages only', async () => {
      await bob();
      const rule =
        'table netdev hole { chain c { type filter hook egress device p2 priority 0; meta length > 1000 drop; }; }';
      stage.lab.execOnSwitch('nft', rule);
      const result = await peers();
      stage.lab.execOnSwitch('nft', 'delete table netdev hole');
      expect(complaints(result)).toEqual({ 'peer.size': 'fail' });
      const finding = result.checks.find(({ id }) => id === 'peer.size')!;
      expect(finding.evidence).toMatch(/^bob: 0 of 10 with 1200 B/);
    });
  });

  test('without root: a firewall shows by what the kernel counted and the program did not get', async () => {
    stage.nft(
      1,
      'table inet filter { chain input { type filter hook input priority 0; udp dport 50000 drop; }; }',
    );
    const argv = ['setpriv', '--reuid=65534', '--clear-groups', process.execPath, program];
    const args = ['doctor', '--json', '--duration', '0.2', '--data-dir', '/tmp'];
    const result = await read(stage.lab.spawn(1, [...argv, ...args], { LANG: 'C.UTF-8', HOME: '/tmp' }));
    stage.noRules(1);
    expect(complaints(result)).toEqual({ 'firewall.in': 'fail' });
    expect(statusOf(result, 'igmp.allowed')).toBe('unknown');
    expect(result.checks.find(({ id }) => id === 'firewall.in')!.evidence).toMatch(
      /sent 7, counted \d+, received 0; rules not readable/,
    );
  });
});
