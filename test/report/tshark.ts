// Runs tshark, the judge of the files and the dissector of this folder.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const { status: there, stdout: about } = spawnSync('tshark', ['--version'], { encoding: 'utf8' });

/** Why tests with it are skipped; undefined where it is installed. */
export const noTshark: string | undefined = there === 0 ? undefined : 'tshark is not installed';

const [, major = '0', minor = '0'] = /^TShark.* (\d+)\.(\d+)\./m.exec(about ?? '') ?? [];
const isFrom44 = Number(major) > 4 || (Number(major) === 4 && Number(minor) >= 4);
/** Wireshark 4.4 and newer take no script from root, so root steps down to nobody; see `readable`. */
const stepsDown = process.getuid?.() === 0 && isFrom44;
const nobody = 65_534;

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
  const script = lua === '' ? [] : ['-X', `lua_script:${readable(lua)}`];
  const { HOME = stepsDown ? folder() : process.env.HOME } = env;
  if (stepsDown) chmodSync(HOME!, 0o755);
  const { stdout, stderr, status } = spawnSync('tshark', [...script, '-n', '-r', readable(path), ...args], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    // Times as they are in the file.
    env: { ...process.env, TZ: 'UTC', ...env, HOME },
    ...(stepsDown ? { uid: nobody, gid: nobody } : {}),
  });
  if (status !== 0) throw new Error(`tshark: ${stderr}`);
  return { out: stdout, err: stderr };
}

/** A copy that anybody may read, where root steps down; else the file itself. */
function readable(path: string): string {
  if (!stepsDown) return path;
  const place = folder();
  const copy = join(place, basename(path));
  copyFileSync(path, copy);
  chmodSync(copy, 0o644);
  chmodSync(place, 0o755);
  return copy;
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
  // From 4.4 on a backslash in a value is written as two.
  return (isFrom44 ? out.replaceAll('\\\\', '\\') : out)
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));
}

export const capinfos = (path: string): string => execFileSync('capinfos', [path], { encoding: 'utf8' });
