// How steady the machine was: a figure is worth no more than its machine's quiet.
import { loadavg } from 'node:os';
import { type Spread, spreadOf } from '../../source/bench/spread.ts';

export const load = (): string => loadavg()[0]!.toFixed(1);

/** How long the same computation takes, ms, time after time: on a machine of one's own it is always the same. */
export async function noise(): Promise<Spread> {
  const times: number[] = [];
  for (let run = 0; run < 25; run++) {
    const start = performance.now();
    compute();
    times.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  // The first runs are not yet compiled.
  return spreadOf(times.slice(5));
}

let sink = 1;

function compute(): void {
  for (let i = 0; i < 5_000_000; i++) sink = (Math.imul(sink, 1_664_525) + 1_013_904_223) | 0;
}
