import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pcapOf, received } from '../report/datagrams.ts';
import { dissector, fileOf, noTshark, tshark } from '../report/tshark.ts';
import { runCli, temporaryDirectory } from '../support/cli.ts';

const source = readFileSync(dissector, 'utf8');

test('it is printed as it is, and written where it is asked for', async () => {
  expect(await runCli(['dissector'])).toMatchObject({ code: 0, out: source, err: '' });
  const out = join(temporaryDirectory(), 'mine.lua');
  expect(await runCli(['dissector', '--out', out])).toMatchObject({ code: 0, err: '' });
  expect(readFileSync(out, 'utf8')).toBe(source);
});

test('it is installed where Wireshark looks for it', async () => {
  const HOME = temporaryDirectory();
  const { code, out, err } = await runCli(['dissector', '--install', '--json'], '', { HOME });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const { path } = JSON.parse(out) as { path: string };
  expect(path.startsWith(HOME)).toBe(true);
  expect(path).toMatch(/plugins[/\\]mcast-tui\.lua$/);
  expect(readFileSync(path, 'utf8')).toBe(source);
  if (noTshark) return;
  // Also as root, where that Wireshark takes scripts from root.
  const chat = Buffer.from('{"mcast":1,"kind":"bye","id":"00000000000000aa","name":"ana","seq":1,"at":1}');
  const file = fileOf(pcapOf([received(chat, 1)]).bytes);
  expect(tshark(file, [], { lua: '', env: { HOME } }).out).toContain('bye 1 from ana');
});

test('a folder that cannot be made is told of', async () => {
  const { code, err } = await runCli(['dissector', '--install', '--lang', 'en'], '', { HOME: '/dev/null' });
  expect(code).toBe(2);
  expect(err).toMatch(/\/dev\/null.* could not be written \(ENOTDIR\)/);
});
