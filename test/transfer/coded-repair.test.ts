import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Member, transfer } from './world.ts';

const anyMember = fc.record<Member>({
  loss: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.4, noNaN: true })),
  joins: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(40)),
});

test('whatever is lost, late, doubled, and whoever comes late: all have the same bytes', () => {
  const anySetting = fc.record({
    blocks: fc.integer({ min: 0, max: 1500 }),
    members: fc.array(anyMember, { minLength: 1, maxLength: 12 }),
    late: fc.double({ min: 0, max: 0.4, noNaN: true }),
    twice: fc.double({ min: 0, max: 0.4, noNaN: true }),
    seed: fc.nat(),
  });
  fc.assert(
    fc.property(anySetting, (setting) => {
      expect(transfer(setting).whole).toEqual(setting.members.map(() => true));
    }),
    { numRuns: 40 },
  );
});

test('who resumes gets only what it lacks; what all have is not sent', () => {
  const outcome = transfer({
    blocks: 4000,
    members: [
      { loss: 0.02, has: (block) => block < 3000 },
      { loss: 0.02, has: (block) => block < 2000 || block % 3 === 0 },
    ],
    seed: 5,
  });
  expect(outcome.whole).toEqual([true, true]);
  expect(outcome.sentBlocks).toBeGreaterThan(1600);
  expect(outcome.sentBlocks).toBeLessThan(1750);
});

test('who leaves holds up nobody', () => {
  const outcome = transfer({ blocks: 5000, members: [{ loss: 0.05 }, { loss: 0.4, leaves: 30 }], seed: 6 });
  expect(outcome.whole).toEqual([true]);
});

test('who comes late gets all of it, in runs, and what the others lose is still repaired in mixes', () => {
  const members = [{ loss: 0.01 }, { loss: 0.01 }, { loss: 0.01, joins: 15 }];
  const outcome = transfer({ blocks: 10_000, members, seed: 8, run: 4 });
  expect(outcome.whole).toEqual([true, true, true]);
  expect(outcome.runs).toBeGreaterThan(2900);
  expect(outcome.overhead).toBeLessThan(1.55);
});

describe('bytes on the wire over those of the file, 28 MB', () => {
  test.each([
    [0, 1, 1.06],
    [0, 5, 1.06],
    [0, 10, 1.06],
    [0.01, 1, 1.07],
    [0.01, 5, 1.07],
    [0.01, 10, 1.07],
    [0.01, 30, 1.07],
    [0.05, 1, 1.12],
    [0.05, 5, 1.12],
    [0.05, 10, 1.12],
    [0.05, 30, 1.12],
  ])('loss %d, %i receivers: at most %d', (loss, receivers, most) => {
    const members = Array.from({ length: receivers }, () => ({ loss }));
    const outcome = transfer({ blocks: 20_000, members, seed: 11 });
    expect(outcome.whole).toEqual(members.map(() => true));
    expect(outcome.overhead).toBeLessThanOrEqual(most);
    expect(outcome.undecodable).toBe(0);
  });
});

test.each([
  [0.01, 5],
  [0.05, 5],
  [0.05, 10],
  [0.2, 5],
])('at a loss of %d and %i receivers repairs follow the worst receiver, not the sum', (loss, receivers) => {
  const blocks = 20_000;
  const members = Array.from({ length: receivers }, () => ({ loss }));
  const { repairs } = transfer({ blocks, members, seed: 3, run: 1 });
  // Plain retransmission sends a block again until the last one has it: 1/(1 − p) for one, and for n the mean of the
  // maximum of n such numbers of tries.
  let plain = 0;
  for (let tries = 1; tries < 60; tries++) plain += 1 - (1 - loss ** tries) ** receivers;
  const worst = loss / (1 - loss) + 3 * Math.sqrt(loss / blocks);
  expect(repairs / blocks).toBeLessThan(worst * 1.08 + 0.001);
  expect(repairs / blocks).toBeLessThan(plain * 0.7);
});
