import { describe, expect, test } from 'vitest';
import type { Event } from '../../source/core/event.ts';
import { clock, endpoint, type PlainOptions, plainLine } from '../../source/core/plain.ts';
import { cliWords, fill } from '../../source/words/cli.ts';
import { diagnosisLine } from '../../source/words/diagnosis.ts';
import { faultText, isFaultCode } from '../../source/words/faults.ts';
import type { Lang } from '../../source/words/lang.ts';

const at = new Date(2026, 10, 20, 12, 0, 0, 123).getTime();
const group = '239.255.0.1:50000';
const from = { at, group, address: '10.0.0.1', port: 4000, bytes: 120 };
const totals = {
  received: 5,
  bytes: 600,
  sent: 2,
  sentBytes: 200,
  kinds: { chat: 5, heartbeat: 0, ack: 0, bye: 0, share: 0, text: 0, binary: 0, malformed: 0 },
  malformed: {},
  looped: 2,
  lost: 1,
  duplicates: 3,
  reordered: 0,
  kernelDrops: 4,
  shed: { queue: 0, peers: 0, acks: 0, screen: 0, record: 0 },
  tasks: 5,
  failedItems: 0,
};

const options = (lang: Lang, showGroup = false): PlainOptions => ({
  words: cliWords(lang).plain,
  fill,
  explain: (code, facts, text) => (isFaultCode(code) ? faultText(lang, { code, facts }) : text),
  diagnose: (event) => diagnosisLine(lang, event),
  showGroup,
});

const cases: [Event, string | undefined][] = [
  [
    { type: 'received', ...from, kind: 'chat', name: 'ana', seq: 7, text: 'hello' },
    'ana (10.0.0.1) chat: hello',
  ],
  [{ type: 'received', ...from, kind: 'text', text: 'hi' }, '10.0.0.1:4000 text (120 B): hi'],
  [{ type: 'received', ...from, kind: 'heartbeat', name: 'ana', seq: 7 }, 'ana (10.0.0.1) heartbeat 7'],
  [{ type: 'received', ...from, kind: 'bye', name: 'ana', seq: 8 }, 'ana (10.0.0.1) bye'],
  [{ type: 'received', ...from, kind: 'ack', unicast: true }, '10.0.0.1:4000 ack'],
  [{ type: 'received', ...from, kind: 'ack', name: 'ana', of: 3 }, 'ana (10.0.0.1) ack of message 3'],
  [{ type: 'received', ...from, kind: 'binary', hex: '00ff' }, '10.0.0.1:4000 binary (120 B): 00ff'],
  [
    { type: 'received', ...from, kind: 'binary', name: 'ana', unknown: 'share', hex: '7b' },
    'ana (10.0.0.1) share (120 B): 7b',
  ],
  [
    { type: 'received', ...from, kind: 'malformed', reason: 'seq', hex: '7b' },
    '10.0.0.1:4000 malformed (120 B), seq: 7b',
  ],
  [{ type: 'sent', at, group, bytes: 3, kind: 'ack', to: '10.0.0.1:4000' }, 'sent ack to 10.0.0.1:4000'],
  [{ type: 'sent', at, group, bytes: 140, kind: 'heartbeat' }, undefined],
  [{ type: 'task', at, worker: 1, items: 4, wait: 1, run: 1 } as Event, undefined],
  [
    { type: 'task', at, worker: 1, items: 4, wait: 1, run: 1, failed: true } as Event,
    'worker 1 failed: 4 datagrams lost',
  ],
  [
    { type: 'peer', at, group, id: 'a', name: 'ana', address: '10.0.0.1', state: 'alive', reason: 'heard' },
    'ana (10.0.0.1) is alive',
  ],
  [
    {
      type: 'peer',
      at,
      group,
      id: 'a',
      name: 'ana',
      address: '10.0.0.1',
      state: 'dead',
      was: 'suspect',
      reason: 'silence',
    },
    'ana (10.0.0.1) is dead, was suspect',
  ],
  [
    { type: 'joined', at, group, interface: 'eth0', address: '10.0.0.2', ttl: 1 },
    'joined 239.255.0.1:50000 on eth0 (10.0.0.2), TTL 1',
  ],
  [{ type: 'left', at, group, reason: 'SIGINT' }, 'left 239.255.0.1:50000: SIGINT'],
  [
    { type: 'dropped', at, group, count: 9 },
    'this host was too slow: the kernel dropped 9 datagrams of 239.255.0.1:50000',
  ],
  [{ type: 'shed', at, what: 'queue', count: 2 }, 'too much at once: 2 turned away (queue)'],
  [
    { type: 'warning', at, code: 'later-version', facts: {}, text: 'Something new.' },
    'warning: Something new.',
  ],
  [
    {
      type: 'diagnosis',
      at,
      group,
      id: 'live.drops',
      status: 'warn',
      code: 'small-buffer',
      facts: { count: 3, granted: 2048, asked: 4096 },
      text: 'English',
    },
    'diagnosis: The kernel dropped 3 datagrams that had arrived: bursts do not fit the receive buffer of 2048 bytes (4096 were asked for). To do: sysctl -w net.core.rmem_max=8388608',
  ],
  [
    {
      type: 'diagnosis',
      at,
      group,
      id: 'live.drops',
      status: 'ok',
      code: 'kept-up',
      facts: {},
      text: 'English',
    },
    'diagnosis: Nothing is dropped any more.',
  ],
  [
    {
      type: 'diagnosis',
      at,
      group,
      id: 'ttl',
      status: 'ok',
      code: 'ok',
      facts: {},
      text: 'The TTL is enough.',
    },
    undefined,
  ],
  [
    {
      type: 'diagnosis',
      at,
      group,
      id: 'later.check',
      status: 'fail',
      code: 'new',
      facts: {},
      text: 'Something new.',
      remedy: 'do that',
    },
    'diagnosis: Something new. To do: do that',
  ],
  [
    { type: 'stopped', at, reason: 'count', totals },
    'stopped (the count is reached): 5 received, 2 sent, 1 lost, 3 duplicates, 4 dropped by this host',
  ],
];

test.each(cases)('%j', (event, line) => {
  expect(plainLine(event, options('en'))).toBe(line && `12:00:00.123 ${line}`);
});

test('a warning is told in the language of the reader', () => {
  const facts = { group, interface: 'eth0' };
  const event: Event = { type: 'warning', at, code: 'membership-lost', facts, text: 'English' };
  expect(plainLine(event, options('es'))).toMatch(/^12:00:00\.123 aviso: .*239\.255\.0\.1:50000.*eth0/);
});

describe('with several groups', () => {
  test('each datagram tells its own, and what names its group tells it once', () => {
    const chat: Event = { type: 'received', ...from, kind: 'chat', name: 'ana', text: 'hello' };
    expect(plainLine(chat, options('en', true))).toBe(`12:00:00.123 ${group} ana (10.0.0.1) chat: hello`);
    const left: Event = { type: 'left', at, group, reason: 'SIGINT' };
    expect(plainLine(left, options('en', true))).toBe(`12:00:00.123 left ${group}: SIGINT`);
  });
});

test('the clock is local and has every digit', () => {
  expect(clock(new Date(2026, 0, 2, 3, 4, 5, 6).getTime())).toBe('03:04:05.006');
});

test.each([
  ['10.0.0.1', 5, '10.0.0.1:5'],
  ['fe80::1', 5, '[fe80::1]:5'],
  ['fe80::1%eth0', 5, '[fe80::1%eth0]:5'],
])('%s and %i is %s', (address, port, text) => {
  expect(endpoint(address, port)).toBe(text);
});
