// Where the bytes of an export go: a file, which has its name only when it is whole, or standard output.
import { open, rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { Fault } from '../core/fault.ts';
import { codeOf } from '../session/disk.ts';

export type Sink = {
  /** False when nobody wants more. */
  write(bytes: Uint8Array): Promise<boolean>;
  /** All is written. */
  end(): Promise<void>;
  /** It will not be whole: leaves nothing behind. */
  abandon(): Promise<void>;
};

/** Rejects, as its methods do, with Fault `file-not-written` {path, reason}. */
export async function fileSink(path: string): Promise<Sink> {
  const part = `${path}.${process.pid}.part`;
  const told = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      await rm(part, { force: true });
      throw new Fault('file-not-written', { path, reason: codeOf(error) });
    }
  };
  const file = await told(open(part, 'w'));
  return {
    async write(bytes) {
      await told(file.writeFile(bytes));
      return true;
    },
    async end() {
      await told(file.close());
      await told(rename(part, path));
    },
    async abandon() {
      await file.close().catch(() => {});
      await rm(part, { force: true });
    },
  };
}

/** A reader that goes away has all that it wanted. */
export function streamSink(out: Writable): Sink {
  let gone = false;
  const left = new Promise<void>((resolve) => {
    const mark = () => {
      gone = true;
      resolve();
    };
    out.once('error', mark);
    out.once('close', mark);
  });
  const write = async (bytes: Uint8Array): Promise<boolean> => {
    if (gone) return false;
    await Promise.race([new Promise<void>((resolve) => out.write(bytes, () => resolve())), left]);
    return !gone;
  };
  return { write, end: async () => {}, abandon: async () => {} };
}
