// What a session measured over time, on the clock that the whole run shares.
import { fill } from '../../../words/cli.ts';
import { type Axes, type Line, overTime } from '../charts/lines.ts';
import type { Point, Series } from '../series.ts';
import type { SessionFigures } from '../session-figures.ts';
import type { Context } from './context.ts';

/** Seconds since the run began, with the value of each bucket. */
export function overRun(
  { run }: Context,
  session: SessionFigures,
  series: Series,
  value: (point: Point) => number,
): Line['points'] {
  const shift = session.firstAt - run.aligned(session, session.firstAt);
  return overTime(series.points(), series.width, { from: run.firstAt, shift, value });
}

/** For lines over the run; values that are not whole are shown with so many decimals. */
export function runAxes({ run, words, format }: Context, y: string, decimals: number): Axes {
  return {
    x: fill(words.axes.seconds, { at: format.clock(run.firstAt) }),
    y,
    number: (value) => format.number(value, Number.isInteger(value) ? 0 : decimals),
  };
}
