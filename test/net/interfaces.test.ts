import { expect, test } from 'vitest';
import { findInterface, listInterfaces, pickInterface } from '../../source/net/interfaces.ts';

const group4 = { address: '239.255.0.1', port: 5000, family: 4 } as const;
const group6 = { address: 'ff15::1', port: 5000, family: 6 } as const;
const loopback = listInterfaces().find((each) => each.loopback)!;

test('loopback is listed with its address', () => {
  expect(loopback.name).toMatch(/^lo/i);
  expect(loopback.addresses[4]).toContain('127.0.0.1');
});

test.runIf(process.platform === 'linux')('index and multicast flag are read (Linux)', () => {
  expect(loopback).toMatchObject({ name: 'lo', index: 1, multicast: false });
});

test('by name and by address it is the same interface', () => {
  const byName = pickInterface(group4, loopback.name);
  expect(byName).toMatchObject({ name: loopback.name, address: '127.0.0.1', family: 4 });
  expect(pickInterface(group4, '127.0.0.1')).toEqual(byName);
});

test.runIf(loopback.addresses[6].length > 0)('an IPv6 address in any spelling (a host with IPv6)', () => {
  expect(pickInterface(group6, '0:0:0:0:0:0:0:1')).toMatchObject({ name: loopback.name, address: '::1' });
  // An address of the other family names the interface all the same.
  expect(pickInterface(group6, '127.0.0.1')).toMatchObject({ name: loopback.name, address: '::1' });
  expect(pickInterface({ ...group6, zone: loopback.name })).toMatchObject({ name: loopback.name });
});

test.each(['nope0', '203.0.113.77', '2001:db8::77', '../../etc', '.', '..', 'a b', 'x'.repeat(500)])(
  'there is no %s: the fault lists what there is',
  (wanted) => {
    expect(() => pickInterface(group4, wanted)).toThrow(
      expect.objectContaining({
        code: 'no-such-interface',
        facts: { interface: wanted, available: expect.stringContaining('127.0.0.1') },
      }),
    );
  },
);

test('a zone of an IPv6 group must exist: the kernel would silently take another interface', () => {
  expect(() => pickInterface({ ...group6, zone: 'nope0' })).toThrow(
    expect.objectContaining({ code: 'no-such-interface' }),
  );
});

test('one is chosen when none is named, and it is one of those listed', () => {
  const chosen = pickInterface(group4);
  expect(listInterfaces().find(({ name }) => name === chosen.name)?.addresses[4]).toContain(chosen.address);
});

test('found again with the same address; a name that is gone is not', () => {
  const local = pickInterface(group4, '127.0.0.1');
  expect(findInterface(local, group4)).toEqual(local);
  expect(findInterface({ ...local, name: 'nope0' }, group4)).toBeUndefined();
});
