// The table of peers, the detail of one and the matrix, as a person uses them.
import { expect, test } from 'vitest';
import { commands, last } from './support/opened.ts';
import {
  chatOf,
  classroom,
  group,
  groupOf,
  noon,
  otherGroup,
  peerOf,
  snapshotOf,
} from './support/scenario.ts';

const order = (frame: string) =>
  [...frame.matchAll(/[●◐✕] (?:alive|suspect|gone) +(\w+)/g)].map(([, name]) => name);

test('peers sort by any column, stably, and in reverse', async () => {
  const app = await commands();
  expect(order(app.frame())).toEqual(['beto', 'carla', 'diego', 'elena', 'fran']);
  await app.keys('2r');
  await app.sees((frame) => order(frame)[0] === 'fran');
  await app.keys('<');
  await app.sees('Sorted by state');
  expect(order(app.frame())).toEqual(['diego', 'elena', 'beto', 'carla', 'fran']);
  await app.keys('>>');
  await app.sees('Sorted by address');
  expect(order(app.frame())).toEqual(['beto', 'carla', 'elena', 'fran', 'diego']);
});

test('columns can be chosen', async () => {
  const app = await commands();
  expect(app.frame()).not.toContain('ttl up');
  await app.keys('2cG ');
  await app.sees(/\[✓\] up /);
  await app.escape();
  await app.sees(/seen .* up/);
  expect(app.frame()).toContain('00:10:12');
});

test('Enter shows the detail of the chosen peer, and asks the feed for it', async () => {
  const app = await commands();
  const { key } = peerOf('carla');
  await app.keys('2jj\r');
  await app.sees('waiting for the detail');
  expect(last(app.feed.commands)).toEqual({ do: 'watch', peer: key, matrix: false });
  const history = Array.from({ length: 60 }, (_, i) => ({
    at: noon - 60_000 + i * 1000,
    gap: 990 + (i % 7) * 5,
    rtt: i % 2 ? 1.5 : undefined,
    jitter: i / 10,
    lost: Math.floor(i / 20),
    received: i,
  }));
  app.feed.tell(
    snapshotOf({
      detail: {
        key,
        history,
        gaps: [{ at: noon - 9000, from: 20, to: 22 }],
        recent: [{ at: noon - 1000, kind: 'chat', bytes: 150, seq: 612, text: 'hola' }],
        hears: [
          { id: 'x', name: 'beto', seq: 9, got: 95, lost: 5, duplicates: 1, jitter: 2, at: noon, held: 1 },
        ],
      },
    }),
  );
  const frame = await app.sees('#20–22 (3)');
  for (const part of [
    'gap ms',
    'min 990',
    'Inter-arrival time',
    'What it hears',
    'beto',
    '5.0%',
    '#612',
    'hola',
  ]) {
    expect(frame).toContain(part);
  }
  await app.escape();
  await app.sees('2 Peers');
  expect(last(app.feed.commands)).toEqual({ do: 'watch', peer: undefined, matrix: false });
});

test('the matrix shows who hears whom, as loss, jitter and round-trip time', async () => {
  const app = await commands();
  await app.keys('m');
  await app.sees('Nobody to compare');
  expect(last(app.feed.commands)).toEqual({ do: 'watch', peer: undefined, matrix: true });
  const nodes = ['ana', 'beto'].map((name, i) => ({
    id: name,
    name,
    self: i === 0,
    state: 'alive' as const,
  }));
  const cell = { lossRatio: 0.125, jitter: 3.5, rtt: 20.25, at: noon };
  app.feed.tell(
    snapshotOf({
      matrix: {
        nodes,
        cells: [
          [undefined, cell],
          [undefined, undefined],
        ],
        more: 3,
      },
    }),
  );
  await app.sees(/● ana +— +13% /);
  await app.sees(/● beto +· +—/);
  await app.sees('3 more nodes are left out');
  await app.keys('v');
  await app.sees(/jitter ms[\s\S]*● ana +— +3\.50/);
  await app.keys('v');
  await app.sees(/rtt ms[\s\S]*● ana +— +20\.3/);
  await app.keys('m');
  await app.sees('2 Peers');
});

test('with several groups rows say which, and o narrows to one', async () => {
  const both = classroom();
  both.groups = [groupOf(group), groupOf(otherGroup)];
  both.peers.push(peerOf('gina', { group: otherGroup }));
  both.chat.push(chatOf('gina', 'from the other group', { n: 90, group: otherGroup }));
  const app = await commands(both);
  expect(app.frame()).toMatch(/g2 gina from the/);
  await app.keys('oo');
  await app.sees(`Only ${otherGroup}`);
  expect(order(app.frame())).toEqual(['gina']);
  expect(app.frame()).not.toContain('hello, is everyone');
  await app.keys('ihello\r');
  await app.sees('Write a message');
  expect(last(app.feed.commands)).toEqual({ do: 'say', text: 'hello', group: otherGroup });
  await app.escape();
  await app.sees('q quit');
  await app.keys('o');
  await app.sees('All groups');
});
