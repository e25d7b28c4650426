// What a host and its network are like, and what follows.
import { expect, test } from 'vitest';
import { Fault } from '../../source/core/fault.ts';
import { envOverlay } from '../../source/doctor/checks/env-overlay.ts';
import { envWifi } from '../../source/doctor/checks/env-wifi.ts';
import { envZerotier } from '../../source/doctor/checks/env-zerotier.ts';
import { ifaceChoice } from '../../source/doctor/checks/iface-choice.ts';
import { ifaceFlags } from '../../source/doctor/checks/iface-flags.ts';
import { igmpQuerier } from '../../source/doctor/checks/igmp-querier.ts';
import { igmpVersion } from '../../source/doctor/checks/igmp-version.ts';
import type { Link } from '../../source/doctor/links.ts';
import { table } from './judging.ts';

const link: Link = {
  name: 'eth0',
  flags: { up: true, multicast: true, pointToPoint: false, noArp: false },
  flagsText: '0x1003',
  carrier: true,
  mtu: 1500,
  kind: 'ethernet',
  bridge: undefined,
};
const seenLink = (change: Partial<Link>) => ({
  interface: 'eth0',
  refusal: undefined,
  link: { ...link, ...change },
});

table(ifaceFlags, [
  ['well', seenLink({}), 'ok', 'ok'],
  ['no cable', seenLink({ carrier: false }), 'fail', 'cable'],
  [
    'not told where there is no /sys',
    { interface: 'en0', refusal: undefined, link: undefined },
    'unknown',
    'not-told',
  ],
  [
    'a tunnel',
    seenLink({ flags: { ...link.flags, multicast: false, pointToPoint: true } }),
    'fail',
    'tunnel',
  ],
  [
    'none at all',
    { interface: undefined, refusal: new Fault('no-such-interface'), link: undefined },
    'fail',
    'none',
  ],
]);

const candidates = [
  { name: 'docker0', kind: 'docker', multicast: true },
  { name: 'eth0', kind: 'ethernet', multicast: true },
] as const;
table(ifaceChoice, [
  ['asked for', { chosen: 'docker0', asked: true, routed: [], candidates: [...candidates] }, 'ok', 'asked'],
  [
    'a container bridge',
    { chosen: 'docker0', asked: false, routed: [], candidates: [...candidates] },
    'warn',
    'internal',
  ],
  [
    'by the routes',
    { chosen: 'eth0', asked: false, routed: ['eth0'], candidates: [...candidates] },
    'ok',
    'routed',
  ],
  [
    'loopback only',
    {
      chosen: 'lo',
      asked: false,
      routed: [],
      candidates: [{ name: 'lo', kind: 'loopback', multicast: false }],
    },
    'warn',
    'loopback',
  ],
]);

const version = { interface: 'eth0', family: 4, source: false, querier: 'V3', forced: 0 } as const;
table(igmpVersion, [
  ['newest', version, 'ok', 'ok'],
  ['a querier of version 2', { ...version, querier: 'V2' }, 'ok', 'ok'],
  ['that cannot be asked for sources', { ...version, querier: 'V2', source: true }, 'fail', 'no-sources'],
  ['a querier of version 1', { ...version, querier: 'V1' }, 'warn', 'ancient'],
  ['forced', { ...version, forced: 2 }, 'warn', 'forced'],
  ['forced to the newest', { ...version, forced: 3 }, 'ok', 'ok'],
  ['not told', { ...version, forced: undefined }, 'unknown', 'not-told'],
]);

const bridge = {
  interface: 'eth0',
  link,
  bridge: 'br0',
  snooping: '1\n',
  querier: '0\n',
  interval: '26000\n',
};
table(igmpQuerier, [
  ['nobody asks', bridge, 'warn', 'nobody'],
  ['it asks itself', { ...bridge, querier: '1\n' }, 'ok', 'ok'],
  ['it does not look', { ...bridge, snooping: '0\n' }, 'ok', 'off'],
  ['not Linux', { ...bridge, link: undefined, bridge: undefined }, 'unknown', 'not-told'],
  ['a switch elsewhere', { ...bridge, bridge: undefined }, 'unknown', 'elsewhere'],
]);

test('igmp.querier tells after how many seconds members are forgotten', () => {
  expect(igmpQuerier.judge(bridge)).toMatchObject({ facts: { seconds: 260 } });
});

const place = {
  interface: 'eth0',
  kind: 'ethernet',
  address: '10.0.0.5',
  outward: true,
  docker: false,
  kubernetes: false,
  version: 'Linux version 6.1',
  machine: 'LENOVO 20KH',
} as const;
table(envOverlay, [
  ['a computer', place, 'ok', 'ok'],
  ['a container', { ...place, docker: true, kind: 'veth' }, 'warn', 'docker'],
  ['a container on the network of its host', { ...place, docker: true }, 'ok', 'ok'],
  ['a pod', { ...place, kubernetes: true }, 'warn', 'kubernetes'],
  ['WSL', { ...place, version: 'Linux version 5.15.90.1-microsoft-standard-WSL2' }, 'warn', 'wsl'],
  ['VirtualBox', { ...place, address: '10.0.2.15' }, 'warn', 'nat'],
  ['a cloud', { ...place, machine: 'Amazon EC2 t3.micro' }, 'warn', 'cloud'],
  ['ZeroTier on a cloud', { ...place, machine: 'Amazon EC2', kind: 'zerotier', outward: false }, 'ok', 'ok'],
  ['Tailscale', { ...place, kind: 'tailscale', outward: false }, 'fail', 'tailscale'],
  ['not Linux', { ...place, kind: undefined }, 'unknown', 'not-told'],
]);

const network = (more: object) =>
  JSON.stringify([{ portDeviceName: 'zt0', status: 'OK', nwid: 'x', ...more }]);
table(envZerotier, [
  ['none', { interface: 'eth0', kind: 'ethernet', networks: undefined }, 'ok', 'none'],
  [
    'joined',
    { interface: 'zt0', kind: 'zerotier', networks: network({ broadcastEnabled: true }) },
    'ok',
    'ok',
  ],
  [
    'no broadcast',
    { interface: 'zt0', kind: 'zerotier', networks: network({ broadcastEnabled: false }) },
    'warn',
    'no-broadcast',
  ],
  [
    'denied',
    { interface: 'zt0', kind: 'zerotier', networks: network({ status: 'ACCESS_DENIED' }) },
    'fail',
    'not-joined',
  ],
  ['no tool', { interface: 'zt0', kind: 'zerotier', networks: undefined }, 'unknown', 'needs-root'],
  ['nonsense', { interface: 'zt0', kind: 'zerotier', networks: '{' }, 'unknown', 'needs-root'],
]);

table(envWifi, [
  ['cable', { interface: 'eth0', kind: 'ethernet' }, 'ok', 'ok'],
  ['radio', { interface: 'wlan0', kind: 'wifi' }, 'warn', 'wifi'],
  ['not told', { interface: 'en0', kind: undefined }, 'unknown', 'not-told'],
]);
