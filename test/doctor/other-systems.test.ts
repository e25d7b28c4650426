// A system without /proc and /sys, and without the tools of Linux: what needs them is unknown, and never well.
import { expect, test } from 'vitest';
import { thisHost } from '../../source/doctor/host.ts';
import { checks } from '../../source/doctor/registry.ts';
import { freePort, loopback } from '../support/cli.ts';

test('what cannot be read is unknown', async () => {
  const host = {
    ...thisHost({
      group: { address: '239.255.4.5', port: await freePort(), family: 4 },
      groups: 1,
      interface: loopback,
      source: undefined,
      ttl: 1,
      replyPort: undefined,
      peer: undefined,
      watch: 50,
    }),
    platform: 'darwin' as const,
    read: async () => undefined,
    list: async () => undefined,
    run: async () => undefined,
  };
  const found = await Promise.all(checks.map(async ({ id, run }) => [id, (await run(host)).status] as const));
  const of = (status: string) => found.filter(([, each]) => each === status).map(([id]) => id);
  expect(of('fail')).toEqual([]);
  expect(of('unknown')).toEqual(
    expect.arrayContaining([
      'iface.flags',
      'join.limit',
      'firewall.ack',
      'rpfilter',
      'igmp.allowed',
      'igmp.version',
      'igmp.querier',
      'mtu',
      'env.overlay',
      'env.wifi',
    ]),
  );
  // Sockets tell these on every system.
  for (const id of ['group.sane', 'port.busy', 'loop.self', 'firewall.in']) expect(of('ok')).toContain(id);
});
