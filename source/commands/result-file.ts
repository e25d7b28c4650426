// The file that a benchmark leaves beside what it prints: its results as JSON.
import { fileSink } from './sink.ts';

/** Opened before anything is measured, so that a path that cannot be written is told at once. */
export type ResultFile = {
  /** It has its name from here on; without a text, nothing is left behind. */
  close(text: string | undefined): Promise<void>;
};

/** Rejects, as `close` does, with Fault `file-not-written` {path, reason}. */
export async function resultFile(path: string | undefined): Promise<ResultFile> {
  if (path === undefined) return { close: async () => {} };
  const sink = await fileSink(path);
  return {
    async close(text) {
      if (text === undefined) return sink.abandon();
      await sink.write(Buffer.from(text));
      await sink.end();
    },
  };
}
