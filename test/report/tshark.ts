// Runs tshark, the judge of the files and the dissector of this folder.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** Why tests with it are skipped; undefined where it is installed. */
export const noTshark: string | undefined =
  spawnSync('tshark', ['--version']).status === 0 ? undefined : 'tshark is not installed';

export const dissector = fileURLToPath(new URL('../../source/report/mcast-tui.lua', import.meta.url));

export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'mcast-report-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export function fileOf(bytes: Uint8Array, name = 'a.pcapng'): string {
  const path = join(folder(), name);
  writeFileSync(path, bytes);
  return path;
}

/** Standard output and error of tshark on a file, with the dissector unless told. */
export function tshark(
  path: string,
  args: readonly string[],
  { lua = dissector, env = {} }: { lua?: string | undefined; env?: NodeJS.ProcessEnv } = {},
): { out: string; err: string } {
  const script = lua === '' ? [] : ['-X', `lua_script:${lua}`];
  const { stdout, stderr, status } = spawnSync('tshark', [...script, '-n', '-r', path, ...args], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    // Times as they are in the file.
    env: { ...process.env, TZ: 'UTC', ...env },
  });
  if (status !== 0) throw new Error(`tshark: ${stderr}`);
  return { out: stdout, err: stderr };
}

/** A row a packet, a column a field; several values of one field are joined by commas. */
export function fields(
  path: string,
  names: readonly string[],
  filter = '',
  more: readonly string[] = [],
): string[][] {
  const columns = names.flatMap((name) => ['-e', name]);
  const { out, err } = tshark(path, [
    '-T',
    'fields',
    '-E',
    'separator=/t',
    ...columns,
    '-Y',
    filter,
    ...more,
  ]);
  if (/Lua/i.test(err)) throw new Error(err);
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));
}

export const capinfos = (path: string): string => execFileSync('capinfos', [path], { encoding: 'utf8' });
