// Finds what a person wants to share: the files named and all in the folders named, with where each is on this disk.
import { createHash } from 'node:crypto';
import { accessSync, constants, lstatSync, type Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Fault } from '../core/fault.ts';
import { codeOf } from '../session/disk.ts';
import { inSlices } from './in-parallel.ts';
import { checkNames, type Entry, type Manifest, maxEntries } from './manifest.ts';
import { depthLimit, mendName, nameFlaw, titleLimit } from './safe-path.ts';

/** A file of this host as it was when the share was made: it must be the same while it is sent. */
export type Source = { path: string; size: number; mtimeMs: number; ctimeMs: number };

export type Listing = {
  manifest: Manifest;
  /** One for each file of the manifest, in the same order. */
  sources: Source[];
  /** Symbolic links below the paths named: not followed, not sent. */
  links: number;
  /** Sockets, pipes and devices: not sent. */
  special: number;
  /** Names that receivers could not use as they are: how many were changed, and the first of them. */
  mended: { count: number; examples: { from: string; to: string }[] };
};

type Found = { entry: Entry; source: Source };

const maxExamples = 10;

/**
 * Lists files and folders; a path that is a link itself is followed, for a person named it. Rejects with
 * Fault('file-failed') for what cannot be read, 'nothing-to-share', 'too-many-files', 'name-refused' (too deep or
 * too long), or 'bad-manifest' when two paths have the same name.
 */
export async function listFiles(paths: readonly string[], title?: string): Promise<Listing> {
  const walk = new Walk();
  const names: string[] = [];
  for (const path of paths) names.push(await walk.start(path));
  const { found, folders } = walk;
  if (names.length === 0) throw new Fault('nothing-to-share');

  // Folders list their files in no order; the same tree must have the same order, and so the same key, each time.
  found.sort((a, b) => (a.entry.path < b.entry.path ? -1 : 1));
  folders.sort();
  const single = names.length === 1;
  const kind = single && walk.loose === 1 ? 'file' : 'folder';
  const top = single ? `${names[0]}/` : '';
  const inTop = (path: string) => (kind === 'folder' && single ? path.slice(top.length) : path);
  const files = found.map(({ entry }) => ({ ...entry, path: inTop(entry.path) }));
  const sources = found.map(({ source }) => source);
  const own = single ? names[0]! : `${names[0]} +${names.length - 1}`;
  const shown = kind === 'file' ? own : mendName(title ?? own, titleLimit);
  const manifest: Manifest = {
    title: shown,
    kind,
    files,
    folders: folders.map(inTop).filter((path) => path !== ''),
    total: files.reduce((sum, { size }) => sum + size, 0),
    key: keyOf(shown, files, sources, folders),
  };
  checkNames(manifest);
  return { manifest, sources, links: walk.links, special: walk.special, mended: walk.mended };
}

class Walk {
  readonly found: Found[] = [];
  readonly folders: string[] = [];
  readonly mended: Listing['mended'] = { count: 0, examples: [] };
  links = 0;
  special = 0;
  /** Files that were named themselves. */
  loose = 0;

  /** Takes in a path that was named by a person; resolves with its name in the share. */
  async start(path: string): Promise<string> {
    try {
      const real = await realpath(path);
      const stats = await stat(real);
      // By the name that was given, but `.` and `..` have none of their own.
      const given = basename(path);
      const name = this.#mend(/^\.{0,2}$/.test(given) ? basename(real) : given, titleLimit);
      if (stats.isDirectory()) await this.#folder(real, name, 1);
      else if (stats.isFile()) {
        this.loose++;
        this.#file(real, name);
      } else throw new Fault('file-failed', { path, reason: 'not-a-file' });
      return name;
    } catch (error) {
      throw error instanceof Fault ? error : new Fault('file-failed', { path, reason: codeOf(error) });
    }
  }

  async #folder(path: string, name: string, depth: number): Promise<void> {
    if (depth > depthLimit) throw new Fault('name-refused', { name: path, reason: 'too-deep' });
    const items = await readdir(path, { withFileTypes: true }).catch((error) => unreadable(path, error));
    const before = this.found.length;
    const below: [string, string][] = [];
    await inSlices(items, (item) => {
      const itemPath = join(path, item.name);
      const itemName = `${name}/${this.#mend(item.name)}`;
      if (item.isSymbolicLink()) this.links++;
      else if (item.isDirectory()) below.push([itemPath, itemName]);
      else if (item.isFile()) this.#file(itemPath, itemName);
      else this.special++;
    });
    if (this.found.length === before && below.length === 0) this.folders.push(name);
    for (const [itemPath, itemName] of below) await this.#folder(itemPath, itemName, depth + 1);
  }

  #file(path: string, name: string): void {
    let stats: Stats;
    try {
      stats = lstatSync(path);
      accessSync(path, constants.R_OK);
    } catch (error) {
      unreadable(path, error);
    }
    const { size, mtimeMs, ctimeMs, mode } = stats;
    this.found.push({
      entry: { path: name, size, executable: (mode & 0o100) !== 0 },
      source: { path, size, mtimeMs, ctimeMs },
    });
    if (this.found.length + this.folders.length > maxEntries) {
      throw new Fault('too-many-files', { limit: maxEntries });
    }
  }

  #mend(name: string, limit?: number): string {
    if (nameFlaw(name) === undefined && limit === undefined) return name;
    const to = mendName(name, limit);
    if (to !== name) {
      this.mended.count++;
      if (this.mended.examples.length < maxExamples) this.mended.examples.push({ from: name, to });
    }
    return to;
  }
}

function unreadable(path: string, error: unknown): never {
  // Node reads names as UTF-8; one that is not cannot be found again under what it made of it.
  const foreign = codeOf(error) === 'ENOENT' && path.includes('\ufffd');
  throw foreign
    ? new Fault('name-refused', { name: path, reason: 'not-utf8' })
    : new Fault('file-failed', { path, reason: codeOf(error) });
}

function keyOf(title: string, files: Entry[], sources: Source[], folders: string[]): string {
  const hash = createHash('sha256').update(JSON.stringify([title, folders]));
  for (const [index, { path, size, executable }] of files.entries()) {
    hash.update(JSON.stringify([path, size, executable, sources[index]!.mtimeMs]));
  }
  return hash.digest('hex');
}
