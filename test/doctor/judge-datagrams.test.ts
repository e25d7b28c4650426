// What becomes of a group's datagrams on a host, and what follows.
import { Fault } from '../../source/core/fault.ts';
import { bindLeak } from '../../source/doctor/checks/bind-leak.ts';
import { dupMultihome } from '../../source/doctor/checks/dup-multihome.ts';
import { firewallAck } from '../../source/doctor/checks/firewall-ack.ts';
import { firewallIn } from '../../source/doctor/checks/firewall-in.ts';
import { igmpAllowed } from '../../source/doctor/checks/igmp-allowed.ts';
import { joinRegistered } from '../../source/doctor/checks/join-registered.ts';
import { loopSelf } from '../../source/doctor/checks/loop-self.ts';
import { rcvbuf } from '../../source/doctor/checks/rcvbuf.ts';
import { rpFilter } from '../../source/doctor/checks/rp-filter.ts';
import { ttl } from '../../source/doctor/checks/ttl.ts';
import { table } from './judging.ts';

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

const heard = { received: 10, twice: 0 };
table(dupMultihome, [
  ['once', { interface: 'eth0', other: undefined, heard }, 'ok', 'ok'],
  ['twice', { interface: 'eth0', other: 'eth1', heard: { ...heard, twice: 2 } }, 'warn', 'twice'],
  ['likely', { interface: 'eth0', other: 'eth1', heard }, 'warn', 'likely'],
  ['not joined', { interface: 'eth0', other: undefined, heard: undefined }, 'unknown', 'not-opened'],
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
