// Each fault of one host is made for real, and doctor must name it and no other; and be content when it is mended.
import { describe, expect, test } from 'vitest';
import { complaints, DoctorStage, group, group6, statusOf } from './doctor-stage.ts';
import { labAvailable } from './lab.ts';

const reason = labAvailable();

describe.skipIf(reason)(`doctor${reason ? ` (skipped: ${reason})` : ''}`, () => {
  const stage = new DoctorStage();

  test.each([group, group6])('%s: three healthy hosts: nothing failed, nothing to warn of', async (name) => {
    await Promise.all([1, 2, 3].map((host) => stage.speaker(host, '-g', name)));
    const all = await Promise.all([1, 2, 3].map((host) => stage.examine(host, ['-g', name])));
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
    make: () => stage.lab.set(1, name, bad),
    mend: () => stage.lab.set(1, name, good),
  });
  const rules = (script: string) => ({ make: () => stage.nft(1, script), mend: () => stage.noRules(1) });
  /** The interface under another name, which its maker gives it. */
  const renamed = (name: string) => ({
    make: () => stage.rename('lan0', name),
    mend: () => {
      stage.rename(name, 'lan0');
      stage.lab.replug(1);
    },
  });

  /** One more interface of the host, with its other end there too. */
  function another(name: string, address: string, multicast: 'on' | 'off') {
    stage.lab.exec(1, 'ip', 'link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}-end`);
    stage.lab.exec(1, 'ip', 'address', 'add', `${address}/24`, 'dev', name);
    stage.lab.exec(1, 'ip', 'link', 'set', `${name}-end`, 'up');
    stage.lab.exec(1, 'ip', 'link', 'set', name, 'multicast', multicast, 'up');
  }

  const faults: Record<string, Fault> = {
    'the interface is down': {
      id: 'iface.flags',
      status: 'fail',
      args: ['-i', 'lan0'],
      evidence: /interface-without-family/,
      make: () => stage.lab.exec(1, 'ip', 'link', 'set', 'lan0', 'down'),
      mend: () => stage.lab.replug(1),
    },
    'the interface does not carry multicast': {
      id: 'iface.flags',
      status: 'fail',
      args: ['-i', 'lan0'],
      evidence: /lan0: flags 0x3, carrier 1/,
      make: () => stage.lab.exec(1, 'ip', 'link', 'set', 'lan0', 'multicast', 'off'),
      mend: () => stage.lab.exec(1, 'ip', 'link', 'set', 'lan0', 'multicast', 'on'),
    },
    'a tunnel without multicast, as WireGuard has it': {
      id: 'iface.flags',
      status: 'fail',
      args: ['-i', 'wg0'],
      better: ['-i', 'lan0'],
      evidence: /wg0: flags 0x/,
      make: () => another('wg0', '10.88.0.1', 'off'),
      mend: () => stage.lab.exec(1, 'ip', 'link', 'delete', 'wg0'),
    },
    'a virtual network stands beside the one that is chosen': {
      id: 'iface.choice',
      status: 'warn',
      evidence: /zt0 \(zerotier\)/,
      make: () => another('zt0', '10.89.0.1', 'on'),
      mend: () => stage.lab.exec(1, 'ip', 'link', 'delete', 'zt0'),
    },
    'there is no route to the group': {
      id: 'route.group',
      status: 'warn',
      evidence: /ENETUNREACH/,
      make: () => stage.lab.exec(1, 'ip', 'route', 'del', '224.0.0.0/4'),
      mend: () => stage.lab.exec(1, 'ip', 'route', 'add', '224.0.0.0/4', 'dev', 'lan0'),
    },
    'IPv6 has no way to the group': {
      id: 'route.group',
      status: 'fail',
      args: ['-g', group6],
      evidence: /ENETUNREACH/,
      make: () =>
        stage.lab.exec(
          1,
          'ip',
          '-6',
          'route',
          'del',
          'multicast',
          'ff00::/8',
          'dev',
          'lan0',
          'table',
          'local',
        ),
      mend: () => stage.lab.replug(1),
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
      mend: () => stage.lab.set(1, 'net.ipv4.igmp_max_memberships', 100),
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
        stage.nft(
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
      make: () => stage.lab.exec(1, 'ip', 'link', 'set', 'lan0', 'mtu', '1000'),
      mend: () => stage.lab.replug(1),
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
      const result = await stage.examine(1, args);
      expect(complaints(result)).toEqual({ [id]: status });
      const finding = result.checks.find((each) => each.id === id)!;
      expect(finding.evidence).toMatch(evidence);
      expect(finding.cause).toMatch(/^.{15,}$/);
      expect(finding.remedy).not.toBe('');
      expect(finding.link).toMatch(/^https:/);
    } finally {
      mend();
    }
    const mended = await stage.examine(1, better);
    expect(complaints(mended)).toEqual({});
    expect(statusOf(mended, id)).toBe('ok');
    stage.lab.set(1, 'net.ipv4.igmp_max_memberships', 20);
    stage.noRules(1);
  });
});
