import { expect, test } from 'vitest';
import { envName, flagNames, flagSpec } from '../../source/commands/flags.ts';
import { givenNames, settle } from '../../source/commands/settle.ts';

test('without anything each flag has its default', () => {
  expect(settle({}, {}, {})).toMatchObject({
    group: ['239.255.0.1:50000'],
    interface: undefined,
    ttl: 1,
    heartbeat: 1000,
    ack: false,
    record: true,
    color: true,
    ackTimeout: 0.2,
    expect: 0,
    lang: undefined,
  });
});

test.each([
  ['number', { ttl: ['5'] }, { MCAST_TTL: '4' }, { ttl: 3 }, 'ttl', [5, 4, 3, 1]],
  ['switch', { ack: true }, { MCAST_ACK: 'false' }, { ack: true }, 'ack', [true, false, true, false]],
  [
    'switch that is on by itself',
    { record: true },
    { MCAST_NO_RECORD: '1' },
    { 'no-record': true },
    'record',
    [true, false, false, true],
  ],
  [
    'repeatable',
    { group: ['a', 'b'] },
    { MCAST_GROUP: 'c, d' },
    { group: ['e'] },
    'group',
    [['a', 'b'], ['c', 'd'], ['e'], ['239.255.0.1:50000']],
  ],
  [
    'of two words',
    { replyPort: ['5'] },
    { MCAST_REPLY_PORT: '4' },
    { 'reply-port': 3 },
    'replyPort',
    [5, 4, 3, undefined],
  ],
  ['choice', { lang: ['es'] }, { MCAST_LANG: 'en' }, { lang: 'es' }, 'lang', ['es', 'en', 'es', undefined]],
] as const)(
  '%s: flag, then environment, then settings, then default',
  (_, given, env, settings, name, values) => {
    expect([
      settle(given, env, settings)[name],
      settle({}, env, settings)[name],
      settle({}, {}, settings)[name],
      settle({}, {}, {})[name],
    ]).toEqual(values);
  },
);

test('of a flag given twice the last counts', () => {
  expect(settle({ ttl: ['1', '7'] }, {}, {}).ttl).toBe(7);
});

test('an empty variable is none', () => {
  expect(settle({}, { MCAST_TTL: '', MCAST_GROUP: '' }, {})).toMatchObject({
    ttl: 1,
    group: ['239.255.0.1:50000'],
  });
});

test('NO_COLOR counts, and the flag undoes it', () => {
  expect(settle({}, { NO_COLOR: '1' }, {}).color).toBe(false);
  expect(settle({ color: true }, { NO_COLOR: '1' }, {}).color).toBe(true);
});

test('a setting can be spelt as either side of a switch', () => {
  expect(settle({}, {}, { record: false }).record).toBe(false);
  expect(settle({}, {}, { 'no-record': false }).record).toBe(true);
});

test.each([
  [{ ttl: ['abc'] }, {}, {}, { name: '--ttl', value: 'abc', min: 0, max: 255, whole: 1 }],
  [{ ttl: ['256'] }, {}, {}, { name: '--ttl', value: '256' }],
  [{ ttl: ['-1'] }, {}, {}, { name: '--ttl', value: '-1' }],
  [{ ttl: ['1.5'] }, {}, {}, { name: '--ttl', value: '1.5' }],
  [{ ttl: ['0x10'] }, {}, {}, { name: '--ttl', value: '0x10' }],
  [{ ttl: [' '] }, {}, {}, { name: '--ttl', value: ' ' }],
  [{ duration: ['Infinity'] }, {}, {}, { name: '--duration' }],
  [{ duration: ['1e999'] }, {}, {}, { name: '--duration' }],
  [{ duration: ['0'] }, {}, {}, { name: '--duration', whole: 0 }],
  [{}, { MCAST_WORKERS: '0' }, {}, { name: 'MCAST_WORKERS', min: 1 }],
  [{}, {}, { heartbeat: 'soon' }, { name: 'settings: heartbeat', value: 'soon' }],
  [{}, {}, { heartbeat: { a: 1 } }, { name: 'settings: heartbeat', value: '{"a":1}' }],
])('a wrong number is told with its place: %j %j %j', (given, env, settings, facts) => {
  expect(() => settle(given, env, settings)).toThrow(
    expect.objectContaining({ code: 'not-a-number', exitCode: 2, facts: expect.objectContaining(facts) }),
  );
});

test.each([
  [{ lang: ['fr'] }, {}, {}, { problem: 'not-a-choice', name: '--lang', choices: 'en, es' }],
  [{}, { MCAST_ACK: 'maybe' }, {}, { problem: 'not-a-switch', name: 'MCAST_ACK', value: 'maybe' }],
  [{}, {}, { 'no-record': 7 }, { problem: 'not-a-switch', name: 'settings: no-record' }],
])('a wrong word is told with its place: %j %j %j', (given, env, settings, facts) => {
  expect(() => settle(given, env, settings)).toThrow(
    expect.objectContaining({ code: 'usage', facts: expect.objectContaining(facts) }),
  );
});

test('what stands on the command line is known apart from defaults', () => {
  expect(givenNames({ ttl: [], group: ['a'], ack: false })).toEqual(['group', 'ack']);
});

test('no two flags share a variable or a short name', () => {
  const variables = flagNames.map(envName);
  expect(new Set(variables).size).toBe(variables.length);
  const shorts = flagNames.flatMap((name) => flagSpec(name).short ?? []);
  expect(new Set(shorts).size).toBe(shorts.length);
});
