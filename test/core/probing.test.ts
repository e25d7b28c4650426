import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  askBytes,
  doorOf,
  eachLane,
  encodeProbing,
  lanes,
  looksLikeProbing,
  type Probing,
  parseProbing,
  probeLimit,
  type Tell,
} from '../../source/core/probing.ts';
import { decode } from '../../source/core/wire.ts';

const id = '0123456789abcdef';
const other = 'fedcba9876543210';
const envelope = { id, name: 'ana', seq: 7, at: 1_790_000_000_123.4, ttl: 1 };
const bytes = (text: string) => new TextEncoder().encode(text);
const written = (message: Probing, size: number) => bytes(encodeProbing(envelope, message, size)!);

const row = (most: number) => fc.array(fc.nat(most), { minLength: lanes, maxLength: lanes });
const identity = fc.stringMatching(/^[0-9a-f]{16}$/);
const numbers = { lane: fc.nat(lanes - 1), n: fc.nat(eachLane - 1) };
const count = fc.nat(2 ** 31 - 1);
const target = fc.option(
  identity.map((to) => ({ to })),
  { nil: {} },
);
const tell = fc.record<Tell>(
  {
    kind: fc.constant('tell'),
    of: identity,
    run: count,
    turn: count,
    got: row(eachLane),
    twice: row(1_000),
    echoed: row(eachLane),
    heard: count,
    sent: count,
    drops: count,
    counted: fc.record({
      inMulticast: count,
      reversePath: count,
      ignored: count,
      bufferErrors: count,
      inErrors: count,
    }),
  },
  { requiredKeys: ['kind', 'of', 'run', 'turn', 'got', 'twice', 'echoed', 'heard', 'sent', 'drops'] },
);
const probing: fc.Arbitrary<Probing> = fc.oneof(
  fc
    .record({ to: target, ...numbers })
    .map(({ to, ...rest }): Probing => ({ kind: 'probe', ...to, ...rest })),
  fc
    .record({ to: target, ...numbers, port: fc.integer({ min: 1, max: 65_535 }) })
    .map(({ to, ...rest }): Probing => ({ kind: 'probe', ...to, ...rest, back: 'reply' })),
  fc
    .record({ to: target, ...numbers, back: fc.constantFrom('here' as const, 'group' as const) })
    .map(({ to, ...rest }): Probing => ({ kind: 'probe', ...to, ...rest })),
  fc.record({ of: identity, ...numbers }).map((rest): Probing => ({ kind: 'echo', ...rest })),
  fc
    .record({ to: target, run: count, turn: count, back: fc.constantFrom('here' as const, 'group' as const) })
    .map(({ to, ...rest }): Probing => ({ kind: 'ask', ...to, ...rest })),
  tell,
);

test('what is written is read again, in exactly the size that was asked for', () => {
  fc.assert(
    fc.property(probing, fc.integer({ min: 1_000, max: probeLimit }), (message, size) => {
      const datagram = written(message, size);
      if (message.kind === 'tell') expect(datagram.length).toBeLessThanOrEqual(size);
      else expect(datagram.length).toBe(size);
      expect(parseProbing(datagram)).toEqual({ ...message, id, name: 'ana' });
    }),
  );
});

