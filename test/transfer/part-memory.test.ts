// The memory between the network and the disk: bounded, and never waiting for what does not come.
import { expect, test } from 'vitest';
import { allBlocks, complete, receive, send, single } from './exchange.ts';
import { noise, tree } from './temporary.ts';

const mega = 2 ** 20;
const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

test('memory is bounded: a receiver that is too fast for the disk is told to wait', async () => {
  const from = await single(noise(20 * mega), 1024);
  const to = await receive(from, from.out, { sections: 8 });
  const block = new Uint8Array(1024);
  let taken = 0;
  // Without a turn of the event loop nothing is written.
  for (let at = 0; at < from.layout.blocks; at++) if (to.write(at, block) === 'taken') taken++;
  expect(taken).toBe(8 * 1024);
  expect(to.congested).toBe(true);
  await to.drained();
  expect(to.congested).toBe(false);
  expect(to.write(9000, block)).toBe('taken');
  await to.discard();
  expect(tree(from.out)).toEqual({});
});

test('sections with holes are written too when memory gets scarce', async () => {
  const from = await single(noise(20 * mega), 1024);
  const to = await receive(from, from.out, { sections: 4 });
  await send(
    from,
    to,
    allBlocks(from).filter((block) => block % 1024 > 0),
  );
  await to.drained();
  expect(to.had.count).toBe(20 * 1023);
  await complete(from, to);
  expect(tree(from.out)).toEqual({ 'data.bin': latin(from.bytes) });
});

test('congestion passes by itself, also where repairs came for sections that were written already', async () => {
  const from = await single(noise(8 * mega), 1024);
  const to = await receive(from, from.out, { sections: 8 });
  const write = (block: number) => to.write(block, from.bytes.subarray(block * 1024, (block + 1) * 1024));
  // Every section lacks two blocks, and is written as it is.
  for (const block of allBlocks(from)) if (block % 1024 > 1) write(block);
  await to.drained();
  await expect.poll(() => to.congested).toBe(false);
  for (const missing of [0, 1]) {
    for (let section = 0; section < 8; section++) write(section * 1024 + missing);
    // Nothing more comes, for a receiver that is congested does not say what it has.
    await expect.poll(() => to.congested).toBe(false);
  }
  await complete(from, to);
  expect(tree(from.out)).toEqual({ 'data.bin': latin(from.bytes) });
});
