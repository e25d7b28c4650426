// What was seen, and what follows.
import { describe, expect, test } from 'vitest';
import { Fault } from '../../source/core/fault.ts';
import type { Check, CheckId, Judgement } from '../../source/doctor/check.ts';
import { bindLeak } from '../../source/doctor/checks/bind-leak.ts';
import { dupMultihome } from '../../source/doctor/checks/dup-multihome.ts';
import { envOverlay } from '../../source/doctor/checks/env-overlay.ts';
import { envWifi } from '../../source/doctor/checks/env-wifi.ts';
import { envZerotier } from '../../source/doctor/checks/env-zerotier.ts';
import { firewallAck } from '../../source/doctor/checks/firewall-ack.ts';
import { firewallIn } from '../../source/doctor/checks/firewall-in.ts';
import { ifaceChoice } from '../../source/doctor/checks/iface-choice.ts';
import { ifaceFlags } from '../../source/doctor/checks/iface-flags.ts';
import { igmpAllowed } from '../../source/doctor/checks/igmp-allowed.ts';
import { igmpQuerier } from '../../source/doctor/checks/igmp-querier.ts';
import { igmpVersion } from '../../source/doctor/checks/igmp-version.ts';
import { joinRegistered } from '../../source/doctor/checks/join-registered.ts';
import { loopSelf } from '../../source/doctor/checks/loop-self.ts';
import { rcvbuf } from '../../source/doctor/checks/rcvbuf.ts';
import { rpFilter } from '../../source/doctor/checks/rp-filter.ts';
import { ttl } from '../../source/doctor/checks/ttl.ts';
import type { Link } from '../../source/doctor/links.ts';

type Row<Seen> = [string, Seen, Judgement['status'], string];

function table<Id extends CheckId, Seen>(check: Check<Id, Seen>, rows: Row<Seen>[]) {
  describe(check.id, () => {
    test.each(rows)('%s', (_, seen, status, because) => {
      expect(check.judge(seen)).toMatchObject({ status, because });
    });
  });
}

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
const counted = (inMulticast: number) => ({
  ...{ inMulticast, reversePath: 0, ignored: 0, bufferErrors: 0, inErrors: 0 },
});
const echo = (heard: number, count: number | undefined, sent = 7) => ({
  sent,
  heard,
  refused: undefined,
  counted: count === undefined ? undefined : counted(count),
});
const accept = { fate: 'accept', by: 'no rule against it' } as const;
const drop = { fate: 'drop', by: 'inet filter input policy drop' } as const;

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

const joined = { interface: 'eth0', table: '/proc/net/igmp' };
table(joinRegistered, [
  ['listed', { ...joined, test: { refused: undefined, member: true } }, 'ok', 'ok'],
  ['not listed', { ...joined, test: { refused: undefined, member: false } }, 'fail', 'missing'],
  ['no table', { ...joined, test: { refused: undefined, member: undefined } }, 'unknown', 'not-told'],
  [
    'refused',
    { ...joined, test: { refused: new Fault('join-failed'), member: undefined } },
    'fail',
    'refused',
  ],
  [
    'told by another check',
    { ...joined, test: { refused: new Fault('port-busy'), member: undefined } },
    'unknown',
    'not-opened',
  ],
]);

table(bindLeak, [
  ['none', { leaked: 0 }, 'ok', 'ok'],
  ['some', { leaked: 3 }, 'warn', 'leaks'],
  ['not tried', { leaked: undefined }, 'unknown', 'not-tried'],
]);

table(loopSelf, [
  ['all came', { refused: undefined, echo: echo(7, 7), fate: undefined }, 'ok', 'ok'],
  ['counted, not received', { refused: undefined, echo: echo(0, 8), fate: undefined }, 'ok', 'counted'],
  ['not counted', { refused: undefined, echo: echo(0, 1), fate: undefined }, 'fail', 'lost'],
  ['no counter', { refused: undefined, echo: echo(0, undefined), fate: undefined }, 'fail', 'lost'],
  ['a rule drops them', { refused: undefined, echo: echo(0, 0), fate: drop }, 'unknown', 'firewalled'],
  [
    'only one source is heard',
    { refused: undefined, echo: echo(0, 0, 0), fate: undefined },
    'unknown',
    'not-tried',
  ],
]);

const inward = { group: '239.255.0.1', port: 50_000, opened: true };
table(firewallIn, [
  ['rules and datagrams agree', { ...inward, echo: echo(7, 7), fate: accept }, 'ok', 'ok'],
  ['rules not readable', { ...inward, echo: echo(7, 7), fate: undefined }, 'ok', 'own'],
  ['a rule', { ...inward, echo: echo(7, 7), fate: drop }, 'fail', 'rule'],
  ['counted, not received', { ...inward, echo: echo(0, 7), fate: undefined }, 'fail', 'drops'],
  ['neither counted nor received', { ...inward, echo: echo(0, 0), fate: undefined }, 'unknown', 'not-tried'],
  ['no counter', { ...inward, echo: echo(0, undefined), fate: undefined }, 'unknown', 'not-told'],
  ['not joined', { ...inward, echo: echo(0, 0, 0), opened: false, fate: accept }, 'unknown', 'not-opened'],
]);

