// A million made-up identities: the table stays bounded, the known peers stay, and no datagram costs a search.
import { expect, test } from 'vitest';
import type { Received } from '../../source/core/event.ts';
import { fold } from '../../source/core/fold.ts';
import { judgeHeard, judgeSilence } from '../../source/core/judge.ts';
import { Publisher } from '../../source/core/publish.ts';
import { forgetGone } from '../../source/core/reap.ts';
import { maxPeers, newState, type State } from '../../source/core/state.ts';

function hearFrom(state: State, number: number, at: number, more: Partial<Received> = {}): void {
  const event: Received = {
    type: 'received',
    at,
    group: '239.255.0.1:50000',
    address: '10.0.0.1',
    port: 4000,
    bytes: 100,
    kind: 'chat',
    id: number.toString(16).padStart(16, '0'),
    name: `n${number}`,
    seq: 1,
    sentAt: at,
    text: '',
    ...more,
  };
  fold(state, event);
  for (const verdict of judgeHeard(state, event)) fold(state, verdict);
}

function passTime(state: State, at: number): void {
  for (const verdict of judgeSilence(state, at, 1)) fold(state, verdict);
}

function full(): State {
  const state = newState();
  for (let number = 0; number < maxPeers; number++) hearFrom(state, number, number / 10);
  return state;
}

test('one more than fits is turned away and counted, until one that is gone makes room', () => {
  const state = full();
  hearFrom(state, maxPeers, 2000);
  expect(state.peers.size).toBe(maxPeers);
  expect(state.totals.shed.peers).toBe(1);
  hearFrom(state, 7, 2100, { kind: 'bye', seq: 2 });
  hearFrom(state, 5, 2200, { kind: 'bye', seq: 2 });
  hearFrom(state, maxPeers, 2300);
  expect(state.totals.shed.peers).toBe(1);
  const keys = [...state.peers.keys()].map((key) => Number.parseInt(key, 16));
  expect(keys).toHaveLength(maxPeers);
  // The one that went first made room.
  expect(keys).not.toContain(7);
  expect(keys).toContain(5);
});

test('a million identities leave ten thousand rows', () => {
  const state = full();
  for (let number = maxPeers; number < 1_000_000; number++) hearFrom(state, number, 2000 + number / 1000);
  expect(state.peers.size).toBe(maxPeers);
  expect(state.totals.shed.peers).toBe(1_000_000 - maxPeers);
  expect(state.totals.received).toBe(1_000_000);
  expect(state.peers.has('0000000000000000 239.255.0.1:50000')).toBe(true);
});

test.each([
  { what: 'as many names', name: undefined },
  { what: 'one name', name: 'x' },
])('a table of $what turns over when all fall silent', ({ name }) => {
  const state = newState();
  const named = name === undefined ? {} : { name };
  for (let number = 0; number < maxPeers; number++) hearFrom(state, number, number / 10, named);
  passTime(state, 40_000);
  // Of one name each seems to be the restart of the one before.
  expect(state.peers.size).toBe(name === undefined ? maxPeers : 1);
  for (let number = 0; number < maxPeers; number++) hearFrom(state, 20_000 + number, 41_000, named);
  expect(state.peers.size).toBe(maxPeers);
  expect(state.totals.shed.peers).toBe(0);
  // What is kept beside the rows goes with them.
  expect(state.gone.size).toBe(0);
  expect([...state.nodes.values()].reduce((sum, keys) => sum + keys.size, 0)).toBe(maxPeers);
});

test('rows of those that are gone go when asked, and after half an hour', () => {
  for (const forget of [true, false]) {
    const state = newState();
    hearFrom(state, 1, 0);
    hearFrom(state, 2, 0, { seq: 5 });
    hearFrom(state, 2, 0, { seq: 8 });
    hearFrom(state, 2, 100, { kind: 'bye', seq: 9 });
    if (forget) forgetGone(state);
    else
      for (let minute = 1; minute <= 32; minute++) hearFrom(state, 1, minute * 60_000, { seq: minute + 1 });
    expect([...state.peers.values()].map((peer) => peer.name)).toEqual(['n1']);
    expect([...state.removed]).toEqual(['0000000000000002 239.255.0.1:50000']);
    expect(state.retired.lost).toBe(2);
  }
});

test('acknowledgements from made-up addresses are bounded and tick for nobody', () => {
  const state = newState();
  const group = '239.255.0.1:50000';
  hearFrom(state, 1, 0);
  fold(state, { type: 'sent', at: 1, group, bytes: 9, kind: 'chat', seq: 1, text: 'hello' });
  for (let i = 0; i < maxPeers + 500; i++) {
    hearFrom(state, 100 + i, 2, { kind: 'ack', unicast: true, of: 1, address: `10.1.${i >> 8}.${i & 255}` });
  }
  expect(state.outbox[0]?.acks.size).toBe(maxPeers);
  expect(state.outbox[0]?.delivered.size).toBe(0);
});

test('what hostile heartbeats claim to hear is bounded', () => {
  const state = newState();
  for (let beat = 0; beat < 100; beat++) {
    const hears = Array.from({ length: 64 }, (_, i) => ({
      id: (beat * 64 + i).toString(16).padStart(16, '0'),
      seq: Number.MAX_SAFE_INTEGER,
      got: Number.MAX_SAFE_INTEGER,
      lost: Number.MAX_SAFE_INTEGER,
      duplicates: 0,
      jitter: 8.64e15,
      at: 0,
      held: 8.64e15,
    }));
    hearFrom(state, 1, beat * 1000, { kind: 'heartbeat', every: 1000, up: 0, seq: beat + 1, hears });
  }
  const [peer] = state.peers.values();
  expect(peer?.hears.size).toBe(256);
  expect(peer?.hears.has((99 * 64).toString(16).padStart(16, '0'))).toBe(true);
  expect(peer?.rtt).toBeUndefined();
});

test('nobody looks while identities come and go: what went is bounded, and the next look is a fresh one', () => {
  const state = newState();
  const publisher = new Publisher(state);
  const look = (now: number) =>
    publisher.snapshot(now, { peer: undefined, matrix: false }, { recording: undefined, queued: 0, lag: 0 });
  look(0);
  for (let number = 0; number < 2 * maxPeers + 5; number++) {
    hearFrom(state, number, number, { kind: 'heartbeat', every: 1000 });
    hearFrom(state, number, number, { kind: 'bye', seq: 2 });
  }
  forgetGone(state);
  hearFrom(state, 999_999, 50_000);
  expect(state.removed.size).toBeLessThanOrEqual(maxPeers);
  expect(look(50_000)).toMatchObject({ fresh: true, peers: [{ name: 'n999999' }] });
  expect(state.removed.size).toBe(0);
  expect(look(50_001)).toMatchObject({ fresh: false, removed: [] });
});
