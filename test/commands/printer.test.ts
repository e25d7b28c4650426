import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { Printer } from '../../source/commands/printer.ts';

/** A reader that takes nothing until it is told to. */
function stuckReader() {
  const waiting: (() => void)[] = [];
  let taken = '';
  let free = false;
  const out = new Writable({
    decodeStrings: false,
    write(chunk: string, _, done) {
      taken += chunk;
      if (free) done();
      else waiting.push(done);
    },
  });
  const letGo = () => {
    free = true;
    for (const done of waiting.splice(0)) done();
  };
  return { out, letGo, taken: () => taken };
}

test('a stuck reader costs bounded memory, and the lines that it misses are counted', async () => {
  const { out, letGo, taken } = stuckReader();
  const printer = new Printer(out);
  const block = `${'x'.repeat(999)}\n`.repeat(1000);
  for (let i = 0; i < 100; i++) printer.write(block);
  expect(out.writableLength).toBeLessThanOrEqual(16 * 1024 * 1024);
  letGo();
  await printer.drained(5000);
  const arrived = taken().split('\n').length - 1;
  expect(arrived).toBeGreaterThan(10_000);
  expect(arrived + printer.lost).toBe(100_000);
});

test('it does not wait longer than it may for a stuck reader', async () => {
  const printer = new Printer(stuckReader().out);
  printer.write('line\n');
  await printer.drained(20);
  expect(printer.lost).toBe(0);
});

test('a reader that went away misses nothing', async () => {
  const { out } = stuckReader();
  const printer = new Printer(out);
  out.on('error', () => {});
  out.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  await printer.gone;
  printer.write('line\n'.repeat(10));
  await printer.drained(60_000);
  expect([printer.isGone, printer.lost]).toEqual([true, 0]);
});
