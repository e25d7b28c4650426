// The app as a person uses it: keys in, frames and commands out.
import { expect, test } from 'vitest';
import { commands, open } from './support/opened.ts';
import { activityOf, chatOf, noon, snapshotOf } from './support/scenario.ts';

test('help opens, scrolls and closes; q in it does not quit', async () => {
  const app = await commands();
  await app.keys('?');
  await app.sees('Everywhere');
  await app.keys('G');
  await app.sees((frame) => frame.includes('In a prompt') && frame.includes('↑'));
  await app.keys('q');
  await app.sees('1 Chat');
  expect(app.told.exits).toEqual([]);
});

test('Tab, Shift+Tab and digits move between the panes', async () => {
  const app = await commands();
  await app.keys('2');
  await app.sees('Enter detail');
  await app.keys('\t');
  await app.sees((frame) => !frame.includes('Enter detail'));
  await app.keys('\x1b[Z');
  await app.sees('Enter detail');
  expect(app.frame()).toContain('> sort');
});

test('a filter works while it is typed, inverse and as a regular expression', async () => {
  const app = await commands();
  await app.keys('2/ar');
  await app.sees((frame) => frame.includes('Filter Peers: ar') && !frame.includes('alive   beto'));
  expect(app.frame()).toContain('alive   carla');
  expect(app.frame()).toContain('4 hidden by the filter');
  await app.keys('\x15!ar\r');
  await app.sees((frame) => frame.includes('alive   beto') && !frame.includes('alive   carla'));
  await app.keys('/\x15/^(beto|fran)/');
  await app.sees((frame) => frame.includes('alive   fran') && !frame.includes('suspect diego'));
  await app.keys('\x15/(');
  await app.sees('not a regular expression');
  expect(app.frame()).toContain('suspect diego');
  await app.escape();
  await app.sees('/!ar 1 hidden');
  await app.escape();
  await app.sees('2 Peers ─ 3/5 alive ─');
});

test('the chat filter looks at names and notices too', async () => {
  const app = await commands();
  await app.keys('/diego\r');
  await app.sees(
    (frame) => frame.includes('diego is silent: suspect') && !frame.includes('hello, is everyone'),
  );
  await app.escape();
  await app.sees('hello, is everyone');
});

test('freezing stands still, counts, and goes on', async () => {
  const app = await commands();
  await app.keys(' ');
  await app.sees(/FROZEN 0 s · 0 new/);
  app.feed.tell(snapshotOf({ chat: [chatOf('beto', 'a late line', { n: 50 })], now: noon + 1000 }));
  await app.sees(/FROZEN \d s · 1 new/);
  expect(app.frame()).not.toContain('a late line');
  await app.keys(' ');
  await app.sees((frame) => frame.includes('a late line') && !frame.includes('FROZEN'));
});

test('scrolling back holds, says how much is newer, and G follows again', async () => {
  const chat = Array.from({ length: 200 }, (_, n) => chatOf('beto', `line ${n}.`, { n }));
  const app = await commands(snapshotOf({ fresh: true, chat }));
  await app.sees('line 199.');
  await app.keys('kk');
  await app.sees('↓ 2 newer · G');
  app.feed.tell(snapshotOf({ chat: [chatOf('beto', 'line 200.', { n: 200 })] }));
  await app.sees('↓ 3 newer · G');
  expect(app.frame()).toContain('line 197.');
  await app.keys('g');
  await app.sees('line 0.');
  await app.keys('\x1b[6~');
  await app.sees((frame) => !frame.includes('line 0.') && frame.includes('line 40.'));
  await app.keys('G');
  await app.sees((frame) => frame.includes('line 200.') && !frame.includes('newer'));
});

test('the activity log scrolls too', async () => {
  const activity = Array.from({ length: 100 }, (_, n) => activityOf(n));
  const app = await commands(snapshotOf({ fresh: true, activity }));
  await app.keys('3\x15');
  await app.sees(/↓ \d newer · G/);
  await app.keys('\x1b[F');
  await app.sees((frame) => !frame.includes('newer'));
});

test('P hides every address of a node', async () => {
  const app = await commands();
  await app.keys('P');
  await app.sees('addresses hidden');
  expect(app.frame()).not.toMatch(/\d+\.\d+\.\d+\.\d+/);
});

test('reset, forget, repaint and suspend reach whom they concern', async () => {
  const app = await commands();
  await app.keys('\x12');
  await app.sees('Counting from zero');
  await app.keys('2x');
  await app.sees('dropped');
  expect(app.feed.commands).toEqual([{ do: 'reset' }, { do: 'forget' }]);
  await app.keys('\x0c\x1a');
  await app.sees(() => app.told.repaints === 1 && app.told.suspends === 1);
});

test('z shows one pane alone, on small terminals the digits choose it', async () => {
  const app = await commands();
  await app.keys('2z');
  await app.sees((frame) => frame.includes('[2 Peers]') && !frame.includes('╭─ 1 Chat'));
  await app.keys('z');
  await app.sees('╭─ 1 Chat');
  app.resize({ columns: 60, rows: 15 });
  await app.sees((frame) => frame.includes('╭─ 2 Peers') && !frame.includes('╭─ 1 Chat'));
  await app.keys('3');
  await app.sees('╭─ 3 Workers');
});

test('the terminal cursor follows what is typed, and is hidden otherwise', async () => {
  const app = await open();
  await app.sees(() => app.told.cursor[0] === 36 && app.told.cursor[1] === 4);
  await app.keys('漢a');
  await app.sees(() => app.told.cursor[1] === 7);
  await app.escape();
  await app.sees(() => app.told.cursor[0] === undefined);
  await app.keys('/x');
  await app.sees(() => app.told.cursor[0] === 39 && app.told.cursor[1] === ' Filter Chat: x'.length);
});
