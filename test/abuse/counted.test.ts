// Whatever comes, a running engine counts it for what it is, shows it now and then, and goes on.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { absurdMessages, badDatagrams, evilDatagrams, unprintable } from './datagrams.ts';
import { InProcess } from './in-process.ts';

let node: InProcess;
beforeEach(async () => {
  node = await InProcess.open();
});
afterEach(() => node.close());

test('every wrong datagram is counted by its reason', async () => {
  for (const { bytes } of badDatagrams) await node.send(bytes);
  await eventually(() => expect(node.received).toHaveLength(badDatagrams.length));
  const told = ({ kind, reason }: { kind: string; reason?: string }) => `${kind} ${reason ?? ''}`;
  const found = node.received.map(told);
  expect(badDatagrams.map(({ name }, n) => `${name}: ${found[n]}`)).toEqual(
    badDatagrams.map((each) => `${each.name}: ${told(each)}`),
  );
  const counts: Record<string, number> = {};
  for (const { reason } of badDatagrams) if (reason) counts[reason] = (counts[reason] ?? 0) + 1;
  const { totals } = await node.snapshot();
  expect(totals.malformed).toEqual(counts);
  expect(totals.kinds.malformed).toBe(badDatagrams.filter(({ reason }) => reason).length);
  expect(node.chat.some(({ kind, code }) => kind === 'malformed' && code === 'kind')).toBe(true);
});

test('absurd clocks, numbers and reports leave every figure a sane one', async () => {
  for (const message of absurdMessages) await node.send(Buffer.from(JSON.stringify(message)));
  await eventually(() => expect(node.received).toHaveLength(absurdMessages.length));
  const { totals, matrix } = await node.snapshot();
  expect(totals.malformed).toEqual({});
  const rows = [...node.peers.values()];
  expect(rows).toHaveLength(new Set(absurdMessages.map((message) => (message as { id: string }).id)).size);
  for (const { lost, lossRatio, jitter, duplicates, reordered, phi } of rows) {
    for (const figure of [lost, jitter, duplicates, reordered, phi]) {
      expect(figure).toBeGreaterThanOrEqual(0);
      expect(Number.isFinite(figure)).toBe(true);
    }
    expect(lossRatio).toBeLessThanOrEqual(1);
  }
  // A leap of 2^53 is not that many lost.
  expect(totals.lost).toBeLessThan(10);
  for (const row of matrix!.cells) {
    for (const cell of row)
      expect(cell === undefined || (cell.lossRatio >= 0 && cell.lossRatio <= 1)).toBe(true);
  }
  // It can still report on them: a heartbeat of ours is no larger than it may be.
  await eventually(() => expect(node.beats).toBeGreaterThan(3));
});

test('no event, name or line holds what a terminal obeys', async () => {
  const evil = evilDatagrams();
  for (const bytes of evil) await node.send(bytes);
  await eventually(() => expect(node.received).toHaveLength(evil.length));
  await node.snapshot();
  for (const text of [...node.events, ...node.chat, ...node.peers.values()].flatMap(stringsIn)) {
    expect(text).not.toMatch(unprintable);
    expect(text).not.toContain('\n');
  }
});

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
