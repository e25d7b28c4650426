// Finds the highest rate that still passes: up in leaps until one fails, then halving what lies between.

/** One trial at a rate; `rate` is what was reached, `passed` whether all was well at it. */
export type Trial = { rate: number; passed: boolean };

export type SearchOptions = {
  from: number;
  most: number;
  /** Halvings; each makes the answer twice as fine. */
  steps: number;
  trial(rate: number): Promise<Trial>;
};

/** A rate that fails is tried once more: on a shared machine somebody else may have been at work. */
export async function highestRate({ from, most, steps, trial }: SearchOptions): Promise<number> {
  let good = 0;
  let bad = most * 1.5;
  const passes = async (rate: number): Promise<boolean> => {
    for (let attempt = 0; attempt < 2; attempt++) {
      const result = await trial(rate);
      if (result.passed) {
        good = Math.max(good, result.rate);
        return true;
      }
    }
    bad = rate;
    return false;
  };
  for (let rate = from; rate <= most && (await passes(rate)); rate *= 1.5) {}
  for (let step = 0; step < steps && good > 0 && bad <= most; step++) await passes((good + bad) / 2);
  return good;
}