const path = { interface: 'eth0', family: 4, all: 0, own: 1, dropped: 0, ms: 3000 } as const;
table(rpFilter, [
  ['on, nothing dropped', path, 'ok', 'ok'],
  ['the larger of both is in force', { ...path, all: 2, own: 0, dropped: 3 }, 'fail', 'drops'],
  ['off', { ...path, own: 0, dropped: 3 }, 'ok', 'off'],
  ['no counter', { ...path, dropped: undefined }, 'unknown', 'not-opened'],
  ['not Linux', { ...path, all: undefined }, 'unknown', 'not-told'],
  ['IPv6', { ...path, family: 6 }, 'ok', 'no-filter'],
]);

const group = { address: '239.255.0.1', port: 50_000, family: 4 } as const;
table(rcvbuf, [
  ['granted', { group, buffer: { asked: 4, granted: 4 }, opened: true, drops: 0 }, 'ok', 'ok'],
  ['less', { group, buffer: { asked: 4, granted: 2 }, opened: true, drops: 0 }, 'warn', 'small'],
  ['drops', { group, buffer: { asked: 4, granted: 4 }, opened: true, drops: 1 }, 'warn', 'drops'],
  [
    'not told',
    { group, buffer: { asked: 4, granted: undefined }, opened: true, drops: undefined },
    'unknown',
    'not-told',
  ],
]);

table(igmpAllowed, [
  ['allowed', { family: 4, fate: accept }, 'ok', 'ok'],
  ['dropped', { family: 4, fate: drop }, 'fail', 'drops'],
  ['not root', { family: 4, fate: undefined }, 'unknown', 'needs-root'],
  ['depends', { family: 6, fate: { fate: 'depends', by: 'x' } }, 'unknown', 'depends'],
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

const heard = { received: 10, twice: 0 };
table(dupMultihome, [
  ['once', { interface: 'eth0', other: undefined, heard }, 'ok', 'ok'],
  ['twice', { interface: 'eth0', other: 'eth1', heard: { ...heard, twice: 2 } }, 'warn', 'twice'],
  ['likely', { interface: 'eth0', other: 'eth1', heard }, 'warn', 'likely'],
  ['not joined', { interface: 'eth0', other: undefined, heard: undefined }, 'unknown', 'not-opened'],
]);

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

const depends = { fate: 'depends', by: 'x' } as const;
const replies = { group: accept, port: 40_000, fixed: false, tried: undefined };
const tried = (came: number) => ({ tried: { sent: 5, came, asked: 5 } });
table(firewallAck, [
  ['let in', { ...replies, reply: accept }, 'ok', 'ok'],
  ['dropped', { ...replies, reply: drop }, 'warn', 'any'],
  ['a fixed port is dropped', { ...replies, reply: drop, port: 50_001, fixed: true }, 'warn', 'fixed'],
  ['dropped as the group is', { ...replies, reply: drop, group: drop }, 'unknown', 'depends'],
  ['depends', { ...replies, reply: depends }, 'unknown', 'depends'],
  ['not root', { ...replies, reply: undefined, group: undefined }, 'unknown', 'needs-root'],
  ['not root, and another node tried', { ...replies, reply: undefined, ...tried(5) }, 'ok', 'tried'],
  ['not root, and nothing came', { ...replies, reply: undefined, ...tried(0) }, 'warn', 'any'],
  [
    'nothing came to a fixed port',
    { ...replies, reply: undefined, fixed: true, ...tried(0) },
    'warn',
    'fixed',
  ],
  ['what was tried counts for more than rules', { ...replies, reply: accept, ...tried(0) }, 'warn', 'any'],
]);

const near = {
  ...{ interface: 'eth0', ttl: 1, linkLocal: false, senders: ['10.0.0.2'] },
  ...{ far: [] as string[], lost: undefined },
};
table(ttl, [
  ['all are near', near, 'ok', 'one'],
  ['one is behind a router', { ...near, far: ['10.9.0.2'] }, 'warn', 'short'],
  ['and the TTL reaches it', { ...near, ttl: 8, far: ['10.9.0.2'] }, 'ok', 'ok'],
  ['groups of the link need no more', { ...near, linkLocal: true, far: ['10.9.0.2'] }, 'ok', 'one'],
  ['it stays here', { ...near, ttl: 0 }, 'warn', 'zero'],
  ['no table of routes', { ...near, far: undefined }, 'unknown', 'not-told'],
  ['one behind a router hears nothing', { ...near, far: [], lost: '10.9.0.2' }, 'fail', 'lost'],
  ['and not for its TTL', { ...near, ttl: 8, lost: '10.9.0.2' }, 'ok', 'ok'],
  ['nobody to compare with', { ...near, senders: [], far: undefined }, 'ok', 'one'],
]);
