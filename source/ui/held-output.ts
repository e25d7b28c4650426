// Anything printed while the screen is up would tear it: console.*, warnings of Node and of libraries, threads.
// It is held back, the newest lines, and told on the normal screen afterwards.

/** Bytes kept; older output is dropped. */
const limit = 16_384;

/** Holds standard output and standard error back until `release`, which returns what came. */
export function holdOutput(): { release(): string } {
  let held = '';
  // Standard error that goes to a file tears nothing.
  const streams = [process.stdout, process.stderr].filter((stream) => stream.isTTY);
  const originals = streams.map((stream) => stream.write);
  for (const stream of streams) {
    stream.write = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
      held = (held + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())).slice(-limit);
      const callback = typeof encoding === 'function' ? encoding : done;
      if (typeof callback === 'function') process.nextTick(callback);
      return true;
    };
  }
  return {
    release() {
      for (const [at, stream] of streams.entries()) stream.write = originals[at] ?? stream.write;
      const told = held;
      held = '';
      return told;
    },
  };
}
