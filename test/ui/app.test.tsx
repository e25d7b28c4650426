// The app as a person uses it: keys in, frames and commands out.
import { afterEach, expect, test } from 'vitest';
import {
  activityOf,
  chatOf,
  classroom,
  group,
  groupOf,
  noon,
  otherGroup,
  peerOf,
  playing,
  snapshotOf,
} from './support/scenario.ts';
import { type StageOptions, stage } from './support/stage.tsx';

const stages: ReturnType<typeof stage>[] = [];
afterEach(() => {
  for (const { close } of stages.splice(0)) close();
});

const [up, down, left] = ['\x1b[A', '\x1b[B', '\x1b[D'];

async function open(
  snapshot = classroom(),
  { columns = 120, rows = 40, ...options }: StageOptions & { columns?: number; rows?: number } = {},
) {
  const app = stage(columns, rows, options);
  stages.push(app);
  app.feed.tell(snapshot);
  await app.sees(/239|REPLAY/);
  return app;
}
/** Out of the compose line. */
async function commands(snapshot = classroom(), options = {}) {
  const app = await open(snapshot, options);
  await app.escape();
  await app.sees('q quit');
  return app;
}
const last = <T,>(list: readonly T[]): T | undefined => list.at(-1);

test('it starts on the compose line: what is typed is sent', async () => {
  const app = await open();
  await app.keys('hola a todos');
  await app.sees('❯ hola a todos');
  await app.keys('\r');
  await app.sees('Write a message');
  expect(app.feed.commands).toEqual([{ do: 'say', text: 'hola a todos' }]);
});

test('keys that come in one read each see what the one before did', async () => {
  const app = await open();
  await app.keys('one\rtwo\r');
  await app.sees('Write a message');
  expect(app.feed.commands).toEqual([
    { do: 'say', text: 'one' },
    { do: 'say', text: 'two' },
  ]);
});

test('emoji, control keys and a paste behave on the compose line', async () => {
  const app = await open();
  await app.keys('ab👩‍👩‍👧');
  await app.keys(left);
  await app.keys('\x7f');
  await app.sees('❯ a👩‍👩‍👧');
  await app.keys('\x05\x7f');
  await app.sees((frame) => frame.includes('❯ a') && !frame.includes('👩'));
  await app.keys('\x15');
  await app.keys('\x1b[200~two\rlines\x1b[201~');
  await app.sees('❯ two lines');
  await app.keys('\x17');
  await app.keys('\x01');
  await app.keys('x');
  await app.sees('❯ xtwo');
  expect(app.feed.commands).toEqual([]);
});

test('arrows bring back lines that were sent', async () => {
  const app = await open();
  await app.keys('first\rsecond\r');
  await app.keys(up);
  await app.sees('❯ second');
  await app.keys(up);
  await app.sees('❯ first');
  await app.keys(down);
  await app.keys(down);
  await app.sees('Write a message');
});

test('a line too long for a datagram is refused with its size, and stays', async () => {
  const app = await open();
  await app.keys(`\x1b[200~${'ñ'.repeat(700)}\x1b[201~`);
  await app.keys('\r');
  const frame = await app.sees('Not sent');
  expect(frame).toMatch(/Not sent: 15\d\d bytes, and a datagram holds 1200/);
  expect(frame).toContain('ñññ');
  expect(app.feed.commands).toEqual([]);
  await app.keys('\x15ok\r');
  await app.sees('Write a message');
  expect(app.feed.commands).toEqual([{ do: 'say', text: 'ok' }]);
});

test.each(['/quit', 'salir', ' salir '])('%j ends the program', async (text) => {
  const app = await open();
  await app.keys(`${text}\r`);
  await app.sees(() => app.told.exits.length > 0);
  expect(app.told.exits).toEqual([[0]]);
  expect(app.feed.commands).toEqual([]);
});

test('an unknown command is told and not sent; // sends a slash; /help helps', async () => {
  const app = await open();
  await app.keys('/nope now\r');
  await app.sees('There is no /nope');
  await app.keys('\x15//etc\r');
  await app.keys('/help\r');
  await app.sees('─ Keys ─');
  expect(app.feed.commands).toEqual([{ do: 'say', text: '/etc' }]);
});

test('ticks show how far an own line got', async () => {
  const app = await open();
  await app.sees('✓ 2/3');
  app.feed.tell(snapshotOf({ deliveries: [{ n: 2, delivered: 3, of: 3, acks: 0 }] }));
  await app.sees('✓ 3/3');
});

test('Esc leaves the line, i goes back, and nothing typed is lost', async () => {
  const app = await open();
  await app.keys('half');
  await app.escape();
  await app.sees('q quit');
  await app.keys('i done\r');
  await app.sees('Write a message');
  expect(app.feed.commands).toEqual([{ do: 'say', text: 'half done' }]);
});

test('q quits, Q with a summary, Ctrl+C from anywhere, and Esc never', async () => {
  const app = await commands();
  await app.escape();
  await app.keys('z');
  await app.sees('[1 Chat]');
  await app.escape();
  await app.sees('╭─ 2 Peers');
  expect(app.told.exits).toEqual([]);
  await app.keys('Q');
  await app.sees(() => app.told.exits.length === 1);
  expect(app.told.exits[0]).toEqual([
    0,
    '00:12:34: 12.3k datagrams received, 761 sent, 5 peers, 31 lost.\nRecorded in /home/ana/.local/share/mcast-tui/sessions/1.json',
  ]);
  await app.keys('q');
  await app.keys('i\x03');
  await app.sees(() => app.told.exits.length === 3);
});

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

test('a replay is played with the keys', async () => {
  const replay = () => open({ ...classroom(), player: playing() }, { replay: true });
  const app = await replay();
  await app.sees('▸ playing 2×');
  await app.keys(' .,+-][');
  await app.keys('\x1b[H\x1b[F');
  await app.sees(() => app.feed.commands.length === 9);
  expect(app.feed.commands).toEqual([
    { do: 'pause' },
    { do: 'step', by: 1 },
    { do: 'step', by: -1 },
    { do: 'speed', factor: 4 },
    { do: 'speed', factor: 1 },
    { do: 'seek', to: 93_000 },
    { do: 'seek', to: 73_000 },
    { do: 'seek', to: 0 },
    { do: 'seek', to: 300_000 },
  ]);
  app.feed.commands = [];
  await app.keys('nc');
  await app.keys('Nd');
  await app.keys(':1:30\r');
  await app.keys(':soon\r');
  await app.sees('"soon" is no time');
  expect(app.feed.commands).toEqual([
    { do: 'next', landmark: 'chat' },
    { do: 'next', landmark: 'dead', back: true },
    { do: 'seek', to: 90_000 },
  ]);
  await app.keys('n');
  await app.sees(/Next: c chat .* task/s);
  await app.escape();
  await app.sees('q quit');
  await app.keys('i');
  expect(app.frame()).not.toContain('❯');
});

test('a replay at its end starts over, and seeking stays within the session', async () => {
  const app = await open(
    { ...classroom(), player: playing({ position: 300_000, atEnd: true, playing: false, speed: 64 }) },
    { replay: true },
  );
  await app.sees('at the end');
  await app.keys('p]+:9:00:00\r');
  await app.sees(() => app.feed.commands.length === 5);
  expect(app.feed.commands).toEqual([
    { do: 'seek', to: 0 },
    { do: 'play' },
    { do: 'seek', to: 300_000 },
    { do: 'speed', factor: 64 },
    { do: 'seek', to: 300_000 },
  ]);
});
