// Files as a person deals with them: on the compose line, with keys, in the pane.
import { expect, test } from 'vitest';
import type { Snapshot } from '../../source/core/snapshot.ts';
import { told } from './support/opened.ts';
import { chatOf, classroom, noon, playing } from './support/scenario.ts';
import { offerOf, receiverOf, sharing, transferOf } from './support/sharing.ts';
import type { StageOptions } from './support/stage.tsx';

async function open(snapshot: Snapshot = sharing(), options: StageOptions = {}, columns = 120, rows = 40) {
  const app = told(columns, rows, snapshot, options);
  await app.sees(/239|REPLAY|OFFER/);
  return app;
}

/** Out of the compose line. */
async function commands(snapshot: Snapshot = sharing(), options: StageOptions = {}) {
  const app = await open(snapshot, options);
  await app.escape();
  await app.sees('? help');
  return app;
}

test.each([
  ['/share ~/my slides.pdf', { do: 'share', paths: ['~/my slides.pdf'], options: { mode: 'multicast' } }],
  ['/compartir notas', { do: 'share', paths: ['notas'], options: { mode: 'multicast' } }],
  ['/accept', { do: 'accept', share: 'f3' }],
  ['/aceptar ~/clase 3', { do: 'accept', share: 'f3', out: '~/clase 3' }],
  ['/decline', { do: 'decline', share: 'f3' }],
  ['/rechazar', { do: 'decline', share: 'f3' }],
])('%s on the compose line', async (line, command) => {
  const app = await open();
  await app.keys(`${line}\r`);
  await app.sees('Write a message');
  expect(app.feed.commands).toEqual([command]);
});

test('/share without a path says so, and nothing goes out', async () => {
  const app = await open();
  await app.keys('/share\r');
  await app.sees('Say what to share: /share PATH');
  expect(app.feed.commands).toEqual([]);
});

test('a and d answer the oldest offer; the banner tells of them, and of how many more', async () => {
  const app = await commands();
  await app.sees('carla offers capture of the whole morning.pcapng (734 MB) · a accept d decline +1');
  await app.keys('a');
  await app.sees('Accepted: capture');
  await app.keys('d');
  await app.sees('Declined: capture');
  expect(app.feed.commands).toEqual([
    { do: 'accept', share: 'f3' },
    { do: 'decline', share: 'f3' },
  ]);
});

test('without an offer the keys mean nothing and the commands say so', async () => {
  const app = await commands(classroom());
  await app.keys('ad');
  await app.keys('i');
  await app.sees('Write a message');
  await app.keys('/accept\r');
  await app.sees('Nobody offers a file now.');
  expect(app.feed.commands).toEqual([]);
});

test('no key accepts anything while the help is open', async () => {
  const app = await commands();
  await app.keys('?');
  await app.sees('─ Keys ─');
  await app.keys('a');
  await app.escape();
  await app.sees('4 Files');
  expect(app.feed.commands).toEqual([]);
});

test('a replay shows transfers, and neither accepts nor cancels', async () => {
  const app = await open({ ...sharing(), recording: undefined, player: playing() }, { replay: true });
  await app.sees('4 Files');
  expect(app.frame()).not.toContain('carla offers capture of the whole morning.pcapng (734 MB) ·');
  await app.keys('4c');
  await app.sees('A replay cannot send.');
  await app.keys('a');
  expect(app.feed.commands).toEqual([]);
});

test('c cancels the only one that runs; with several it must be chosen', async () => {
  const app = await commands();
  await app.keys('4c');
  await app.sees('Cancelling slides.pdf.');
  app.feed.tell({
    ...classroom(),
    fresh: false,
    transfers: [transferOf({ share: 'f9', title: 'other.bin' })],
  });
  await app.sees('2 under way');
  await app.keys('c');
  await app.sees('Nothing is under way that could be cancelled.');
  await app.keys('j');
  await app.sees('▸ ↑ other.bin');
  await app.keys('j');
  await app.sees('▸ ↑ slides.pdf');
  await app.keys('c');
  await app.sees('Cancelling slides.pdf.');
  expect(app.feed.commands).toEqual([
    { do: 'cancel', share: 'f1' },
    { do: 'cancel', share: 'f1' },
  ]);
});

test('what is over goes by x, and comes back with nothing', async () => {
  const app = await commands();
  await app.sees('lab-03');
  await app.keys('4x');
  await app.sees((frame) => !frame.includes('lab-03') && frame.includes('slides.pdf'));
});

test('the pane opens with a transfer, closes a minute after its end, and shows all when it has the keys', async () => {
  const app = await commands(classroom());
  expect(app.frame()).not.toContain('4 Files');
  const running = transferOf({ receivers: [receiverOf(1, 'beto')] });
  app.feed.tell({ ...classroom(), fresh: false, transfers: [running] });
  await app.sees('1 under way');
  app.feed.tell({ ...classroom(), fresh: false, transfers: [{ ...running, phase: 'done' }] });
  await app.sees((frame) => frame.includes('4 Files') && !frame.includes('under way'));
  app.feed.tell({ ...classroom(), fresh: false, now: noon + 61_000 });
  await app.sees((frame) => !frame.includes('4 Files'));
  await app.keys('4');
  await app.sees('↑ slides.pdf');
});

test('the pane of files says how to share where there is nothing', async () => {
  const app = await commands(classroom());
  await app.keys('4');
  await app.sees('To share one: /share PATH');
});

test('Tab goes through the files where there are some', async () => {
  const app = await commands();
  await app.keys('3\t');
  await app.sees('c cancel');
  await app.keys('\t');
  await app.sees('Enter send');
  const without = await commands(classroom());
  await without.keys('3\t');
  await without.sees('Enter send');
});

test('a filter finds a transfer by its receivers', async () => {
  const app = await commands();
  await app.keys('4/diego\r');
  await app.sees((frame) => frame.includes('slides.pdf') && !frame.includes('lab-03'));
});

test.each([
  ['share-started-sender', { title: 'a.pdf', size: '1 MB' }, 'sharing a.pdf (1 MB)'],
  ['share-done-receiver', { title: 'a.pdf', path: '/home/ana/a.pdf' }, 'a.pdf is whole: /home/ana/a.pdf'],
  ['share-done-sender', { title: 'a.pdf', whole: 2, of: 3 }, 'a.pdf is whole at 2 of 3 receivers'],
  [
    'share-failed-receiver',
    { title: 'a.pdf', reason: 'share-gone', address: '10.0.0.9', port: 7 },
    /a\.pdf did not come whole\. .*10\.0\.0\.9/,
  ],
  [
    'share-failed-sender',
    { title: 'a.pdf', whole: 1, of: 2 },
    /a\.pdf: 1 of 2 receivers have it whole\. {2}/,
  ],
])('the chat tells: %s', async (code, facts, text) => {
  const app = await open(
    { ...classroom(), chat: [chatOf('', '', { n: 0, kind: 'notice', code, facts })] },
    {},
    100,
    30,
  );
  const frame = await app.sees('•');
  const joined = frame.replace(/\s*│\n│\s+/g, ' ');
  if (typeof text === 'string') expect(joined).toContain(text);
  else expect(joined).toMatch(text);
});

test('an address in a title is hidden with the others', async () => {
  const app = await commands({ ...sharing(), offers: [offerOf({ title: 'from-10.1.2.3.pcap' })] });
  await app.keys('P');
  await app.sees((frame) => !frame.includes('10.1.2.3'));
});
