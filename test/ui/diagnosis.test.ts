// What is wrong, as a person meets it: a line in the header, the panel, the verdict in the quiet pane, the commands.
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import type { Diagnosed, Snapshot } from '../../source/core/snapshot.ts';
import { diagnosisRows } from '../../source/ui/diagnosis-sheet.ts';
import { widthOf } from '../../source/ui/fit.ts';
import { lookOf } from '../../source/ui/look.ts';
import { told } from './support/opened.ts';
import {
  checksOf,
  classroom,
  group,
  groupOf,
  noon,
  otherGroup,
  playing,
  snapshotOf,
} from './support/scenario.ts';
import type { StageOptions } from './support/stage.tsx';

/** A silence that a firewall is behind, and a burst that was too much. */
const silence: Diagnosed = {
  at: noon - 3000,
  since: noon - 6000,
  group,
  id: 'live.silence',
  status: 'fail',
  code: 'explained',
  facts: { check: 'firewall.in', because: 'rule', by: 'inet lab in', group: '239.255.0.1', port: 50_000 },
  text: 'English',
  evidence: 'firewall.in: inet lab in: udp dport 50000 drop',
  link: 'https://datatracker.ietf.org/doc/html/rfc1112#section-6.1',
};
const drops: Diagnosed = {
  at: noon - 1000,
  since: noon - 1000,
  group,
  id: 'live.drops',
  status: 'warn',
  code: 'small-buffer',
  facts: { count: 1944, granted: 65_536, asked: 4_194_304 },
  text: 'English',
  evidence: 'drops of the socket grew by 1944',
};
const mended: Diagnosed = {
  at: noon - 9000,
  since: noon - 9000,
  group,
  id: 'live.one-way',
  status: 'ok',
  code: 'both',
  facts: {},
  text: 'English',
};

const wrong = (part: Partial<Snapshot> = {}): Snapshot =>
  snapshotOf({
    fresh: true,
    heardAt: undefined,
    doctor: {},
    diagnoses: [mended, drops, silence, ...checksOf(group)],
    totals: { ...snapshotOf().totals, kernelDrops: 1944 },
    ...part,
  });

async function open(snapshot: Snapshot, columns = 120, rows = 40, options: StageOptions = {}) {
  const app = told(columns, rows, snapshot, options);
  await app.sees((frame) => frame !== '' && !/starting…|iniciando…/.test(frame));
  return app;
}

/** Out of the compose line, into the panel. */
async function panel(...given: Parameters<typeof open>) {
  const app = await open(...given);
  if (!given[3]?.replay) await app.escape();
  await app.keys('D');
  await app.sees(/Diagn[oó]s/);
  return app;
}

test.each([
  [120, 40],
  [100, 30],
  [80, 24],
  [79, 19],
  [40, 10],
])('the header tells of the worst, and the panel of all, at %ix%i', async (columns, rows) => {
  const app = await open(wrong(), columns, rows);
  expect(app.frame()).toMatch(/nothing heard|Nothing is heard|! \/doctor/);
  if (columns > 40) expect(app.frame()).toContain('/doctor');
  await app.escape();
  await app.keys('D');
  await app.sees('Diagnosis');
  expect(app.lines()).toHaveLength(rows);
  for (const line of app.lines()) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
  await expect(`${app.frame()}\n`).toMatchFileSnapshot(`frames/diagnosis-${columns}x${rows}.txt`);
});

test('in Spanish, with ASCII signs', async () => {
  const app = await panel(wrong(), 120, 40, { lang: 'es', ascii: true });
  expect(app.frame()).toContain('No se oye nada de otros.');
  expect(app.frame().replace(/[áéíóúñ¿¡Á]/g, '')).toMatch(/^[\n -~]*$/);
  await expect(`${app.frame()}\n`).toMatchFileSnapshot('frames/diagnosis-es-ascii-120x40.txt');
});

test('what is diagnosed is not told twice in the header', async () => {
  const app = await open(wrong({ isolatedSince: noon - 7000 }));
  expect(app.frame()).not.toContain('CUT OFF');
  expect(app.frame()).not.toContain('kernel dropped 1.94k');
  const well = await open({ ...wrong({ isolatedSince: noon - 7000 }), diagnoses: [] });
  expect(well.frame()).toContain('CUT OFF');
  expect(well.frame()).toContain('kernel dropped 1.94k');
});

test('in place of tips the pane of peers has the verdict and its remedy', async () => {
  const app = await open(wrong());
  expect(app.frame()).toContain('A rule of the local firewall drops the group');
  expect(app.frame()).toContain('ufw allow in proto udp to 239.255.0.1');
  expect(app.frame()).not.toContain('What to try');
});

test('the panel scrolls to the last check', async () => {
  const app = await panel(wrong(), 80, 24);
  expect(app.frame()).not.toContain('The TTL is enough');
  await app.keys('G');
  await app.sees('The TTL is enough');
});

