// Each fault is made for real, and doctor must name it and no other; and be content when it is mended.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Lab, labAvailable } from './lab.ts';
import type { LabProcess } from './lab-process.ts';

type Found = { id: string; status: string; evidence: string; cause: string; remedy: string; link: string };
type Examination = { verdict: string; checks: Found[] };

const reason = labAvailable();
const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const member = fileURLToPath(new URL('member-script.ts', import.meta.url));
const group = '239.255.0.1:50000';
const group6 = '[ff15::4d43]:50000';

describe.skipIf(reason)(`doctor${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.build({ hosts: 3 });
  });
  afterEach(() => lab?.stopAll());
  afterAll(() => lab?.close());

  async function examine(
    host: number,
    args: string[] = [],
    env: NodeJS.ProcessEnv = {},
  ): Promise<Examination> {
    return read(
      lab.run(host, ['doctor', '--json', '--duration', '0.8', ...args], { LANG: 'C.UTF-8', ...env }),
    );
  }

  async function read(doctor: LabProcess): Promise<Examination> {
    const code = await doctor.ended;
    const result = JSON.parse(doctor.lines.join('\n') || 'null') as Examination | null;
    if (!result) throw new Error(doctor.stderr);
    expect(code).toBe(result.verdict === 'fail' ? 1 : 0);
    return result;
  }

  /** Those that are not well; what could not be looked at is no complaint. */
  const complaints = ({ checks }: Examination) =>
    Object.fromEntries(
      checks
        .filter(({ status }) => status === 'warn' || status === 'fail')
        .map(({ id, status }) => [id, status]),
    );
  const statusOf = ({ checks }: Examination, wanted: string) =>
    checks.find(({ id }) => id === wanted)?.status;

  /** Somebody to be heard while doctor listens. */
  async function speaker(host: number, ...more: string[]): Promise<LabProcess> {
    const node = lab.run(host, ['listen', '--json', '--no-record', '--heartbeat', '100', ...more]);
    await node.waitForJson({ type: 'joined' });
    return node;
  }

  const nft = (host: number, rules: string) => lab.exec(host, 'nft', rules);
  const noRules = (host: number) => lab.exec(host, 'nft', 'flush ruleset');

  test.each([group, group6])('%s: three healthy hosts: nothing failed, nothing to warn of', async (name) => {
    await Promise.all([1, 2, 3].map((host) => speaker(host, '-g', name)));
    const all = await Promise.all([1, 2, 3].map((host) => examine(host, ['-g', name])));
    for (const result of all) {
      expect(complaints(result)).toEqual({});
      expect(result.verdict).toBe('ok');
      const open = result.checks.filter(({ status }) => status === 'unknown').map(({ id }) => id);
      expect(open).toEqual(['igmp.querier']);
      expect(statusOf(result, 'peer.reached')).toBe('ok');
    }
  });

  type Fault = {
    id: string;
    status: 'warn' | 'fail';
    args?: string[];
    /** What is wrong is in the arguments: these have it mended. */
    better?: string[];
    evidence: RegExp;
    make?(): unknown;
    mend?(): unknown;
  };
  const sysctl = (name: string, bad: number, good: number) => ({
    make: () => lab.set(1, name, bad),
    mend: () => lab.set(1, name, good),
  });
  const rules = (script: string) => ({ make: () => nft(1, script), mend: () => noRules(1) });
  /** The interface under another name, which its maker gives it. */
  const renamed = (name: string) => ({
    make: () => rename('lan0', name),
    mend: () => {
      rename(name, 'lan0');
      lab.replug(1);
    },
  });
  function rename(from: string, to: string) {
    lab.exec(1, 'ip', 'link', 'set', from, 'down');
    lab.exec(1, 'ip', 'link', 'set', from, 'name', to, 'up');
    lab.exec(1, 'ip', 'route', 'replace', '224.0.0.0/4', 'dev', to);
  }

  /** One more interface of the host, with its other end there too. */
  function another(name: string, address: string, multicast: 'on' | 'off') {
    lab.exec(1, 'ip', 'link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}-end`);
    lab.exec(1, 'ip', 'address', 'add', `${address}/24`, 'dev', name);
    lab.exec(1, 'ip', 'link', 'set', `${name}-end`, 'up');
    lab.exec(1, 'ip', 'link', 'set', name, 'multicast', multicast, 'up');
  }

  const faults: Record<string, Fault> = {
    'the interface is down': {
      id: 'iface.flags',
      status: 'fail',
      args: ['-i', 'lan0'],
      evidence: /interface-without-family/,
      make: () => lab.exec(1, 'ip', 'link', 'set', 'lan0', 'down'),
      mend: () => lab.replug(1),
    },
    'the interface does not carry multicast': {
      id: 'iface.flags',
      status: 'fail',
      args: ['-i', 'lan0'],
      evidence: /lan0: flags 0x3, carrier 1/,
      make: () => lab.exec(1, 'ip', 'link', 'set', 'lan0', 'multicast', 'off'),
      mend: () => lab.exec(1, 'ip', 'link', 'set', 'lan0', 'multicast', 'on'),
    },
    'a tunnel without multicast, as WireGuard has it': {
      id: 'iface.flags',
      status: 'fail',
      args: ['-i', 'wg0'],
      better: ['-i', 'lan0'],
      evidence: /wg0: flags 0x/,
      make: () => another('wg0', '10.88.0.1', 'off'),
      mend: () => lab.exec(1, 'ip', 'link', 'delete', 'wg0'),
    },
    'a virtual network stands beside the one that is chosen': {
      id: 'iface.choice',
      status: 'warn',
      evidence: /zt0 \(zerotier\)/,
      make: () => another('zt0', '10.89.0.1', 'on'),
      mend: () => lab.exec(1, 'ip', 'link', 'delete', 'zt0'),
    },
    'there is no route to the group': {
      id: 'route.group',
      status: 'warn',
      evidence: /ENETUNREACH/,
      make: () => lab.exec(1, 'ip', 'route', 'del', '224.0.0.0/4'),
      mend: () => lab.exec(1, 'ip', 'route', 'add', '224.0.0.0/4', 'dev', 'lan0'),
    },
    'IPv6 has no way to the group': {
      id: 'route.group',
      status: 'fail',
      args: ['-g', group6],
      evidence: /ENETUNREACH/,
      make: () =>
        lab.exec(1, 'ip', '-6', 'route', 'del', 'multicast', 'ff00::/8', 'dev', 'lan0', 'table', 'local'),
      mend: () => lab.replug(1),
    },
    'no further membership is allowed': {
      id: 'join.limit',
      status: 'fail',
      evidence: /igmp_max_memberships = 0/,
      ...sysctl('net.ipv4.igmp_max_memberships', 0, 20),
    },
    'the 21st membership': {
      id: 'join.limit',
      status: 'warn',
      args: Array.from({ length: 21 }, (_, n) => ['-g', `239.255.1.${n}:50000`]).flat(),
      evidence: /igmp_max_memberships = 20, groups asked for: 21/,
      make: () => {},
      mend: () => lab.set(1, 'net.ipv4.igmp_max_memberships', 100),
    },
    'own datagrams may not leave': {
      id: 'loop.self',
      status: 'fail',
      evidence: /sent 0/,
      ...rules('table ip t { chain c { type filter hook output priority 0; ip daddr 239.255.0.1 drop; }; }'),
    },
    'own datagrams get lost on the way out': {
      id: 'loop.self',
      status: 'fail',
      evidence: /sent 7, came back 0, counted by the kernel \d/,
      ...rules(
        'table ip t { chain c { type filter hook postrouting priority 0; ip daddr 239.255.0.1 drop; }; }',
      ),
    },
    'the firewall lets in only what was asked for': {
      id: 'firewall.in',
      status: 'fail',
      evidence: /drop \(inet filter input policy drop\)/,
      ...rules(
        'table inet filter { chain input { type filter hook input priority 0; policy drop; iif lo accept; ct state established,related accept; meta l4proto { icmp, icmpv6, igmp } accept; }; }',
      ),
    },
    'the firewall drops the port before all else': {
      id: 'firewall.in',
      status: 'fail',
      evidence: /drop \(ip raw pre handle \d+\)/,
      ...rules(
        'table ip raw { chain pre { type filter hook prerouting priority -300; udp dport 50000 drop; }; }',
      ),
    },
    'the firewall lets the group in, and no replies': {
      id: 'firewall.ack',
      status: 'warn',
      evidence: /drop \(inet filter input policy drop\)/,
      better: ['--reply-port', '50001'],
      make: () =>
        nft(
          1,
          'table inet filter { chain input { type filter hook input priority 0; policy drop; iif lo accept; ct state established,related accept; meta l4proto { icmp, icmpv6, igmp } accept; udp dport { 50000, 50001 } accept; }; }',
        ),
      mend: () => {},
    },
    'the firewall drops IGMP': {
      id: 'igmp.allowed',
      status: 'fail',
      evidence: /igmp: drop \(inet filter input handle \d+\)/,
      ...rules(
        'table inet filter { chain input { type filter hook input priority 0; meta l4proto igmp drop; }; }',
      ),
    },
    'the firewall drops MLD': {
      id: 'igmp.allowed',
      status: 'fail',
      args: ['-g', group6],
      evidence: /ipv6-icmp: drop/,
      ...rules(
        'table inet filter { chain input { type filter hook input priority 0; icmpv6 type { mld-listener-query, mld-listener-report } drop; }; }',
      ),
    },
    'IGMP is held at version 2': {
      id: 'igmp.version',
      status: 'warn',
      evidence: /force_igmp_version 2/,
      ...sysctl('net.ipv4.conf.lan0.force_igmp_version', 2, 0),
    },
    'messages do not fit the interface': {
      id: 'mtu',
      status: 'warn',
      evidence: /lan0: mtu 1000, needed 1228/,
      make: () => lab.exec(1, 'ip', 'link', 'set', 'lan0', 'mtu', '1000'),
      mend: () => lab.replug(1),
    },
    'the group needs a source': {
      id: 'group.sane',
      status: 'fail',
      args: ['-g', '232.1.2.3:50000'],
      better: ['-g', '232.1.2.3:50000', '--source', '10.77.0.2'],
      evidence: /232\.1\.2\.3/,
    },
    'the group never crosses a router': {
      id: 'group.sane',
      status: 'warn',
      args: ['-g', '224.0.0.77:50000'],
      better: ['-g', group],
      evidence: /224\.0\.0\.77/,
    },
    'the group is flooded': {
      id: 'group.sane',
      status: 'warn',
      args: ['-g', '239.128.0.5:50000'],
      better: ['-g', group],
      evidence: /01:00:5e:00:00:05/,
    },
    'the TTL keeps it on this host': {
      id: 'ttl',
      status: 'warn',
      args: ['--ttl', '0'],
      better: ['--ttl', '1'],
      evidence: /--ttl 0/,
    },
    'a network that carries no multicast': {
      id: 'env.overlay',
      status: 'fail',
      evidence: /tailscale0: tailscale/,
      ...renamed('tailscale0'),
    },
    'a bridge for containers': {
      id: 'env.overlay',
      status: 'warn',
      evidence: /docker0: docker/,
      ...renamed('docker0'),
    },
  };

  test.each(Object.entries(faults))('%s', async (_, { id, status, evidence, ...fault }) => {
    const { args = [], better = args, make = () => {}, mend = () => {} } = fault;
    make();
    try {
      const result = await examine(1, args);
      expect(complaints(result)).toEqual({ [id]: status });
      const finding = result.checks.find((each) => each.id === id)!;
      expect(finding.evidence).toMatch(evidence);
      expect(finding.cause).toMatch(/^.{15,}$/);
      expect(finding.remedy).not.toBe('');
      expect(finding.link).toMatch(/^https:/);
    } finally {
      mend();
    }
    const mended = await examine(1, better);
    expect(complaints(mended)).toEqual({});
    expect(statusOf(mended, id)).toBe('ok');
    lab.set(1, 'net.ipv4.igmp_max_memberships', 20);
    noRules(1);
  });

  test('a program holds the port and does not share it', async () => {
    const script = "require('dgram').createSocket('udp4').bind(50000, () => console.log('bound'))";
    const holder = lab.spawn(1, [process.execPath, '-e', script]);
    await holder.waitForLine(/bound/);
    const result = await examine(1);
    expect(complaints(result)).toEqual({ 'port.busy': 'fail' });
    const finding = result.checks.find(({ id }) => id === 'port.busy')!;
    expect(finding.evidence).toBe(`bind: EADDRINUSE; node (${holder.pid})`);
    await holder.stop();
    expect(complaints(await examine(1))).toEqual({});
  });

  test('the reverse-path filter drops senders that are not routed there', async () => {
    lab.exec(2, 'ip', 'address', 'add', '10.99.0.2/24', 'dev', 'lan0');
    await speaker(2, '-i', '10.99.0.2');
    expect(complaints(await examine(1))).toEqual({});
    lab.set(1, 'net.ipv4.conf.lan0.rp_filter', 1);
    const result = await examine(1);
    expect(complaints(result)).toEqual({ rpfilter: 'fail' });
    lab.exec(1, 'ip', 'route', 'add', '10.99.0.0/24', 'dev', 'lan0');
    const mended = await examine(1);
    expect(complaints(mended)).toEqual({});
    expect(statusOf(mended, 'rpfilter')).toBe('ok');
    lab.set(1, 'net.ipv4.conf.lan0.rp_filter', 0);
    lab.exec(1, 'ip', 'route', 'del', '10.99.0.0/24');
    lab.exec(2, 'ip', 'address', 'del', '10.99.0.2/24', 'dev', 'lan0');
  });

  test('a sender behind a router is out of reach of a TTL of 1', async () => {
    lab.exec(2, 'ip', 'address', 'add', '10.99.0.2/24', 'dev', 'lan0');
    lab.exec(1, 'ip', 'route', 'add', '10.99.0.0/24', 'via', '10.77.0.254');
    await speaker(2, '-i', '10.99.0.2');
    expect(complaints(await examine(1))).toEqual({ ttl: 'warn' });
    const mended = await examine(1, ['--ttl', '8']);
    expect(complaints(mended)).toEqual({});
    lab.exec(1, 'ip', 'route', 'del', '10.99.0.0/24');
    lab.exec(2, 'ip', 'address', 'del', '10.99.0.2/24', 'dev', 'lan0');
  });

  test('a program on the port is too slow for its small buffer', async () => {
    const script = `const s = require('dgram').createSocket({ type: 'udp4', reuseAddr: true });
      s.bind(50000, '239.255.0.1', () => {
        s.setRecvBufferSize(2048);
        s.addMembership('239.255.0.1', '10.77.0.1');
        console.log('bound');
        setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 50);
      });`;
    const slow = lab.spawn(1, [process.execPath, '-e', script]);
    await slow.waitForLine(/bound/);
    const burst = lab.run(2, ['send', '--raw', '--ack-timeout', '0']);
    for (let n = 0; n < 300; n++) burst.say(`line ${n} ${'x'.repeat(500)}`);
    burst.endInput();
    expect(await burst.ended).toBe(0);
    const result = await examine(1);
    expect(complaints(result)).toEqual({ rcvbuf: 'warn' });
    expect(result.checks.find(({ id }) => id === 'rcvbuf')!.evidence).toMatch(/drops on port 50000: [1-9]/);
    await slow.stop('SIGKILL');
    const mended = await examine(1);
    expect([complaints(mended), statusOf(mended, 'rcvbuf')]).toEqual([{}, 'ok']);
  });

  test('two interfaces in one network: each message comes twice', async () => {
    const namespace = lab.inside(1, [])[3]!;
    lab.execOnSwitch('ip', 'link', 'add', 'p1b', 'type', 'veth', 'peer', 'name', 'lan1', 'netns', namespace);
    lab.execOnSwitch('ip', 'link', 'set', 'p1b', 'master', 'br0', 'up');
    lab.exec(1, 'ip', 'address', 'add', '10.77.0.101/24', 'dev', 'lan1');
    lab.exec(1, 'ip', 'link', 'set', 'lan1', 'up');
    const likely = await examine(1);
    expect(complaints(likely)).toEqual({ 'dup.multihome': 'warn' });

    const options = JSON.stringify({
      group: { address: '239.255.0.1', port: 50_000, family: 4 },
      ttl: 1,
      interface: 'lan1',
    });
    const other = lab.spawn(1, [process.execPath, '--import', 'tsx', member, options]);
    await other.waitForJson({ what: 'open' });
    await speaker(2);
    await expect
      .poll(async () => (await examine(1)).checks.find(({ id }) => id === 'dup.multihome')!.evidence)
      .toMatch(/received [1-9]\d*, twice [1-9]/);

    lab.exec(1, 'ip', 'link', 'delete', 'lan1');
    const mended = await examine(1);
    expect([complaints(mended), statusOf(mended, 'dup.multihome')]).toEqual([{}, 'ok']);
  });

  test('a bridge that spies on IGMP and has no querier', async () => {
    const look = () =>
      JSON.parse(
        lab.execOnSwitch(
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
      lab.execOnSwitch('ip', 'link', 'set', 'br0', 'type', 'bridge', 'mcast_querier', value);
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
    rename('lan0', 'ztabcdef01');
    try {
      tool('ACCESS_DENIED');
      expect(complaints(await examine(1, [], path))).toEqual({ 'env.zerotier': 'fail' });
      tool('OK');
      const mended = await examine(1, [], path);
      expect([complaints(mended), statusOf(mended, 'env.zerotier')]).toEqual([{}, 'ok']);
      expect(statusOf(await examine(1), 'env.zerotier')).toBe('unknown');
    } finally {
      rename('ztabcdef01', 'lan0');
      lab.replug(1);
      rmSync(folder, { recursive: true });
    }
  });

  test('interfaces: what is joined where, and what the querier asks for', async () => {
    await Promise.all([speaker(1), speaker(1, '-g', group6)]);
    lab.execOnSwitch('ip', 'link', 'set', 'br0', 'type', 'bridge', 'mcast_query_interval', '100');
    lab.exec(1, 'ip', 'link', 'set', 'lo', 'down');
    const look = async () => {
      const listing = lab.run(1, ['interfaces', '--json']);
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
    lab.exec(1, 'ip', 'link', 'set', 'lo', 'up');
  });

  describe('with another node', () => {
    const peers = async (...more: string[]) => examine(1, ['--peer', 'bob', ...more]);
    const bob = () => speaker(2, '--name', 'bob', '--heartbeat', '300');

    test.each([group, group6])('%s: both hear each other, at every size', async (name) => {
      await speaker(2, '--name', 'bob', '--heartbeat', '300', '-g', name);
      const result = await peers('-g', name);
      expect(complaints(result)).toEqual({});
      const findings = result.checks.filter(({ id }) => id.startsWith('peer.'));
      expect(findings.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
      expect(findings[1]!.evidence).toBe('bob: 10 of 10 small, 10 of 10 large');
    });

    test('who should be there and is not', async () => {
      expect(complaints(await peers())).toEqual({ 'peer.heard': 'fail' });
    });

    test('who does not hear this host, though it is heard', async () => {
      await bob();
      lab.setLoss({ 2: 1 });
      const result = await peers();
      lab.setLoss(0);
      expect(complaints(result)).toEqual({ 'peer.reached': 'fail' });
      expect(complaints(await peers())).toEqual({});
    });

    test('the firewall of its host', async () => {
      await bob();
      nft(
        2,
        'table inet t { chain c { type filter hook input priority 0; udp dport 50000 iif lan0 ip saddr 10.77.0.1 drop; }; }',
      );
      const result = await peers();
      noRules(2);
      expect(complaints(result)).toEqual({ 'peer.reached': 'fail' });
    });

    test('who loses much of what this host says', async () => {
      await bob();
      lab.setLoss({ 2: 0.5 });
      const result = await peers();
      lab.setLoss(0);
      expect(complaints(result)).toEqual({ 'peer.reached': 'warn' });
    });

    test('a path that carries small messages only', async () => {
      await bob();
      const rule =
        'table netdev hole { chain c { type filter hook egress device p2 priority 0; meta length > 1000 drop; }; }';
      lab.execOnSwitch('nft', rule);
      const result = await peers();
      lab.execOnSwitch('nft', 'delete table netdev hole');
      expect(complaints(result)).toEqual({ 'peer.size': 'fail' });
      const finding = result.checks.find(({ id }) => id === 'peer.size')!;
      expect(finding.evidence).toBe('bob: 0 of 10 with 1200 B');
    });
  });

  test('without root: a firewall shows by what the kernel counted and the program did not get', async () => {
    nft(1, 'table inet filter { chain input { type filter hook input priority 0; udp dport 50000 drop; }; }');
    const argv = ['setpriv', '--reuid=65534', '--clear-groups', process.execPath, program];
    const args = ['doctor', '--json', '--duration', '0.2', '--data-dir', '/tmp'];
    const result = await read(lab.spawn(1, [...argv, ...args], { LANG: 'C.UTF-8', HOME: '/tmp' }));
    noRules(1);
    expect(complaints(result)).toEqual({ 'firewall.in': 'fail' });
    expect(statusOf(result, 'igmp.allowed')).toBe('unknown');
    expect(result.checks.find(({ id }) => id === 'firewall.in')!.evidence).toMatch(
      /sent 7, counted \d+, received 0; rules not readable/,
    );
  });
});
