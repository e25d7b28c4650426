import { expect, test } from 'vitest';
import type { Received } from '../../source/core/event.ts';
import { fold } from '../../source/core/fold.ts';
import { judgeHeard } from '../../source/core/judge.ts';
import { ringItems } from '../../source/core/ring.ts';
import { newState } from '../../source/core/state.ts';

const group = '239.255.0.1:50000';
const arrival = { type: 'received', group, address: '10.0.0.1', port: 5000, bytes: 100 } as const;

function beat(n: number, at: number): Received {
  const id = n.toString(16).padStart(16, '0');
  return { ...arrival, at, kind: 'heartbeat', id, name: `n${n}`, seq: 1, sentAt: at, every: 1000, up: 10 };
}

test('a flood of new names leaves the chat readable: twenty a second, and how many more', () => {
  const state = newState();
  const hear = (event: Received) => {
    fold(state, event);
    for (const verdict of judgeHeard(state, event)) fold(state, verdict);
  };
  fold(state, {
    ...arrival,
    at: 500,
    kind: 'chat',
    text: 'still here',
    id: 'f'.repeat(16),
    name: 'ana',
    seq: 1,
  });
  for (let n = 0; n < 5000; n++) hear(beat(n, 1000 + n / 10));
  hear(beat(5001, 2000));
  const lines = ringItems(state.chat);
  expect(lines[0]).toMatchObject({ text: 'still here' });
  expect(lines.filter(({ code }) => code === 'peer-joined')).toHaveLength(21);
  expect(lines.filter(({ code }) => code === 'peers-more')).toMatchObject([{ facts: { count: 4980 } }]);
});

test('invented groups and reasons in a session file are bounded', () => {
  const state = newState();
  for (let n = 0; n < 10_000; n++) {
    fold(state, { type: 'joined', at: n, group: `g${n}`, interface: 'lo', address: '127.0.0.1', ttl: 1 });
    fold(state, { ...arrival, at: n, kind: 'malformed', reason: `r${n}` });
  }
  expect(state.groups.size).toBe(256);
  expect(Object.keys(state.totals.malformed).length).toBeLessThanOrEqual(65);
  expect(Object.values(state.totals.malformed).reduce((a, b) => a + b)).toBe(10_000);
});
