import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { loopback, runCli } from '../support/cli.ts';

const linux = process.platform === 'linux';

test('the one that was asked for is marked, with the reason', async () => {
  const { code, out } = await runCli(['interfaces', '-i', loopback]);
  expect(code).toBe(0);
  expect(out).toMatch(/^\* \S+ +loopback, up/m);
  expect(out).toMatch(/^ {4}IPv4 +127\.0\.0\.1/m);
  expect(out).toMatch(/^\* \S+ is used for 239\.255\.0\.1:50000: it was asked for\.$/m);
});

test('none can be used: exit code 1, and the reason', async () => {
  const { code, out, err } = await runCli(['interfaces', '-i', 'none0', '--json']);
  expect(JSON.parse(out)).toMatchObject({ chosen: null, reason: null });
  expect(code).toBe(1);
  expect(err).toMatch(/none0/);
});

test.runIf(linux)('memberships are told for the interface that they are on', async () => {
  const socket = createSocket({ type: 'udp4', reuseAddr: true }).bind(0);
  await once(socket, 'listening');
  socket.addMembership('239.255.88.77', loopback);
  const { out } = await runCli(['interfaces', '--json', '-g', '239.255.88.77:5000', '-i', loopback]);
  socket.close();
  const result = JSON.parse(out) as { group: string; interfaces: { name: string; memberships: string[] }[] };
  expect(result.group).toBe('239.255.88.77:5000');
  const on = result.interfaces.filter(({ memberships }) => memberships.includes('239.255.88.77'));
  expect(on.map(({ name }) => name)).toEqual(['lo']);
});
