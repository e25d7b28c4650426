// One measured figure, beside what it must reach and beside its peer. Each benchmark makes a list of them.
import { spreadOf } from '../../source/bench/spread.ts';

export type Figure = {
  what: string;
  unit: string;
  /** One value a run. */
  runs: number[];
  target?: { atMost: number } | { atLeast: number };
  /** The same measured of something else, in the same run. */
  peer?: { what: string; runs: number[] };
  /** What the number alone does not say. */
  note?: string;
};

export type Context = {
  /** Fewer and shorter runs: shows that it works, not how fast. */
  quick: boolean;
  /** Tells a waiting person how far it got. */
  progress(what: string): void;
};

export type Benchmark = {
  name: string;
  title: string;
  run(context: Context): Promise<Figure[]>;
};

/** undefined when nothing was asked for. */
export function met({ runs, target }: Figure): boolean | undefined {
  if (!target) return undefined;
  const { median } = spreadOf(runs);
  return 'atMost' in target ? median <= target.atMost : median >= target.atLeast;
}
