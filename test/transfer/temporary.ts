// Folders for a test to write into, and what it needs to see of them.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that is gone after the test. `inMemory`: where files need no disk, if this system has that. */
export function temporary(inMemory = false): string {
  const place = inMemory && existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const folder = mkdtempSync(join(place, 'mcast-transfer-'));
  folders.push(folder);
  return folder;
}

/** Writes files by their paths in a folder. */
export async function plant(folder: string, files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** Paths and contents (Latin-1) of all files in a folder; an empty folder ends with `/`. */
export function tree(folder: string, at = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const item of readdirSync(join(folder, at), { withFileTypes: true })) {
    const path = join(at, item.name);
    if (item.isSymbolicLink()) found[path] = 'link';
    else if (!item.isDirectory()) found[path] = readFileSync(join(folder, path), 'latin1');
    else {
      const below = tree(folder, path);
      Object.assign(found, Object.keys(below).length > 0 ? below : { [`${path}/`]: '' });
    }
  }
  return found;
}

/** Bytes that are different everywhere and the same each time (Lehmer's generator). */
export function noise(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let at = 0; at < length; at++) {
    state = (state * 48_271) % 2_147_483_647;
    bytes[at] = state >>> 8;
  }
  return bytes;
}
