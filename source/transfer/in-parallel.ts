// Work on many things with a bounded number of them under way.

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
