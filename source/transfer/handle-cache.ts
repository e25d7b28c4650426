// Keeps files open that are read or written again and again, but never more than a few: a share may have a hundred
// thousand, and a process about a thousand descriptors.
import type { FileHandle } from 'node:fs/promises';

type Held = { handle: Promise<FileHandle>; users: number };

export class HandleCache {
  readonly #held = new Map<number, Held>();

  /** `open` gets the number of a file; at most `idle` files stay open that nobody uses. */
  constructor(
    private readonly open: (file: number) => Promise<FileHandle>,
    private readonly idle: number,
  ) {}

  /** Runs `work` with the file open. Rejects as opening it or `work` does. */
  async with<T>(file: number, work: (handle: FileHandle) => Promise<T>): Promise<T> {
    const held = this.#held.get(file) ?? { handle: this.open(file), users: 0 };
    held.users++;
    // The one used last is the last in the map.
    this.#held.delete(file);
    this.#held.set(file, held);
    try {
      return await work(await held.handle);
    } catch (error) {
      if (await failed(held.handle)) this.#held.delete(file);
      throw error;
    } finally {
      held.users--;
      await this.#trim();
    }
  }

  /** Closes all; nothing may be in use any more. */
  async close(): Promise<void> {
    const all = [...this.#held.values()];
    this.#held.clear();
    for (const { handle } of all) await shut(handle);
  }

  async #trim(): Promise<void> {
    if (this.#held.size <= this.idle) return;
    for (const [file, { handle, users }] of this.#held) {
      if (users > 0) continue;
      this.#held.delete(file);
      await shut(handle);
      if (this.#held.size <= this.idle) return;
    }
  }
}

const failed = (handle: Promise<FileHandle>) => handle.then(() => false).catch(() => true);

async function shut(handle: Promise<FileHandle>): Promise<void> {
  // A file that could not be opened has told so to whoever asked for it.
  const open = await handle.catch(() => undefined);
  await open?.close();
}
