// What a report says is what the sessions' events say, counted here once more and in another way.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Event, Received } from '../../../source/core/event.ts';
import { seeded } from '../../../source/net/memory-network.ts';
import { lossOf } from '../../../source/report/lab/pairs.ts';
import { labRunOf } from '../../../source/report/lab/run.ts';
import { simulate } from './simulation.ts';

const received = (events: readonly Event[], id: string): Received[] =>
  events.filter((event): event is Received => event.type === 'received' && event.id === id);

test('sent, received, lost and doubled of every pair are the sums of the sessions’ events', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({ min: 2, max: 5 }),
      fc.integer({ min: 1, max: 40 }),
      fc.double({ min: 0, max: 0.6, noNaN: true }),
      (seed, count, beats, loss) => {
        const nodes = Array.from({ length: count }, (_, index) => ({
          name: `node-${index}`,
          offset: index * 777,
        }));
        const sessions = simulate({ nodes, beats, random: seeded(seed), loss, doubled: 0.1 });
        const run = labRunOf(sessions.map(({ figures }) => figures));
        expect(run.nodes.map(({ name }) => name)).toEqual(nodes.map(({ name }) => name));
        for (const from of sessions) {
          const sent = from.events.filter((event) => event.type === 'sent').length;
          for (const to of sessions) {
            if (from === to) continue;
            const came = received(to.events, from.header.id);
            const seqs = came.map(({ seq }) => seq!);
            const distinct = new Set(seqs).size;
            // Counted from the first that came: what was lost before it nobody expected, late ones before it excepted.
            const base = seqs[0] ?? 0;
            const known = [...new Set(seqs)].filter((seq) => seq >= base);
            const expected = came.length === 0 ? 0 : Math.max(...seqs) - base + 1;
            const pair = run.pairs.find(
              (each) => each.from.name === from.header.name && each.to.name === to.header.name,
            )!;
            expect(pair).toMatchObject({
              basis: 'session',
              sent,
              received: came.length,
              arrived: known.length,
              lost: expected - known.length,
              duplicates: came.length - distinct,
            });
            expect(lossOf(pair)).toBe(came.length === 0 ? 1 : (expected - known.length) / expected);
          }
        }
        const all = sessions.flatMap(({ events }) => events);
        const total = (of: 'sent' | 'received') =>
          run.sessions.reduce((sum, { state }) => sum + state.totals[of], 0);
        expect(total('sent')).toBe(all.filter(({ type }) => type === 'sent').length);
        expect(total('received')).toBe(all.filter(({ type }) => type === 'received').length);
      },
    ),
    { numRuns: 60 },
  );
});

test('a node without a session is told of by its own heartbeats', () => {
  const nodes = ['ana', 'bob', 'eva'].map((name) => ({ name, offset: 0 }));
  const sessions = simulate({ nodes, beats: 60, random: seeded(3), loss: 0.2 });
  const whole = labRunOf(sessions.map(({ figures }) => figures));
  const part = labRunOf(sessions.slice(0, 2).map(({ figures }) => figures));
  expect(part.nodes.map(({ name }) => name)).toEqual(['ana', 'bob', 'eva']);
  const told = part.pairs.find(({ from, to }) => from.name === 'ana' && to.name === 'eva')!;
  const counted = whole.pairs.find(({ from, to }) => from.name === 'ana' && to.name === 'eva')!;
  expect(told.basis).toBe('reported');
  // Its last heartbeats may be lost, or later datagrams not reported on any more.
  expect(counted.arrived - told.arrived).toBeGreaterThanOrEqual(0);
  expect(counted.arrived - told.arrived).toBeLessThan(8);
  expect(Math.abs(lossOf(counted)! - lossOf(told)!)).toBeLessThan(0.05);
});

test('one that hears nothing is silent in the matrix, and not unknown', () => {
  const nodes = [
    { name: 'ana', offset: 0 },
    { name: 'deaf', offset: 0, deaf: true },
  ];
  const run = labRunOf(simulate({ nodes, beats: 5, random: seeded(1) }).map(({ figures }) => figures));
  const [there, back] = ['ana', 'deaf'].map((name) => run.pairs.find(({ from }) => from.name === name)!);
  expect(lossOf(there!)).toBe(1);
  expect(lossOf(back!)).toBe(0);
});

test('a node that was started again is one node with two starts', () => {
  const sessions = simulate({
    nodes: [
      { name: 'ana', offset: 0 },
      { name: 'bob', offset: 0 },
    ],
    beats: 5,
    random: seeded(2),
  });
  const later = sessions[0]!.events
    .filter((event): event is Received => event.type === 'received')
    .map(
      (event): Received => ({
        ...event,
        id: 'b'.repeat(16),
        at: event.at + 60_000,
        sentAt: event.sentAt! + 60_000,
      }),
    );
  for (const event of later) sessions[0]!.figures.add(event);
  const run = labRunOf([sessions[0]!.figures]);
  expect(run.nodes.map(({ name, ids }) => [name, ids.length])).toEqual([
    ['ana', 1],
    ['bob', 2],
  ]);
  const pair = run.pairs.find(({ from }) => from.name === 'bob')!;
  expect(pair.received).toBe(2 * later.length);
});
