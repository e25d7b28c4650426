// Work on many things without holding up everything else: a few under way at once, or a little at a time.
import { setImmediate } from 'node:timers/promises';

/** Longest stretch of work before others have a turn, ms. */
const sliceTime = 2;

/** Rejects with the first failure, once nothing is under way any more. */
export async function inParallel<T>(
  most: number,
  things: readonly T[],
  work: (thing: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failure: { error: unknown } | undefined;
  const worker = async () => {
    while (next < things.length && !failure) {
      try {
        await work(things[next++]!);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, things.length) }, worker));
  if (failure) throw failure.error;
}

/**
 * Does short synchronous work on each thing, with a turn for others in between. For small files: opening one takes the
 * kernel 10 µs, and Node 100 µs when it asks a thread to do it. Rejects with the first failure.
 */
export async function inSlices<T>(things: readonly T[], work: (thing: T) => void): Promise<void> {
  let begin = performance.now();
  for (const thing of things) {
    work(thing);
    if (performance.now() - begin < sliceTime) continue;
    await setImmediate();
    begin = performance.now();
  }
}
