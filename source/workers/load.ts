// A stated synthetic load, so that a class can see what more workers do. It computes instead of sleeping or
// watching the clock: two workers that share a core must get half of it each, as with real work.

/** Returns a function that keeps the processor busy for about `ms` of an otherwise idle core. */
export function makeLoad(ms: number): () => void {
  if (ms <= 0) return () => {};
  const rounds = Math.max(1, Math.round(ms * roundsPerMs()));
  return () => compute(rounds);
}

/** The best of several short runs: the others were interrupted, or not yet compiled. */
function roundsPerMs(): number {
  const rounds = 20_000;
  let best = 0;
  for (let run = 0; run < 40; run++) {
    const start = performance.now();
    compute(rounds);
    best = Math.max(best, rounds / (performance.now() - start));
  }
  return best;
}

/** Xorshift (Marsaglia 2003): nothing to allocate, and each round needs the one before. */
function compute(rounds: number): number {
  for (let round = 0; round < rounds; round++) {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
  }
  return seed;
}

let seed = 2_463_534_242 | 0;
