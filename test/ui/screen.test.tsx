// Whole frames at each breakpoint, kept as text files beside this one so that a change can be looked at.
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import type { Snapshot } from '../../source/core/snapshot.ts';
import { staged, told } from './support/opened.ts';
import {
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
import { offerOf, receiverOf, sharing, transferOf } from './support/sharing.ts';
import type { StageOptions, stage } from './support/stage.tsx';

async function show(columns: number, rows: number, snapshot: Snapshot, options: StageOptions = {}) {
  const app = told(columns, rows, snapshot, options);
  await app.sees((frame) => frame !== '' && !frame.includes('starting…') && !frame.includes('iniciando…'));
  return app;
}

/** Rows as many as the terminal has, none wider, and every pane closed exactly at the right edge. */
function expectWhole({ lines }: ReturnType<typeof stage>, columns: number, rows: number) {
  expect(lines()).toHaveLength(rows);
  for (const line of lines()) {
    expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    if (/^[╭│╰+|]/.test(line)) expect(stringWidth(line), line).toBe(columns);
  }
}

test.each([
  [120, 40],
  [100, 30],
  [80, 24],
  [79, 19],
  [40, 10],
  [39, 9],
])('a classroom at %ix%i', async (columns, rows) => {
  const app = await show(columns, rows, classroom());
  expectWhole(app, columns, rows);
  await expect(`${app.frame()}\n`).toMatchFileSnapshot(`frames/classroom-${columns}x${rows}.txt`);
});

test.each([
  [120, 40],
  [80, 24],
])('a replay at %ix%i has a player, a banner and no compose line', async (columns, rows) => {
  const app = await show(
    columns,
    rows,
    { ...classroom(), recording: undefined, player: playing() },
    { replay: true },
  );
  expectWhole(app, columns, rows);
  expect(app.frame()).toContain('REPLAY');
  expect(app.frame()).toContain('00:01:23 / 00:05:00');
  expect(app.frame()).not.toContain('❯');
  await expect(`${app.frame()}\n`).toMatchFileSnapshot(`frames/replay-${columns}x${rows}.txt`);
});

test.each([
  [120, 40],
  [100, 30],
  [80, 24],
])('files shared, received and offered at %ix%i', async (columns, rows) => {
  const app = await show(columns, rows, sharing());
  expectWhole(app, columns, rows);
  for (const word of ['4 Files', 'offers', '/accept', 'repairing', 'slides.pdf']) {
    expect(app.frame()).toContain(word);
  }
  await expect(`${app.frame()}\n`).toMatchFileSnapshot(`frames/files-${columns}x${rows}.txt`);
});

test.each([
  [79, 19],
  [40, 10],
])('files at %ix%i have a tab of their own', async (columns, rows) => {
  const app = await show(columns, rows, sharing());
  expect(app.frame()).toContain('OFFER');
  await app.escape();
  await app.keys('4');
  await app.sees('[4 Files]');
  expectWhole(app, columns, rows);
  await expect(`${app.frame()}\n`).toMatchFileSnapshot(`frames/files-${columns}x${rows}.txt`);
});

test.each([
  [120, 40],
  [40, 10],
])('files in Spanish, with ASCII signs and without colours, at %ix%i', async (columns, rows) => {
  const app = await show(columns, rows, sharing(), { lang: 'es', ascii: true });
  await app.escape();
  await app.keys('4');
  await app.sees('4 Ficheros');
  expectWhole(app, columns, rows);
  expect(app.frame().replace(/[áéíóúñ¿¡Á]/g, '')).toMatch(/^[\n -~]*$/);
  await expect(`${app.frame()}\n`).toMatchFileSnapshot(`frames/files-es-ascii-${columns}x${rows}.txt`);
});

test('in Spanish, with ASCII signs, two groups and everything that can be wrong', async () => {
  const wrong: Snapshot = {
    ...classroom(),
    groups: [groupOf(group), { ...groupOf(otherGroup), joined: false }],
    isolatedSince: noon - 7000,
    recording: { stopped: 'disk-full' },
    lag: 420,
    totals: { ...classroom().totals, kernelDrops: 1200 },
  };
  wrong.peers.push(peerOf('gina', { group: otherGroup, address: 'fe80::1', port: 5000 }));
  const app = await show(120, 40, wrong, { lang: 'es', ascii: true });
  expectWhole(app, 120, 40);
  expect(app.frame()).toMatch(/AISLADO hace 7 s/);
  expect(app.frame().replace(/[áéíóúñ¿¡Á]/g, '')).toMatch(/^[\n -~]*$/);
  await expect(`${app.frame()}\n`).toMatchFileSnapshot('frames/wrong-es-ascii-120x40.txt');
});

test.each([
  ['nobody was ever heard', { heardAt: undefined }, 'Nothing heard from anyone in 12m34'],
  ['all have fallen silent', { heardAt: noon - 30_000 }, 'Nothing heard for 30s'],
  [
    'the others have left',
    { heardAt: noon - 30_000, peerCount: { alive: 0, suspect: 0, dead: 0, gone: 2 } },
    'Alone in the group for 30s',
  ],
])('a quiet group explains itself: %s', async (_, part, headline) => {
  const app = await show(120, 40, snapshotOf({ fresh: true, ...part }));
  expect(app.frame()).toContain(headline);
  for (const tip of ['another node', '239.255.0.1:50000?', 'eth1 (10.0.0.5)', '50000 or IGMP', '--ttl 2']) {
    expect(app.frame()).toContain(tip);
  }
});

test('a group that was just joined is given time before it is called quiet', async () => {
  const app = await show(120, 40, snapshotOf({ fresh: true, startedAt: noon - 2000, heardAt: undefined }));
  expect(app.frame()).not.toContain('Nothing heard');
  expect(app.frame()).toContain('no peers yet');
});

const hostile = [
  '漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字',
  '👩‍👩‍👧👨‍👩‍👧‍👦🇪🇸🇲🇽❤️👍🏽 ok',
  'e\u0301\u0301\u0301 \u0301 x\u0300',
  'ﾊﾞﾋﾞﾌﾞ ｶﾞｷﾞ',
  'क्षि त्र ज्ञ',
  'مرحبا بالعالم',
  '\u0600\u0d4e 1',
  'a'.repeat(2000),
  '',
];

test.each([
  [120, 40],
  [80, 24],
  [40, 10],
])('no text from the network moves anything at %ix%i', async (columns, rows) => {
  const snapshot = snapshotOf({
    fresh: true,
    peerCount: { alive: hostile.length, suspect: 0, dead: 0, gone: 0 },
    self: { id: '9f2c61d07ab34e15', name: hostile[1]!, version: '0.1.0' },
    peers: hostile.map((name, i) => peerOf(name, { key: String(i), address: `10.0.0.${i}` })),
    chat: hostile.map((text, n) => chatOf(hostile[(n + 1) % hostile.length]!, text, { n, own: n % 3 === 0 })),
    deliveries: hostile.map((_, n) => ({ n, delivered: n, of: 9, acks: 0 })),
    offers: hostile.map((title, i) =>
      offerOf({ share: `o${i}`, title, from: hostile[(i + 1) % hostile.length]! }),
    ),
    transfers: hostile.map((title, i) =>
      transferOf({ share: `t${i}`, title, receivers: hostile.map((name, n) => receiverOf(n, name)) }),
    ),
  });
  const app = await show(columns, rows, snapshot);
  expectWhole(app, columns, rows);
  await app.escape();
  await app.keys('4');
  await app.sees(/4 Files/);
  expectWhole(app, columns, rows);
  await app.keys('2\r');
  await app.sees(columns >= 80 ? 'waiting for the detail' : '─ Peer ─');
  expectWhole(app, columns, rows);
});

test('without colours there are none, and nothing is told by colour alone', async () => {
  const app = await show(120, 40, classroom(), { palette: 'mono' });
  const codes = app
    .frame()
    .split('\x1b[')
    .slice(1)
    .map((part) => Number.parseInt(part, 10));
  expect(codes.length).toBeGreaterThan(0);
  expect(
    codes.filter((code) => (code >= 30 && code <= 49 && code !== 39 && code !== 49) || code >= 90),
  ).toEqual([]);
  for (const word of ['alive', 'suspect', 'gone']) expect(app.frame()).toContain(word);
});

test('colour changes no width', async () => {
  const [plain, colour] = [
    await show(120, 40, classroom()),
    await show(120, 40, classroom(), { palette: 'colour' }),
  ];
  const bare = stripVTControlCharacters(colour.frame());
  expect(bare.split('\n').map((line) => line.trimEnd())).toEqual(plain.lines());
});

test('a resize lays everything out anew', async () => {
  const app = await show(120, 40, classroom());
  app.resize({ columns: 80, rows: 24 });
  await app.sees(() => app.lines().length === 24 && app.width() === 80);
  expectWhole(app, 80, 24);
  app.resize({ columns: 30, rows: 5 });
  await app.sees('30x5, needs 40x10');
  app.resize({ columns: 120, rows: 40 });
  await app.sees(() => app.lines().length === 40);
  expectWhole(app, 120, 40);
});

test('before the first snapshot it says that it is starting', async () => {
  const app = staged(80, 24);
  await app.sees('starting…');
  expect(app.lines()).toHaveLength(24);
});
