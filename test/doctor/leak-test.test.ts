import { expect, test } from 'vitest';
import { testLeak } from '../../source/doctor/leak-test.ts';
import { loopback } from '../support/cli.ts';

const group = { address: '239.255.12.34', port: 50_000, family: 4 } as const;
const on = { interface: 'lo', address: loopback };

test.runIf(process.platform === 'linux')(
  'a socket bound to the wildcard receives groups that others joined',
  async () => {
    expect(await testLeak(group, on, '0.0.0.0')).toBe(3);
  },
);

test.runIf(process.platform !== 'win32')('one that is bound to its group does not', async () => {
  expect(await testLeak(group, on)).toBe(0);
});

test('where it cannot be tried, it is not told that nothing leaks', async () => {
  expect(await testLeak(group, { interface: 'none0', address: '192.0.2.1' })).toBeUndefined();
});
