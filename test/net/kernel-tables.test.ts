import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addressHex,
  parseIgmp,
  parseIgmp6,
  parseRoutes,
  parseRoutes6,
  parseUdp,
  routedDevices,
} from '../../source/net/kernel-tables.ts';

const table = (name: string) => readFileSync(new URL(`fixtures/${name}.txt`, import.meta.url), 'utf8');

test('addresses become hexadecimal in network order', () => {
  expect(addressHex('239.255.0.1')).toBe('efff0001');
  expect(addressHex('ff15::4d43')).toBe('ff150000000000000000000000004d43');
  expect(addressHex('fe80::1%eth0')).toBe('fe800000000000000000000000000001');
  expect(addressHex('eth0')).toBeUndefined();
});

test('udp: address, port, inode and drops of each socket', () => {
  expect(parseUdp(table('udp'), 'LE')).toEqual([
    { address: addressHex('127.0.0.1'), port: 45542, inode: 12111, drops: 0 },
    { address: addressHex('239.255.0.1'), port: 45678, inode: 12109, drops: 1944 },
    { address: addressHex('127.0.0.1'), port: 33982, inode: 12112, drops: 0 },
  ]);
  expect(parseUdp(table('udp6'), 'LE')).toEqual([
    { address: addressHex('ff15::4d43'), port: 45678, inode: 12139, drops: 7 },
    { address: addressHex('::1'), port: 37870, inode: 12144, drops: 0 },
  ]);
});

test('a processor of the other endianness prints network order as it is', () => {
  const row = '  1: EFFF0001:B26E 00000000:0000 07 0:0 00:0 0 0 0 12109 2 0 3';
  expect(parseUdp(row, 'BE')).toMatchObject([{ address: addressHex('239.255.0.1'), port: 45678, drops: 3 }]);
});

test('igmp: groups belong to the device above them', () => {
  expect(parseIgmp(table('igmp'), 'LE')).toEqual([
    { index: 1, device: 'lo', group: addressHex('239.255.0.1') },
    { index: 1, device: 'lo', group: addressHex('224.0.0.1') },
    { index: 4, device: 'eth0', group: addressHex('224.0.0.1') },
  ]);
});

test('igmp6', () => {
  expect(parseIgmp6(table('igmp6'))[0]).toEqual({ index: 1, device: 'lo', group: addressHex('ff15::4d43') });
  expect(parseIgmp6(table('igmp6'))).toHaveLength(3);
});

test('the most specific route wins, then the lowest metric; what is down or rejected does not count', () => {
  const routes = parseRoutes(table('route'), 'LE');
  expect(routedDevices(routes, addressHex('239.255.0.1')!)).toEqual(['zt0', 'eth0', 'wlan0']);
  expect(routedDevices(routes, addressHex('192.0.2.9')!)).toEqual(['eth0', 'wlan0']);
});

test('IPv6 routes, among them the multicast ones of every device', () => {
  const routes = parseRoutes6(table('ipv6_route'));
  expect(routedDevices(routes, addressHex('ff15::1')!)).toEqual(['docker0', 'eth0']);
  expect(routedDevices(routes, addressHex('fd00::9')!)).toEqual(['eth0']);
});

test('no table, however broken, is more than no rows', () => {
  const line = fc.array(fc.oneof(fc.string(), fc.stringMatching(/^[0-9A-Fa-f:]{0,40}$/)), { maxLength: 14 });
  const broken = fc.array(line.map((columns) => columns.join(' '))).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(broken, (text) => {
      for (const parse of [parseUdp, parseIgmp, parseRoutes])
        expect(Array.isArray(parse(text, 'LE'))).toBe(true);
      for (const parse of [parseIgmp6, parseRoutes6]) expect(Array.isArray(parse(text))).toBe(true);
      routedDevices(parseRoutes(text, 'LE'), 'efff0001');
      routedDevices(parseRoutes6(text), addressHex('ff15::1')!);
    }),
  );
});

test('names of ten characters and more stand against their colon', () => {
  const table = `Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter
4\tztabcdef01:     1      V3
\t\t\t\t0100FFEF     1 0:00000000\t\t0
`;
  expect(parseIgmp(table, 'LE')).toEqual([{ device: 'ztabcdef01', index: 4, group: 'efff0001' }]);
});
