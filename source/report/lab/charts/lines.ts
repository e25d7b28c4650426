// Figures over time, or over something else that has an order: a line for each of a few series.
import type { Point } from '../series.ts';
import { type Drawing, dashes, draw, faint, ink, palette } from './chart.ts';

export type Line = { name: string; points: readonly (readonly [x: number, y: number | null])[] };

export type Axes = {
  x: string;
  y: string;
  number(value: number): string;
  /** The values of x themselves, evenly apart, instead of a scale. */
  categories?: readonly string[];
};

/** As many as can be told apart. */
export const mostLines = palette.length;

export function lineChart(lines: readonly Line[], { x, y, number, categories }: Axes): Drawing {
  const names = lines.map(({ name }) => name);
  const top = (width: number) => 34 + 20 * legendRows(names, width);
  return draw(
    (narrow) => (narrow ? 220 + top(350) : 250 + top(720)),
    ({ width, narrow }) => ({
      legend: {
        top: 2,
        left: 0,
        data: names,
        selectedMode: false,
        itemWidth: 26,
        itemGap: 12,
        textStyle: { color: ink, fontSize: 12, width: width - 60, overflow: 'truncate' },
      },
      grid: { left: 8, right: narrow ? 14 : 20, top: top(width), bottom: 24, containLabel: true },
      xAxis: {
        ...(categories ? { type: 'category', data: categories } : { type: 'value', min: 0, max: 'dataMax' }),
        name: x,
        nameLocation: 'middle',
        nameGap: 26,
        nameTextStyle: { color: ink, fontSize: 12 },
        splitNumber: narrow ? 4 : 8,
        axisLabel: {
          color: ink,
          hideOverlap: true,
          ...(categories ? {} : { formatter: number, showMaxLabel: false }),
        },
        axisLine: { show: true, onZero: false, lineStyle: { color: ink } },
        axisTick: { lineStyle: { color: ink } },
        splitLine: { show: false },
      },
      yAxis: {
        type: 'value',
        name: y,
        nameLocation: 'end',
        nameGap: 8,
        nameTextStyle: { color: ink, fontSize: 12, align: 'left' },
        axisLabel: { color: ink, formatter: number },
        splitLine: { lineStyle: { color: faint } },
      },
      series: lines.map(({ name, points }, index) => ({
        type: 'line',
        name,
        data: points,
        silent: true,
        animation: false,
        symbol: points.length <= 12 ? 'circle' : 'none',
        symbolSize: 6,
        lineStyle: { width: 1.8, type: dashes[Math.floor(index / 3) % dashes.length] },
        emphasis: { disabled: true },
      })),
    }),
  );
}

/** How often a legend wraps, by the width of its names as most fonts have them. */
function legendRows(names: readonly string[], width: number): number {
  let rows = 1;
  let used = 0;
  for (const name of names) {
    const needed = Math.min(width - 20, 34 + 6.6 * name.length);
    if (used > 0 && used + needed > width - 10) {
      rows++;
      used = 0;
    }
    used += needed + 12;
  }
  return rows;
}

/** Longer without a value than so many buckets, and the line is broken. */
const gapBuckets = 12;

/** Seconds from `from`, with the value of each bucket; `shift` is taken off the instants, ms. */
export function overTime(
  points: readonly Point[],
  width: number,
  { from, shift, value }: { from: number; shift: number; value(point: Point): number },
): Line['points'] {
  const line: [number, number | null][] = [];
  let before: number | undefined;
  for (const point of points) {
    const x = Math.max(0, (point.at - shift - from) / 1000);
    if (before !== undefined && point.at - before > gapBuckets * width) line.push([x, null]);
    line.push([x, value(point)]);
    before = point.at;
  }
  return line;
}