test.each([
  ['/doctor', 'examine'],
  ['/diagnostico', 'examine'],
])('%s opens the panel and has the host checked', async (line) => {
  const app = await open(wrong({ diagnoses: [] }));
  await app.keys(`${line}\r`);
  await app.sees('was not checked yet');
  expect(app.feed.commands).toContainEqual({ do: 'examine' });
  app.feed.tell(snapshotOf({ doctor: { since: noon } }));
  await app.sees('Checking this host');
  app.feed.tell(snapshotOf({ doctor: {}, diagnoses: checksOf(group) }));
  await app.sees('Checks of this host for 239.255.0.1:50000');
  expect(app.frame()).not.toContain('Checking this host');
});

test('e in the panel has it checked, r reports the membership anew', async () => {
  const app = await panel(wrong());
  await app.keys('e');
  await app.keys('r');
  await app.sees('The membership was reported anew, and will be every 60 s.');
  expect(app.feed.commands).toEqual([{ do: 'examine' }, { do: 'refresh', every: 60_000 }]);
});

test.each([
  ['/refresh', 60_000],
  ['/refresh 30', 30_000],
  ['/refrescar 5', 5000],
])('%s on the compose line', async (line, every) => {
  const app = await open(wrong());
  await app.keys(`${line}\r`);
  await app.sees('The membership was reported anew');
  expect(app.feed.commands).toEqual([{ do: 'refresh', every }]);
});

test('/refresh with what is no time says so, and nothing is done', async () => {
  const app = await open(wrong());
  await app.keys('/refresh soon\r');
  await app.sees('"soon" is no number of seconds');
  expect(app.feed.commands).toEqual([]);
});

test('a demonstration says that it cannot check a host', async () => {
  const { doctor: _, ...demo } = wrong({ diagnoses: [] });
  const app = await open(demo);
  await app.keys('/doctor\r');
  await app.sees('The demonstration cannot check a host: run mcast-tui doctor.');
  expect(app.feed.commands).toEqual([]);
});

test('a replay shows what was found then, and says that it can check nothing now', async () => {
  const { doctor: _, ...then } = wrong({ player: playing(), recording: undefined });
  const app = await panel(then, 120, 40, { replay: true });
  expect(app.frame()).toContain('A replay cannot check a host');
  expect(app.frame()).toContain('FAIL firewall.in');
  await app.keys('e');
  await app.keys('r');
  await app.sees('A replay has no membership to report.');
  expect(app.feed.commands).toEqual([]);
});

test('with several groups each finding names its own, and one group shows its own only', async () => {
  const groups = [groupOf(group), groupOf(otherGroup)];
  const app = await panel(wrong({ groups, diagnoses: [silence, { ...drops, group: otherGroup }] }));
  expect(app.frame()).toMatch(/FAIL live\.silence.*239\.255\.0\.1:50000/);
  expect(app.frame()).toMatch(/WARN live\.drops.*224\.1\.1\.1:10000/);
  await app.escape();
  await app.keys('o');
  await app.sees('Only 239.255.0.1:50000');
  await app.keys('D');
  await app.sees('live.silence');
  expect(app.frame()).not.toContain('live.drops');
});

test('addresses are hidden with the others', async () => {
  const app = await panel(wrong());
  await app.keys('P');
  await app.sees('addresses hidden');
  expect(app.frame()).not.toContain('239.255.0.1');
});

test('the refresh that is on is told; where a switch may have forgotten this host, the key for it', () => {
  const look = lookOf('en', 'plain', true, false);
  const rows = (latest: Partial<Snapshot>, diagnoses: Diagnosed[]) =>
    diagnosisRows(
      {
        latest: { groups: [groupOf(group)], doctor: {}, ...latest },
        diagnoses,
        only: undefined,
        replay: false,
        look,
      },
      100,
    ).join('\n');
  expect(rows({ refreshEvery: 60_000 }, [])).toContain('The membership is reported anew every 60 s.');
  const snooping: Diagnosed = {
    ...silence,
    id: 'live.snooping',
    code: 'forgotten',
    facts: { count: 2, seconds: 260 },
  };
  expect(rows({}, [snooping])).toContain('r reports the membership anew');
  expect(rows({}, [silence])).not.toContain('reports the membership anew');
});

test.each([6, 20, 40, 81, 200])('no row of the panel is wider than %i columns', (width) => {
  const { diagnoses = [], groups } = wrong();
  const latest = { groups, doctor: { since: noon }, refreshEvery: 60_000 };
  for (const palette of ['plain', 'colour'] as const) {
    const look = lookOf('es', palette, false, false);
    for (const row of diagnosisRows({ latest, diagnoses, only: undefined, replay: false, look }, width)) {
      expect(widthOf(stripVTControlCharacters(row))).toBe(width);
    }
  }
});

test('a session of another version, or of anybody, stands as it was recorded', async () => {
  const strange: Diagnosed[] = ['__proto__', 'constructor', 'later.check'].map((id, i) => ({
    at: noon,
    since: noon,
    group,
    id,
    status: 'fail',
    code: 'toString',
    facts: { check: 'constructor', because: 'valueOf' },
    text: `sentence ${i}`,
    remedy: `remedy ${i}`,
  }));
  const app = await panel(wrong({ diagnoses: strange }));
  for (const text of ['sentence 0', 'remedy 1', 'sentence 2', 'later.check'])
    expect(app.frame()).toContain(text);
  expect((await open(classroom())).frame()).not.toContain('D why');
});
