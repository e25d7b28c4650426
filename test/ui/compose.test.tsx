// The compose line as a person uses it: keys in, frames and commands out.
import { expect, test } from 'vitest';
import { commands, down, left, open, up } from './support/opened.ts';
import { snapshotOf } from './support/scenario.ts';

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
