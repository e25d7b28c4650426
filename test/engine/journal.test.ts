import { expect, test } from 'vitest';
import type { Event, Warning } from '../../source/core/event.ts';
import { newState } from '../../source/core/state.ts';
import { Journal } from '../../source/engine/journal.ts';
import { eventually } from '../support/eventually.ts';

const warning = (n: number, text = ''): Warning => ({
  type: 'warning',
  at: n,
  code: 'isolated',
  facts: { n },
  text,
});

function printed(blocks: Uint8Array[]): Event[] {
  return blocks.flatMap((block) => JSON.parse(`[${Buffer.from(block)}]`) as Event[]);
}

test('own events and blocks of workers come out once, whole and in order', async () => {
  const blocks: Uint8Array[] = [];
  const journal = new Journal(newState(), (block) => blocks.push(block));
  const expected: Event[] = [];
  for (let n = 0; n < 500; n++) {
    const events = [warning(2 * n), warning(2 * n + 1, 'ñ, "quoted",\n')];
    expected.push(...events);
    if (n % 2) for (const event of events) journal.write(event);
    else journal.writeBlock(Buffer.from(events.map((event) => JSON.stringify(event)).join(',\n')), events);
  }
  await eventually(() => expect(printed(blocks)).toHaveLength(1000));
  expect(printed(blocks)).toEqual(expected);
  expect(blocks.length).toBeLessThan(10);
});

test('what a stalled main thread does not take is counted, and memory stays bounded', () => {
  let bytes = 0;
  const journal = new Journal(newState(), (block) => {
    bytes += block.length;
  });
  const line = 'x'.repeat(10_000);
  for (let n = 0; n < 2000; n++) journal.write(warning(n, line));
  expect(bytes).toBeLessThan(9e6);
  const missed = journal.takeMissed();
  expect(missed).toBeGreaterThan(1000);
  expect(journal.takeMissed()).toBe(0);
  journal.flush();
  journal.printed(bytes);
  journal.write(warning(0));
  expect(journal.takeMissed()).toBe(0);
});

test('every event reaches the fold, printed or not', () => {
  const state = newState();
  const journal = new Journal(state, undefined);
  journal.write({ type: 'dropped', at: 1, group: 'g', count: 3 });
  journal.writeBlock(Buffer.from('{}'), [{ type: 'dropped', at: 2, group: 'g', count: 4 }]);
  expect(state.totals.kernelDrops).toBe(7);
});
