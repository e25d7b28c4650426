import { expect, test } from 'vitest';
import { seeded } from '../../source/net/memory-network.ts';
import { expectedOverhead, framesOf, RunLength, wireBytes } from '../../source/transfer/run-length.ts';

const ethernet = { blockSize: 1408, mtu: 1500, ipv6: false };

/** Reports of some 200 blocks to so many receivers; the lengths in use meanwhile. */
function observed(length: RunLength, loss: number, receivers: number, reports: number, seed = 1): number[] {
  const random = seeded(seed);
  const lengths: number[] = [];
  for (let report = 0; report < reports; report++) {
    const datagrams = Math.ceil(200 / length.blocks);
    const frames = framesOf(16 + length.blocks * 1408, ethernet);
    for (let receiver = 0; receiver < receivers; receiver++) {
      let lost = 0;
      for (let at = 0; at < datagrams; at++) if (random() >= (1 - loss) ** frames) lost++;
      length.observe(receiver, datagrams, datagrams * frames, lost);
    }
    lengths.push(length.blocks);
  }
  return lengths;
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('frames and bytes on the wire are those of IP', () => {
  expect(framesOf(1472, ethernet)).toBe(1);
  expect(framesOf(1473, ethernet)).toBe(2);
  expect(wireBytes(1472, ethernet)).toBe(1514);
  expect(framesOf(16 + 20 * 1408, ethernet)).toBe(20);
  const six = { blockSize: 1384, mtu: 1500, ipv6: true };
  expect(framesOf(1452, six)).toBe(1);
  expect(framesOf(1453, six)).toBe(2);
  expect(wireBytes(1452, six)).toBe(1514);
});

test.each([
  [0, 1, 17, 20, 1.03],
  [0, 10, 17, 20, 1.03],
  [0.001, 5, 5, 19, 1.05],
  [0.01, 1, 1.5, 3.5, 1.07],
  [0.01, 10, 1, 3, 1.07],
  [0.05, 1, 1, 1.5, 1.12],
  [0.05, 10, 1, 1.2, 1.12],
  [0.2, 5, 1, 1.1, 1.4],
])(
  'at a loss of %d and %i receivers a datagram carries %d to %d blocks and costs at most %d',
  (loss, receivers, least, most, cost) => {
    const length = new RunLength(ethernet);
    const lengths = observed(length, loss, receivers, 400).slice(50);
    expect(mean(lengths)).toBeGreaterThanOrEqual(least);
    expect(mean(lengths)).toBeLessThanOrEqual(most);
    expect(mean(lengths.map((run) => expectedOverhead(run, loss, ethernet)))).toBeLessThanOrEqual(cost);
  },
);

test('the length falls with the first reports of a loss, and comes back when it is over', () => {
  const length = new RunLength(ethernet);
  expect(observed(length, 0, 2, 100).at(-1)).toBeGreaterThanOrEqual(17);
  expect(observed(length, 0.05, 2, 4).at(-1)).toBeLessThanOrEqual(3);
  expect(observed(length, 0.05, 2, 40).at(-1)).toBe(1);
  expect(observed(length, 0, 2, 400).at(-1)).toBeGreaterThanOrEqual(10);
});

test('the one that loses most decides, until it leaves', () => {
  const length = new RunLength(ethernet);
  for (let report = 0; report < 100; report++) {
    length.observe(1, 100, 100, 0);
    length.observe(2, 100, 100, 6);
  }
  expect(length.blocks).toBe(1);
  length.leave(2);
  expect(length.blocks).toBeGreaterThan(15);
});

test('it does not waver at a steady loss', () => {
  const length = new RunLength(ethernet);
  const lengths = observed(length, 0.01, 5, 600).slice(100);
  const changes = lengths.filter((run, at) => at > 0 && run !== lengths[at - 1]).length;
  expect(changes).toBeLessThan(lengths.length / 5);
});

test('with no receiver, and before any report, a datagram carries one block', () => {
  const length = new RunLength(ethernet);
  expect(length.blocks).toBe(1);
  length.observe(0, 0, 0, 0);
  expect(length.blocks).toBe(1);
});
