import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { commandNames } from '../../source/commands/roster.ts';
import { changeSettings } from '../../source/session/catalogue.ts';
import { cataloguePath } from '../../source/session/paths.ts';
import { cliPath, runCli, temporaryDirectory } from '../support/cli.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** One or two sentences on standard error, nothing else, and no stack trace. */
function expectPlain(err: string): void {
  expect(err).toMatch(/^mcast-tui: .+\n$/);
  expect(err).not.toMatch(/\n.+\n|\bat .+:\d+:\d+/);
}

test.each(['--version', '-v'])('%s tells the version', async (flag) => {
  expect(await runCli([flag])).toMatchObject({ code: 0, out: `${version}\n`, err: '' });
});

test.each([[['--help']], [['-h']], [['help']]])('%j tells of every command', async (args) => {
  const { code, out, err } = await runCli(args);
  expect([code, err]).toEqual([0, '']);
  for (const name of commandNames) expect(out).toContain(`  ${name} `);
});

test.each(commandNames)('%s --help and help %s say the same', async (name) => {
  const [flag, word] = await Promise.all([runCli([name, '--help']), runCli(['help', name])]);
  expect(flag.code).toBe(0);
  expect(flag.out).toContain(`Usage: mcast-tui ${name}`);
  expect(word.out).toBe(flag.out);
});

test('help speaks Spanish when asked, by flag or by locale', async () => {
  const [flag, locale] = await Promise.all([
    runCli(['listen', '--help', '--lang', 'es']),
    runCli(['listen', '--help'], '', { LANG: 'es_ES.UTF-8' }),
  ]);
  expect(flag.out).toContain('Uso: mcast-tui listen');
  expect(locale.out).toBe(flag.out);
});

test.each([
  [['lisen'], 'There is no command "lisen". Did you mean "listen"?'],
  [['frobnicate'], 'There is no command "frobnicate".'],
  [['listen', '--grup', 'x'], 'There is no flag --grup. Did you mean --group?'],
  [['listen', '-x'], 'There is no flag -x.'],
  [['listen', '--expect', '3'], '--expect is not a flag of "listen".'],
  [['listen', '--ttl'], '--ttl needs a value.'],
  [['listen', '--ttl', 'abc'], '--ttl is "abc", but it must be a whole number from 0 to 255.'],
  [['listen', '--count', '0'], '--count is "0"'],
  [['listen', '--lang', 'fr'], '--lang is "fr", but it can only be: en, es.'],
  [['listen', 'here'], '"listen" does not know what to do with "here".'],
  [['listen', '-g', '10.0.0.1:5000'], '10.0.0.1 is not a multicast address.'],
  [['listen', '-g', '239.255.0.1'], '"239.255.0.1" is not a group.'],
  [['listen', '-g', '239.255.0.1:99999'], '"99999" is not a port.'],
  [['listen', '--source', 'ana'], '"ana" cannot be the source of'],
  [['send', '--source', '::1', 'hi'], '"::1" cannot be the source of'],
  [['listen', '-i', 'nowhere9'], 'no interface or address nowhere9'],
  [['send', '-i', 'nowhere9', 'hi'], 'no interface or address nowhere9'],
  [['send', ''], 'There is no text to send'],
  [['completion'], 'Say which shell'],
  [['completion', 'tcsh'], 'Say which shell'],
  [['sessions', 'fly'], '"fly" is nothing that can be done with sessions.'],
  [['sessions', 'prune'], 'Say what may go'],
  [['sessions', 'remove'], 'Say which session'],
  [['sessions', 'show', '99'], 'There is no session 99.'],
  [['replay'], 'There is no session to replay yet.'],
  [['replay', 'nowhere.json'], 'There is no session nowhere.json.'],
])('%j is wrong usage: %s', async (args, sentence) => {
  const { code, out, err } = await runCli(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(sentence);
  expectPlain(err);
});

test('a mistake is told in the language that the arguments ask for', async () => {
  const { code, err } = await runCli(['--lang', 'es', 'listen', '--ttl', 'x']);
  expect(code).toBe(2);
  expect(err).toContain('--ttl es "x", pero debe ser un número entero entre 0 y 255.');
});

test('what was typed cannot act on the terminal when it is quoted', async () => {
  for (const args of [
    ['\x1b]0;x\x07'],
    ['listen', '\x1b[2J'],
    ['listen', '--ttl', '\u009b2J'],
    ['--\x1b[2J'],
  ]) {
    const { code, err } = await runCli(args);
    expect(code).toBe(2);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
    expect(err).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
  }
});

test('a wrong variable and a wrong setting are told by their names', async () => {
  const variable = await runCli(['listen'], '', { MCAST_WORKERS: 'many' });
  expect(variable).toMatchObject({ code: 2, err: expect.stringContaining('MCAST_WORKERS is "many"') });
  expectPlain(variable.err);

  const dataDir = await withSettings({ ttl: 'far' });
  const setting = await runCli(['listen', '--data-dir', dataDir]);
  expect(setting).toMatchObject({ code: 2, err: expect.stringContaining('settings: ttl is "far"') });
});

test('the settings file speaks where neither flag nor variable does', async () => {
  const dataDir = await withSettings({ ttl: 'three' });
  const told = async (args: string[], env = {}) =>
    (await runCli(['listen', '--data-dir', dataDir, ...args], '', env)).err;
  expect(await told([])).toContain('settings: ttl is "three"');
  expect(await told([], { MCAST_TTL: 'two' })).toContain('MCAST_TTL is "two"');
  expect(await told(['--ttl', 'one'], { MCAST_TTL: 'two' })).toContain('--ttl is "one"');
});

test('a damaged settings file is told of and does not stop a command', async () => {
  const dataDir = await withSettings({});
  writeFileSync(cataloguePath(dataDir), '{"half');
  const { code, err } = await runCli(['sessions', '--data-dir', dataDir]);
  expect(code).toBe(0);
  expectPlain(err);
});

test('without a terminal mcast-tui alone listens', async () => {
  const { code, out } = await runCli(['--duration', '0.2', '--no-record', '--json']);
  expect(code).toBe(0);
  const types = out
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { type: string }).type);
  expect([types[0], types[1], types.at(-1)]).toEqual(['started', 'joined', 'stopped']);
});

test('no command but those with a screen loads React', () => {
  const dist = dirname(cliPath);
  const loaded = new Set<string>();
  const follow = (file: string) => {
    if (loaded.has(file)) return;
    loaded.add(file);
    const code = readFileSync(join(dist, file), 'utf8');
    for (const [, next] of code.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)) follow(next!);
  };
  follow('cli.js');
  const code = [...loaded].map((file) => readFileSync(join(dist, file), 'utf8')).join('\n');
  // A symbol that every React element carries.
  const react = 'react.transitional.element';
  expect(readdirSync(dist).some((file) => readFileSync(join(dist, file), 'utf8').includes(react))).toBe(true);
  expect(code).not.toContain(react);
});

/** The file that a first run would write, with settings added by hand. */
async function withSettings(settings: Record<string, unknown>): Promise<string> {
  const dataDir = temporaryDirectory();
  await changeSettings(dataDir, (held) => void Object.assign(held, settings));
  return dataDir;
}
