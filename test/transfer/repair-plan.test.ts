import fc from 'fast-check';
import { expect, test } from 'vitest';
import { farthestMixed, mostMixed } from '../../source/transfer/block-datagram.ts';
import { RepairPlan } from '../../source/transfer/repair-plan.ts';
import type { Ranges } from '../../source/transfer/report.ts';
import { SenderLedger } from '../../source/transfer/sender-ledger.ts';

/** All blocks sent, one a datagram; each receiver has reported that it lacks these. */
function ledgerOf(blocks: number, lost: number[][]): SenderLedger {
  const ledger = new SenderLedger(blocks);
  for (const _ of lost) ledger.join();
  for (let block = 0; block < blocks; block++) ledger.sentRun(block + 1, block, 1);
  lost.forEach((missing, slot) => {
    tell(ledger, slot, blocks, rangesOf(missing), []);
  });
  return ledger;
}

function tell(ledger: SenderLedger, slot: number, number: number, missing: Ranges, repaired: Ranges): void {
  const totals = { heard: number, at: 0, received: 0, bytes: 0, lost: 0, drops: 0 };
  expect(ledger.report(slot, { ...totals, number, upto: ledger.blocks, missing, repaired })).toBeUndefined();
}

function rangesOf(blocks: number[]): Ranges {
  return [...blocks].sort((a, b) => a - b).flatMap((block) => [block, block + 1]);
}

/** Everything the plan has to send now, told to the ledger. */
function planned(plan: RepairPlan, ledger: SenderLedger): number[][] {
  const sent: number[][] = [];
  for (let repair = plan.next(20); repair; repair = plan.next(20)) {
    if (repair.kind === 'mix') {
      sent.push([...repair.ids.subarray(0, repair.count)]);
      ledger.sentRepair(ledger.number + 1, repair.ids, repair.count);
    } else {
      sent.push(Array.from({ length: repair.count }, (_, at) => repair.first + at));
      ledger.sentRun(ledger.number + 1, repair.first, repair.count);
    }
  }
  return sent;
}

test('ten that each lost something else are served by one datagram', () => {
  const ledger = ledgerOf(
    100,
    Array.from({ length: 10 }, (_, slot) => [slot * 7 + 3]),
  );
  const plan = new RepairPlan(ledger);
  plan.refresh(true);
  expect(planned(plan, ledger)).toEqual([[3, 10, 17, 24, 31, 38, 45, 52, 59, 66]]);
});

test('any losses: every mix can be decoded by all, each missing block is sent once, not more than the greedy bound', () => {
  const anyLost = fc.array(fc.uniqueArray(fc.nat(299), { maxLength: 40 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(anyLost, (lost) => {
      const ledger = ledgerOf(300, lost);
      const plan = new RepairPlan(ledger);
      plan.refresh(true);
      const sent = planned(plan, ledger);
      for (const mix of sent) {
        expect(mix.length).toBeLessThanOrEqual(mostMixed);
        for (const missing of lost) {
          expect(mix.filter((block) => missing.includes(block)).length).toBeLessThanOrEqual(1);
        }
      }
      expect(sent.flat().sort((a, b) => a - b)).toEqual([...new Set(lost.flat())].sort((a, b) => a - b));
    }),
  );
});

test('a repair under way is repeated only when all who lack its block have reported on a later number', () => {
  const ledger = ledgerOf(10, [[4], [4, 7]]);
  const plan = new RepairPlan(ledger);
  plan.refresh(true);
  expect(planned(plan, ledger)).toEqual([[4], [7]]);
  plan.refresh(true);
  expect(planned(plan, ledger)).toEqual([]);
  tell(ledger, 0, 12, [], []);
  tell(ledger, 1, 11, [], []);
  plan.refresh(true);
  expect(planned(plan, ledger)).toEqual([[4]]);
  tell(ledger, 0, 13, [], [4, 5]);
  tell(ledger, 1, 13, [], [4, 5]);
  plan.refresh(true);
  expect(planned(plan, ledger)).toEqual([[7]]);
});

test('a block waits for company, but not for ever, and not once nothing else is left to send', () => {
  const blocks = 3000;
  const ledger = ledgerOf(blocks, [[100], []]);
  const patient = new RepairPlan(ledger, { patience: 2950, horizon: 9000 });
  patient.refresh(false);
  expect(planned(patient, ledger)).toEqual([]);
  patient.refresh(true);
  expect(planned(patient, ledger)).toEqual([[100]]);

  const again = ledgerOf(blocks, [[100, 200], [50]]);
  const plan = new RepairPlan(again, { patience: 2890, horizon: 9000 });
  plan.refresh(false);
  // The first serves both, so it goes; the second serves one, and is not old yet.
  expect(planned(plan, again)).toEqual([[50, 100]]);
  const impatient = new RepairPlan(again, { patience: 2000, horizon: 9000 });
  impatient.refresh(false);
  expect(planned(impatient, again)).toEqual([[200]]);
});

test('old losses wait for the end; a stalled receiver, and one that has not reported yet, hold up nothing', () => {
  const ledger = ledgerOf(3000, [
    [5, 2900],
    [6, 2800],
  ]);
  ledger.join();
  const plan = new RepairPlan(ledger, { patience: 10, horizon: 500 });
  plan.refresh(false);
  expect(planned(plan, ledger)).toEqual([[2800, 2900]]);
  ledger.setActive(0, false);
  plan.refresh(true);
  expect(planned(plan, ledger)).toEqual([[6]]);
});

test('nothing is mixed of which somebody has not said whether he has it', () => {
  const ledger = ledgerOf(100, [[10, 60]]);
  const slot = ledger.join();
  const totals = { heard: 50, at: 0, received: 0, bytes: 0, lost: 0, drops: 0 };
  ledger.report(slot, { ...totals, number: 50, upto: 50, missing: [20, 21], repaired: [] });
  const plan = new RepairPlan(ledger);
  plan.refresh(true);
  expect(planned(plan, ledger)).toEqual([[10, 20]]);
});

test('what a late joiner lacks goes out in runs', () => {
  const all = Array.from({ length: 100 }, (_, block) => block);
  const ledger = ledgerOf(200, [all, [150]]);
  const plan = new RepairPlan(ledger);
  plan.refresh(true);
  const sent = planned(plan, ledger);
  expect(sent.slice(0, 2)).toEqual([all.slice(0, 20), all.slice(20, 40)]);
  expect(sent.flat().sort((a, b) => a - b)).toEqual([...all, 150]);
});

test('blocks too far apart for the datagram are not mixed', () => {
  const far = farthestMixed + 1;
  const ledger = ledgerOf(far + 10, [[0], [far]]);
  const plan = new RepairPlan(ledger);
  plan.refresh(true);
  expect(planned(plan, ledger)).toEqual([[0], [far]]);
});
