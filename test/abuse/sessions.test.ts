// Session files from anywhere, damaged or made to harm: a replay skips what is no event, draws what is safe, and
// neither crashes, stalls nor grows.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPty, ptyUnavailable } from '../pty/harness.ts';
import { cliPath, parseLines, runCli, temporaryDirectory } from '../support/cli.ts';
import { evilTexts, unprintable } from './datagrams.ts';
import { own } from './own-escapes.ts';
import { heartbeat, openingOf, sessionOf } from './session-files.ts';

const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const sound = [heartbeat(0), heartbeat(1)].map((event) => JSON.stringify(event));
const withField = (field: string, json: string) =>
  JSON.stringify({ ...heartbeat(2), [field]: '@' }).replace('"@"', json);

/** Lines between two sound events; none of them is an event. */
const garbage: Record<string, string[]> = {
  'other JSON': [
    '1',
    'null',
    'true',
    '"text"',
    '[]',
    '{}',
    '[{}]',
    '{"type":"received"}',
    '{"type":"nothing"}',
  ],
  'no JSON': ['}', '{', ']', ',', 'x'.repeat(1000), '\u0000\u0000', '{"type":"received",', '// no'],
  'depth bombs': [deep(100_000), `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`, '['.repeat(200_000)],
  'a depth bomb in an event': [withField('hears', deep(100_000)), withField('text', deep(100_000))],
  'huge lines': [
    'x'.repeat(3_000_000),
    `"${'y'.repeat(1_000_000)}"`,
    withField('text', `"${'z'.repeat(300_000)}"`),
  ],
  'wrong types': ['at', 'group', 'address', 'port', 'bytes', 'kind', 'id', 'name', 'seq', 'hears', 'every']
    .flatMap((field) =>
      ['null', '{}', '[]', 'true', '-1', '1e999', '"\\ud800"'].map((json) => withField(field, json)),
    )
    .filter((line) => !/"(group|address|id|name)":"|"hears":\[\]/.test(line)),
  'a hundred thousand lines of nothing': Array(100_000).fill('null'),
};

function written(text: string): string {
  const path = join(temporaryDirectory(), 'session.json');
  writeFileSync(path, text);
  return path;
}

test.each(Object.entries(garbage))('%s between two events are passed over', async (_, lines) => {
  const path = written(sessionOf([sound[0]!, ...lines, sound[1]!]));
  const json = await runCli(['replay', path, '--json']);
  expect(json).toMatchObject({ code: 0, err: '' });
  expect(parseLines(json.out)).toEqual([heartbeat(0), heartbeat(1)]);
});

test.each([
  ['nothing at all', ''],
  ['no session', '{"a":1}\n'],
  ['a header of the wrong types', '{"mcast-tui":"1","name":[],\n"events":[\n\n]}\n'],
  ['a huge header', `{"mcast-tui":1,"x":"${'x'.repeat(5_000_000)}",\n"events":[\n\n]}\n`],
  ['a header that does not end', `{"mcast-tui":1,"x":${'['.repeat(100_000)},\n"events":[\n\n]}\n`],
  ['zeros', '\0'.repeat(100_000)],
])('a file with %s is told of in a sentence, and left as it is', async (_, text) => {
  const path = written(text);
  const { code, out, err } = await runCli(['replay', path, '--json']);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^mcast-tui: .*session.*\n$/);
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('what is deep in a header is no matter', async () => {
  const path = written(`{"mcast-tui":1,"x":${deep(100_000)},\n"events":[\n${sound[0]}\n]}\n`);
  const { code, out } = await runCli(['replay', path, '--json']);
  expect({ code, events: parseLines(out) }).toEqual({ code: 0, events: [heartbeat(0)] });
});

/** Every place of a file in which a text can be. */
function evilSession(): string {
  const events = evilTexts.toReversed().flatMap((text, n) => [
    { ...heartbeat(n), id: `id${n}`, name: text, group: text, address: text },
    { ...heartbeat(n), id: `id${n}`, kind: 'chat', text },
    { ...heartbeat(n), kind: 'malformed', reason: text, hex: text },
    { ...heartbeat(n), kind: 'binary', unknown: text, hex: text },
    { type: 'warning', at: heartbeat(n).at, code: text, facts: { [text]: text }, text },
    { type: 'warning', at: heartbeat(n).at, code: 'no-route', facts: { group: text, code: text }, text },
    { type: 'joined', at: heartbeat(n).at, group: text, interface: text, address: text, ttl: 1 },
    { type: 'left', at: heartbeat(n).at, group: text, reason: text },
    {
      type: 'peer',
      at: heartbeat(n).at,
      group: text,
      id: `id${n}`,
      name: text,
      address: text,
      state: 'alive',
      reason: 'heard',
    },
    { type: 'stopped', at: heartbeat(n).at, reason: text, totals: { [text]: 1 } },
  ]);
  const [first] = evilTexts;
  const groups = evilTexts.map((text) => ({ group: text, interface: text, address: text, ttl: 1 }));
  return sessionOf(
    events.map((event) => JSON.stringify(event)),
    { name: first, host: evilTexts[1], version: evilTexts[2], id: evilTexts[3], groups },
  );
}

test.skipIf(process.platform === 'win32')('no text of a file reaches an output as it is', async () => {
  const dataDir = temporaryDirectory();
  mkdirSync(join(dataDir, 'sessions'));
  writeFileSync(join(dataDir, 'sessions', `\x1b]0;owned\x07\u202e.json`), evilSession());
  for (const args of [
    ['replay'],
    ['replay', '--json'],
    ['replay', '--lang', 'es'],
    ['sessions'],
    ['sessions', '--json'],
    ['sessions', 'show', '1'],
    ['replay', '\x1b]0;owned\x07'],
  ]) {
    const { code, out, err } = await runCli([...args, '--data-dir', dataDir]);
    expect({ args, code }).toEqual({ args, code: 0 });
    expect([...(out + err)].filter((char) => unprintable.test(char))).toEqual([]);
    expect(out).not.toBe('');
  }
  expect(readdirSync(join(dataDir, 'sessions'))).toHaveLength(1);
});

test('a damaged session is listed as such and no other suffers', async () => {
  const dataDir = temporaryDirectory();
  mkdirSync(join(dataDir, 'sessions'));
  const put = (name: string, text: string) => writeFileSync(join(dataDir, 'sessions', name), text);
  put('a.json', sessionOf(sound));
  put('b.json', openingOf().slice(0, 40));
  put('c.json', sessionOf([deep(100_000)]));
  put('d.json', `${openingOf()}${sound[0]},\n${sound[1]!.slice(0, 50)}`);
  const { code, out } = await runCli(['sessions', '--json', '--data-dir', dataDir]);
  expect(code).toBe(0);
  const listed = JSON.parse(out) as { file: string; state: string; events: number }[];
  expect(Object.fromEntries(listed.map(({ file, state }) => [file, state]))).toEqual({
    'a.json': 'interrupted',
    'b.json': 'damaged',
    'c.json': 'interrupted',
    'd.json': 'interrupted',
  });
  expect(listed.find(({ file }) => file === 'd.json')?.events).toBe(1);
});

describe.skipIf(ptyUnavailable())(`on a pseudo-terminal ${ptyUnavailable() ?? ''}`, () => {
  test('the screen of a hostile replay is drawn, moves on, and ends', async () => {
    const lines = Object.values(garbage).flat().slice(0, 20_000);
    const many = Array.from({ length: 20_000 }, (_, n) =>
      JSON.stringify({
        type: 'joined',
        at: heartbeat(n).at,
        group: `g${n}`,
        interface: 'i',
        address: 'a',
        ttl: 1,
      }),
    );
    const evil = evilSession()
      .split('\n')
      .slice(2, -2)
      .map((line) => line.replace(/,$/, ''));
    const path = written(sessionOf([...lines, ...many, ...evil]));
    const pty = await openPty({
      argv: [process.execPath, cliPath, 'replay', path, '--data-dir', temporaryDirectory()],
    });
    try {
      await pty.waitForText('REPLAY');
      // To the end, and every pane and view on the way.
      for (const key of ['\x1b[F', '1', '2', '\r', '\r', 'm', 'm', '3', '?', '?']) {
        pty.type(key);
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
      await pty.waitForText('␛');
      pty.type('q');
      expect(await pty.exit).toBe(0);
      const shown = pty.raw.replace(own, '').replaceAll(/[\r\n]/g, '');
      expect([...shown].filter((char) => unprintable.test(char))).toEqual([]);
    } finally {
      await pty.close();
    }
  });
});
