// Where a client of the lab protocol writes: datagrams have no numbers, so the file is what came, in the order in which
// it came. Unless that is all of it, it never gets its name.
import { closeSync, constants, lstatSync, openSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../core/fault.ts';
import { codeOf } from '../session/disk.ts';
import { mustFit } from './output-folder.ts';
import { partFault } from './part-fault.ts';
import { giveName, syncAll } from './part-finish.ts';
import { numbered } from './safe-path.ts';

const create = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
/** Written at once, bytes. */
const pieceBytes = 2 ** 20;
const mostNumbers = 99;

export class LabFile {
  readonly #piece = Buffer.allocUnsafe(pieceBytes);
  #held = 0;
  #isOpen = true;

  private constructor(
    /** Of the .part. */
    readonly path: string,
    private readonly name: string,
    private readonly descriptor: number,
  ) {}

  /**
   * Makes a .part that nobody has, at once: the data are on their way. `folder` must exist, `name` have no flaw. Throws
   * Fault('out-space'), 'out-full' or 'part-failed'.
   */
  static create(folder: string, name: string, size: number): LabFile {
    try {
      mustFit(folder, [{ size }], 0);
      for (let number = 0; number <= mostNumbers; number++) {
        const path = join(folder, `${numbered(name, number)}.part`);
        const descriptor = isTaken(path) ? undefined : openNew(path);
        if (descriptor !== undefined) return new LabFile(path, name, descriptor);
      }
    } catch (error) {
      throw partFault(error, folder);
    }
    throw new Fault('part-failed', { path: join(folder, `${name}.part`), reason: 'EEXIST' });
  }

  /**
   * Adds bytes, which are copied. It writes without a turn for others, as the scripts do: while the disk is busy the
   * kernel keeps, and in the end drops, what comes. Throws Fault('out-full') or 'part-failed'.
   */
  append(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; ) {
      const part = bytes.subarray(from, from + pieceBytes - this.#held);
      this.#piece.set(part, this.#held);
      this.#held += part.length;
      from += part.length;
      if (this.#held === pieceBytes) this.#write();
    }
  }

  /** Gives it its name, with a number when that is taken; resolves with its path. Rejects as append throws. */
  async finish(): Promise<string> {
    try {
      this.close();
      await syncAll(this.path, [this.path], []);
      return await giveName(this.path, this.name, 'file');
    } catch (error) {
      throw partFault(error, this.path);
    }
  }

  /** Keeps what came as it is. Throws as append does. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    try {
      this.#write();
    } finally {
      closeSync(this.descriptor);
    }
  }

  async discard(): Promise<void> {
    this.#held = 0;
    this.close();
    await rm(this.path, { force: true });
  }

  #write(): void {
    const { descriptor } = this;
    try {
      for (let done = 0; done < this.#held; ) {
        done += writeSync(descriptor, this.#piece, done, this.#held - done);
      }
    } catch (error) {
      throw partFault(error, this.path);
    } finally {
      this.#held = 0;
    }
  }
}

/** An unfinished share of the same name keeps what it needs beside its part. */
const isTaken = (path: string): boolean =>
  [path, `${path}.json`, `${path}.lock`].some((each) => lstatSync(each, { throwIfNoEntry: false }));

function openNew(path: string): number | undefined {
  try {
    return openSync(path, create, 0o666);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  }
}