test('an answer that needs more room than the question had is not written', () => {
  const echo: Probing = { kind: 'echo', of: other, lane: 1, n: 2 };
  const shortest = bytes(encodeProbing(envelope, echo, askBytes)!.replace(/\.+(?="})/, '')).length;
  expect(encodeProbing(envelope, echo, shortest)).toBeDefined();
  expect(encodeProbing(envelope, echo, shortest - 1)).toBeUndefined();
});

test('an answer with every lane full, after hours of traffic, fits the question', () => {
  const most = 1e9;
  const full = new Array<number>(lanes).fill(eachLane);
  const counted = { inMulticast: most, reversePath: most, ignored: most, bufferErrors: most, inErrors: most };
  const message: Tell = {
    ...{
      kind: 'tell',
      of: other,
      run: most,
      turn: 1,
      got: full,
      echoed: full,
      heard: most,
      sent: most,
      drops: most,
    },
    ...{ twice: new Array<number>(lanes).fill(32), counted },
  };
  expect(encodeProbing({ ...envelope, name: 'é'.repeat(32) }, message, askBytes)).toBeDefined();
});

test('other nodes take one for a message of a kind that they do not know, and count it in its sender’s numbering', () => {
  const heard = decode(written({ kind: 'probe', lane: 0, n: 0 }, askBytes));
  expect(heard).toMatchObject({ kind: 'binary', unknown: 'probe', id, seq: 7 });
});

describe('hostile', () => {
  const probe = { mcast: 1, kind: 'probe', ...envelope, lane: 3, n: 4 };
  const table = new Array<number>(lanes).fill(0);
  const told = {
    ...probe,
    kind: 'tell',
    of: other,
    run: 1,
    turn: 0,
    got: table,
    twice: table,
    echoed: table,
  };
  const whole = { ...told, heard: 0, sent: 0, drops: 0 };
  const counted = { inMulticast: 0, reversePath: 0, ignored: 0, bufferErrors: 0, inErrors: 0 };

  test.each<[string, object]>([
    ['a probe', probe],
    ['an answer', whole],
    ['an answer with counts', { ...whole, counted }],
  ])('%s is whole as it stands here', (_, wire) => {
    expect(parseProbing(bytes(JSON.stringify(wire)))).toBeDefined();
  });

  test.each<[string, object]>([
    ['no lane', { ...probe, lane: undefined }],
    ['a lane beyond the last', { ...probe, lane: lanes }],
    ['a lane between two', { ...probe, lane: 1.5 }],
    ['a negative number', { ...probe, n: -1 }],
    ['a number beyond the last', { ...probe, n: eachLane }],
    ['a text for a number', { ...probe, n: '4' }],
    ['an identity that is none', { ...probe, id: 'x' }],
    ['a target that is none', { ...probe, to: {} }],
    ['a name that is none', { ...probe, name: 7 }],
    ['an empty name', { ...probe, name: ' ' }],
    ['an answer anywhere', { ...probe, back: 'there' }],
    ['an answer to no port', { ...probe, back: 'reply' }],
    ['an answer to port 0', { ...probe, back: 'reply', port: 0 }],
    ['an answer beyond the last port', { ...probe, back: 'reply', port: 65_536 }],
    ['an echo of nobody', { ...probe, kind: 'echo' }],
    ['an ask with no run', { ...probe, kind: 'ask', turn: 0, back: 'here' }],
    ['an ask with no turn', { ...probe, kind: 'ask', run: 1, back: 'here' }],
    ['an ask that is answered elsewhere', { ...probe, kind: 'ask', run: 1, turn: 0, back: 'reply', port: 9 }],
    ['too few lanes', { ...whole, got: table.slice(1) }],
    ['too many lanes', { ...whole, got: [...table, 0] }],
    ['an endless list', { ...whole, twice: new Array(400).fill(0) }],
    ['more than was sent', { ...whole, got: table.map(() => eachLane + 1) }],
    ['a list that is none', { ...whole, echoed: { length: lanes } }],
    ['a count that is infinite', { ...whole, heard: '1e999' }],
    ['counts that are none', { ...whole, counted: [1, 2, 3, 4, 5] }],
    ['a count that is missing', { ...whole, counted: { ...counted, ignored: undefined } }],
    ['a count below nothing', { ...whole, counted: { ...counted, reversePath: -1 } }],
  ])('%s', (_, wire) => {
    expect(parseProbing(bytes(JSON.stringify(wire)))).toBeUndefined();
  });

  test('a name is safe to draw', () => {
    const wire = { ...probe, name: 'a\u001b[31mb' };
    expect(parseProbing(bytes(JSON.stringify(wire)))!.name).not.toContain('\u001b');
  });

  test('any bytes, and any damage to a whole one', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (some) => {
        parseProbing(some);
        doorOf(some);
      }),
    );
    fc.assert(
      fc.property(probing, fc.nat(400), fc.nat(255), (message, place, byte) => {
        const datagram = written(message, 1_200);
        datagram[place] = byte;
        parseProbing(datagram);
      }),
    );
  });

  test('larger than any probe is not looked at', () => {
    const large = written({ kind: 'probe', lane: 0, n: 0 }, probeLimit + 1);
    expect(looksLikeProbing(large)).toBe(false);
    expect(parseProbing(large)).toBeUndefined();
  });
});

test.each([
  ['{"mcast":1,"kind":"heartbeat","door":50001}', 50_001],
  ['{"mcast":1,"kind":"heartbeat","door":0}', 0],
  ['{"mcast":1,"kind":"heartbeat"}', undefined],
  ['{"mcast":1,"kind":"heartbeat","door":70000}', undefined],
  ['{"mcast":1,"kind":"heartbeat","door":"50001"}', undefined],
  ['[1]', undefined],
  ['not JSON', undefined],
])('the door in %s is %s', (text, door) => {
  expect(doorOf(bytes(text))).toBe(door);
});
