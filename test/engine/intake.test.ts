import { expect, test } from 'vitest';
import { Intake } from '../../source/engine/intake.ts';

/** One worker that takes 1 ms a datagram. */
function busyIntake(): Intake {
  const intake = new Intake(1);
  intake.learn({ items: 10, run: 10 });
  return intake;
}

/** How many of `count` datagrams of a sender are let in at that time while so many wait. */
const admitted = (intake: Intake, sender: number, count: number, at: number, waiting: number) =>
  Array.from({ length: count }, () => intake.admits('10.0.0.1', sender, at, waiting)).filter(Boolean).length;

test('everybody is let in until the line takes a second, and before anything is known', () => {
  expect(admitted(new Intake(1), 1, 100, 0, 60_000)).toBe(100);
  expect(admitted(busyIntake(), 1, 100, 0, 1_000)).toBe(100);
});

test('then a sender that floods gets what can be done in the round, and no more', () => {
  const intake = busyIntake();
  expect(admitted(intake, 1, 1_000, 0, 1_001)).toBe(250);
  expect(intake.takeRefused()).toBe(750);
  expect(intake.takeRefused()).toBe(0);
  expect(admitted(intake, 1, 1_000, 250, 1_001)).toBe(250);
});

test('one that says little is not turned away for it', () => {
  const intake = busyIntake();
  for (let at = 0; at < 2_000; at += 10) {
    admitted(intake, 1, 50, at, 1_500);
    expect(admitted(intake, 2, 1, at, 1_500)).toBe(1);
  }
});

test('several that flood share, from the second round on', () => {
  const intake = busyIntake();
  for (const at of [0, 250]) {
    const each = [1, 2, 3, 4, 5].map((sender) => admitted(intake, sender, 500, at, 1_500));
    expect(each).toEqual(Array(5).fill(at === 0 ? 250 : 50));
  }
});

test('nobody is let in when the line takes three seconds', () => {
  expect(admitted(busyIntake(), 1, 10, 0, 3_001)).toBe(0);
});
