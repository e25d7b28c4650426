// What a share consists of. The sender makes it from its files; a receiver gets it over the control connection and
// believes nothing of it before it has been checked.
import { Fault } from '../core/fault.ts';
import { isRecord } from '../core/fields.ts';
import { nameFlaw, pathFlaw, titleLimit } from './safe-path.ts';

export const maxEntries = 1_000_000;

export type Entry = {
  /** Relative to the folder of the share, `/` between components. */
  path: string;
  /** Bytes. */
  size: number;
  /** The only bit of the mode that travels. */
  executable: boolean;
};

export type Manifest = {
  /** The name under which a receiver keeps it: of the file, or of the folder with the files. */
  title: string;
  kind: 'file' | 'folder';
  /** In the order of the stream. A share of kind file has one, whose path is the title. */
  files: Entry[];
  /** Paths of folders with nothing in them; the others follow from the files. */
  folders: string[];
  /** Sum of the sizes, bytes. */
  total: number;
  /** SHA-256 (hex) of names, sizes and times: the same key promises the same bytes, so an interrupted share goes on. */
  key: string;
};

/** Of a file to be made: the umask of the receiver takes its part, and no other bit of the sender's is ever used. */
export const modeOf = ({ executable }: Entry) => (executable ? 0o777 : 0o666);

/** Compact, for there may be a million entries: a file is [path, size] or [path, size, 1] when executable. */
export function encodeManifest({ title, kind, files, folders, total, key }: Manifest): string {
  const rows = files.map(({ path, size, executable }) => (executable ? [path, size, 1] : [path, size]));
  return JSON.stringify({ title, kind, total, key, folders, files: rows });
}

/** Throws Fault('bad-manifest') when it is not one, Fault('name-refused') for a name that must not be used. */
export function decodeManifest(text: string): Manifest {
  const value = parse(text);
  if (!isRecord(value)) throw bad('form');
  const { title, kind, total, key, folders, files } = value;
  if (typeof title !== 'string' || (kind !== 'file' && kind !== 'folder')) throw bad('form');
  if (typeof key !== 'string' || !/^[0-9a-f]{64}$/.test(key)) throw bad('form');
  if (!Array.isArray(files) || !Array.isArray(folders)) throw bad('form');
  if (files.length + folders.length > maxEntries) throw bad('too-many');
  const manifest: Manifest = {
    title,
    kind,
    total: Number(total),
    key,
    folders: [],
    files: files.map(entryOf),
  };
  for (const folder of folders) {
    if (typeof folder !== 'string') throw bad('form');
    manifest.folders.push(folder);
  }
  if (total !== sumOf(manifest.files)) throw bad('total');
  checkNames(manifest);
  return manifest;
}

/**
 * Throws Fault('name-refused') for the first name with a flaw, Fault('bad-manifest') when two entries cannot both be:
 * the same path twice, or a file where another needs a folder.
 */
export function checkNames({ title, kind, files, folders }: Manifest): void {
  const flaw = nameFlaw(title) ?? (Buffer.byteLength(title) > titleLimit ? 'too-long' : undefined);
  if (flaw) throw new Fault('name-refused', { name: title, reason: flaw });
  if (kind === 'file' && (files.length !== 1 || files[0]?.path !== title || folders.length > 0))
    throw bad('form');

  const seen = new Set<string>();
  const parents = new Set<string>();
  for (const path of [...files.map((file) => file.path), ...folders]) {
    const reason = pathFlaw(path);
    if (reason) throw new Fault('name-refused', { name: path, reason });
    if (seen.has(path)) throw bad('twice', path);
    seen.add(path);
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const parent = path.slice(0, end);
      if (parents.has(parent)) break;
      parents.add(parent);
    }
  }
  for (const { path } of files) if (parents.has(path)) throw bad('file-and-folder', path);
}

function entryOf(row: unknown): Entry {
  if (!Array.isArray(row) || row.length < 2 || row.length > 3) throw bad('form');
  const [path, size, executable] = row as unknown[];
  if (typeof path !== 'string' || (row.length === 3 && executable !== 1)) throw bad('form');
  if (!Number.isSafeInteger(size) || (size as number) < 0) throw bad('size', path);
  return { path, size: size as number, executable: executable === 1 };
}

function sumOf(files: Entry[]): number {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  if (!Number.isSafeInteger(total)) throw bad('total');
  return total;
}

const bad = (reason: string, name = '') => new Fault('bad-manifest', { reason, name }, 1);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
