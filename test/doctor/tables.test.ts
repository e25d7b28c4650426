import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countersOf, difference } from '../../source/doctor/counters.ts';
import { devicesOfIgmp } from '../../source/doctor/igmp.ts';
import { type Kind, kindOf, linkOf } from '../../source/doctor/links.ts';
import { isBehindRouter, parseGateways } from '../../source/doctor/routes.ts';

const table = (name: string) => readFileSync(new URL(`fixtures/${name}.txt`, import.meta.url), 'utf8');

test.each([
  ['3.10', { inMulticast: 271, reversePath: 12, ignored: 0, bufferErrors: 1944, inErrors: 1944 }],
  ['5.15', { inMulticast: 58_846_467, reversePath: 5, ignored: 411, bufferErrors: 70, inErrors: 70 }],
])('counters of Linux %s', (version, expected) => {
  const tables = { snmp: table(`snmp-${version}`), netstat: table(`netstat-${version}`), snmp6: '' };
  expect(countersOf(4, tables)).toEqual(expected);
});

test('counters of IPv6', () => {
  const tables = { snmp: '', netstat: '', snmp6: table('snmp6') };
  expect(countersOf(6, tables)).toEqual({
    ...{ inMulticast: 331, reversePath: 0, ignored: 2, bufferErrors: 9, inErrors: 0 },
  });
});

test('tables without a count of multicast are no zero', () => {
  expect(countersOf(4, { snmp: '', netstat: '', snmp6: '' })).toBeUndefined();
  expect(countersOf(6, { snmp: '', netstat: '', snmp6: 'x' })).toBeUndefined();
});

test('what was counted meanwhile', () => {
  const before = { inMulticast: 1, reversePath: 2, ignored: 3, bufferErrors: 4, inErrors: 4 };
  const after = { inMulticast: 11, reversePath: 2, ignored: 4, bufferErrors: 9, inErrors: 10 };
  expect(difference(before, after)).toEqual({
    ...{ inMulticast: 10, reversePath: 0, ignored: 1, bufferErrors: 5, inErrors: 6 },
  });
});

test('IGMP by interface', () => {
  expect(devicesOfIgmp(table('igmp'))).toEqual([
    { device: 'lo', groups: 1, querier: 'V3' },
    { device: 'eth0', groups: 2, querier: 'V2' },
    { device: 'ztabcdef01', groups: 1, querier: 'V3' },
  ]);
});

test.each([
  ['192.168.0.7', false],
  ['10.1.2.3', false],
  ['172.16.0.1', true],
  ['fd77::5', false],
  ['2001:db8::1', true],
  ['no address', false],
])('%s is behind a router: %s', (address, behind) => {
  expect(isBehindRouter(address, { route: table('route'), route6: table('ipv6_route') })).toBe(behind);
});

test('no route at all says nothing of a sender', () => {
  expect(isBehindRouter('10.1.2.3', { route: '', route6: '' })).toBe(false);
});

test('words of a big-endian processor', () => {
  const line = 'eth0\tC0A80000\tC0A80001\t0003\t0\t0\t1\tFFFF0000\t0\t0\t0';
  expect(parseGateways(line, 'BE')).toEqual([{ prefix: 'c0a80000', length: 16, metric: 1, gateway: true }]);
});

test.each<[string, Parameters<typeof kindOf>[1], Kind]>([
  ['lo', {}, 'loopback'],
  ['ztabcdef01', {}, 'zerotier'],
  ['ZeroTier One [8056c2e21c000001]', {}, 'zerotier'],
  ['ham0', {}, 'hamachi'],
  ['tailscale0', {}, 'tailscale'],
  ['wg0', {}, 'wireguard'],
  ['home', { type: 'wireguard' }, 'wireguard'],
  ['tun0', {}, 'tunnel'],
  ['docker0', { type: 'bridge' }, 'docker'],
  ['br-0123456789ab', { type: 'bridge' }, 'docker'],
  ['virbr0', { type: 'bridge' }, 'virtual-machines'],
  ['vEthernet (WSL)', {}, 'virtual-machines'],
  ['cni0', { type: 'bridge' }, 'kubernetes'],
  ['br0', { type: 'bridge' }, 'bridge'],
  ['wlp3s0', { wireless: true }, 'wifi'],
  ['lan0', { paired: true }, 'veth'],
  ['enp0s31f6', {}, 'ethernet'],
])('%s %j is %s', (name, facts, kind) => {
  expect(kindOf(name, facts)).toBe(kind);
});

/** A /sys that holds these files. */
const sys = (files: Record<string, string>) => ({
  read: async (path: string) => files[path],
  list: async (path: string) => {
    const inside = Object.keys(files).filter((file) => file.startsWith(`${path}/`));
    return inside.length === 0 ? undefined : inside.map((file) => file.slice(path.length + 1).split('/')[0]!);
  },
});

test('a port of a bridge, without a cable', async () => {
  const folder = '/sys/class/net/eth0';
  const files = {
    [`${folder}/flags`]: '0x1003\n',
    [`${folder}/carrier`]: '0\n',
    [`${folder}/mtu`]: '1500\n',
    [`${folder}/ifindex`]: '2\n',
    [`${folder}/iflink`]: '2\n',
    [`${folder}/brport/state`]: '3\n',
    [`${folder}/master/uevent`]: 'DEVTYPE=bridge\nINTERFACE=br0\nIFINDEX=9\n',
  };
  expect(await linkOf(sys(files), 'eth0')).toEqual({
    name: 'eth0',
    flags: { up: true, multicast: true, pointToPoint: false, noArp: false },
    flagsText: '0x1003',
    carrier: false,
    mtu: 1500,
    kind: 'ethernet',
    bridge: 'br0',
  });
});

test('names that would lead elsewhere are not looked up', async () => {
  const everything = { read: async () => '0x1003', list: async () => [] };
  for (const name of ['../../etc', 'a b', '', 'x'.repeat(16)])
    expect(await linkOf(everything, name)).toBeUndefined();
});

test('no table makes them throw', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      countersOf(4, { snmp: text, netstat: text, snmp6: text });
      countersOf(6, { snmp: text, netstat: text, snmp6: text });
      devicesOfIgmp(text);
      isBehindRouter('10.1.1.1', { route: text, route6: text });
      isBehindRouter('fd77::1', { route: text, route6: text });
    }),
  );
});
