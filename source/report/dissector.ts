// The Wireshark dissector, a file of its own beside the program, and where Wireshark looks for such files.
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../core/fault.ts';
import { codeOf } from '../session/disk.ts';

const fileName = 'mcast-tui.lua';

/** The Lua source. It lies beside the bundle, or beside this file when the TypeScript sources run as they are. */
export function dissectorSource(): Promise<string> {
  return readFile(new URL(`./${fileName}`, import.meta.url), 'utf8');
}

/** Puts it where Wireshark looks, and returns its path. Rejects with Fault `file-not-written` {path, reason}. */
export async function installDissector(env: Record<string, string | undefined>): Promise<string> {
  const folder = (await toldFolder(env)) ?? usualFolder(env);
  const path = join(folder, fileName);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(path, await dissectorSource());
  } catch (error) {
    throw new Fault('file-not-written', { path, reason: codeOf(error) });
  }
  return path;
}

/** As an installed Wireshark says it; undefined where there is none. */
function toldFolder(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('tshark', ['-G', 'folders'], { env, timeout: 10_000 }, (_error, out) => {
      const found =
        /^Personal Lua Plugins:\s*(\S.*)$/m.exec(out) ?? /^Personal Plugins:\s*(\S.*)$/m.exec(out);
      resolve(found?.[1]?.trim());
    });
  });
}

/** Wireshark User's Guide, "Plugin folders". */
function usualFolder(env: NodeJS.ProcessEnv): string {
  return process.platform === 'win32'
    ? join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Wireshark', 'plugins')
    : join(env.HOME ?? homedir(), '.local', 'lib', 'wireshark', 'plugins');
}
