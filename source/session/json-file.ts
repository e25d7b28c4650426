// lowdb's adapter for a file that several processes share. lowdb's own writes through one temporary name, so two
// processes could mix their halves; and it throws on a file that is no JSON.
import { open, readFile, rename, rm } from 'node:fs/promises';
import type { Adapter } from 'lowdb';
import { codeOf } from './disk.ts';

export class JsonFile<T> implements Adapter<T> {
  constructor(
    readonly path: string,
    /** Makes data of what was read; undefined when it is none. */
    private readonly understand: (value: unknown) => T | undefined,
  ) {}

  /** What the last read found in the file. */
  found: 'nothing' | 'data' | 'damage' = 'nothing';

  async read(): Promise<T | null> {
    const text = await this.#text();
    const data = text === undefined ? undefined : this.understand(parse(text));
    this.found = text === undefined ? 'nothing' : data ? 'data' : 'damage';
    return data ?? null;
  }

  /** Whoever reads meanwhile, or after a power cut, finds the old or the new data, never half of them. */
  async write(data: T): Promise<void> {
    const temporary = `${this.path}.${process.pid}.tmp`;
    try {
      const file = await open(temporary, 'w');
      try {
        await file.writeFile(`${JSON.stringify(data, null, 2)}\n`);
        await file.datasync();
      } finally {
        await file.close();
      }
      await rename(temporary, this.path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      throw error;
    }
  }

  async #text(): Promise<string | undefined> {
    try {
      return await readFile(this.path, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
      throw error;
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
