// The clocks of simulated nodes, of which the true offsets are known.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { seeded } from '../../../source/net/memory-network.ts';
import { labRunOf } from '../../../source/report/lab/run.ts';
import { type SimulatedNode, simulate } from './simulation.ts';

const clockOf = (run: ReturnType<typeof labRunOf>, name: string) =>
  run.nodes.find((node) => node.name === name)!.clock!;
const runOf = (nodes: SimulatedNode[], more: object = {}) =>
  simulate({ nodes, beats: 120, random: seeded(7), ...more });

test('offsets of three nodes are recovered within the uncertainty that is told', () => {
  const offset = fc.double({ min: -3_600_000, max: 3_600_000, noNaN: true });
  fc.assert(
    fc.property(offset, offset, offset, fc.nat(), (one, two, three, seed) => {
      const nodes = [one, two, three].map((offset, index) => ({ name: `n${index}`, offset }));
      const run = labRunOf(runOf(nodes, { random: seeded(seed), loss: 0.1 }).map(({ figures }) => figures));
      expect(clockOf(run, 'n0')).toMatchObject({ offset: 0, uncertainty: 0, basis: 'reference' });
      for (const [index, truth] of [two - one, three - one].entries()) {
        const { offset, uncertainty, basis } = clockOf(run, `n${index + 1}`);
        expect(basis).toBe('both');
        // 0.02: reports are rounded to 10 µs.
        expect(Math.abs(offset - truth)).toBeLessThanOrEqual(uncertainty! + 0.02);
        expect(uncertainty).toBeLessThan(2);
      }
      // All began together, and so they do on the clock of the first.
      const begins = run.sessions.map((session) => run.aligned(session, session.firstAt));
      expect(Math.max(...begins) - Math.min(...begins)).toBeLessThan(3);
    }),
    { numRuns: 20 },
  );
});

test('one session is enough: what the others report goes back the other way', () => {
  const [ana] = runOf([
    { name: 'ana', offset: 0 },
    { name: 'bob', offset: -4321 },
  ]);
  const run = labRunOf([ana!.figures]);
  const { offset, uncertainty } = clockOf(run, 'bob');
  expect(Math.abs(offset + 4321)).toBeLessThanOrEqual(uncertainty! + 0.02);
});

test('without reports, two sessions that heard each other are enough', () => {
  const sessions = runOf(
    [
      { name: 'ana', offset: 0 },
      { name: 'bob', offset: 250 },
    ],
    { reports: false },
  );
  const { offset, uncertainty, basis } = clockOf(labRunOf(sessions.map(({ figures }) => figures)), 'bob');
  expect(basis).toBe('both');
  expect(Math.abs(offset - 250)).toBeLessThanOrEqual(uncertainty! + 0.02);
});

test('traffic in one direction only is told of, with no uncertainty that nobody knows', () => {
  const sessions = runOf([
    { name: 'ana', offset: 0 },
    { name: 'bob', offset: 250, deaf: true },
  ]);
  const clock = clockOf(labRunOf(sessions.map(({ figures }) => figures)), 'bob');
  expect(clock).toMatchObject({ basis: 'one-way', uncertainty: undefined });
  // Wrong by the least delay, which cannot be told from the offset.
  expect(clock.offset).toBeCloseTo(250 - 0.2, 0);
});

test('nodes that never heard of each other are taken as they are', () => {
  const deaf = { deaf: true, offset: 5000 };
  const sessions = runOf([
    { name: 'ana', ...deaf },
    { name: 'bob', ...deaf },
  ]);
  expect(clockOf(labRunOf(sessions.map(({ figures }) => figures)), 'bob').basis).toBe('none');
});

test('a clock that drifts is told of', () => {
  const nodes = [
    { name: 'ana', offset: 0 },
    { name: 'bob', offset: 10, drift: 0.1 },
  ];
  const steady = labRunOf(
    runOf(
      nodes.map(({ name, offset }) => ({ name, offset })),
      { beats: 600 },
    ).map(({ figures }) => figures),
  );
  const drifting = labRunOf(runOf(nodes, { beats: 600 }).map(({ figures }) => figures));
  expect(clockOf(steady, 'bob').drift).toBe(0);
  // 0.1 ms a second for ten minutes, by windows of a minute.
  expect(clockOf(drifting, 'bob').drift).toBeGreaterThan(20);
  expect(clockOf(drifting, 'bob').drift).toBeLessThan(60);
});
