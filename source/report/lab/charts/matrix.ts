// Who hears whom, as a square of coloured cells: senders down, hearers across.
import { type Drawing, draw, faint, ink } from './chart.ts';

/** Share that was lost, 0 to 1, by sender and hearer; undefined where it is not known. */
export type Losses = readonly (readonly (number | undefined)[])[];

const good = '#2b8a5e';
const poor = '#a87400';
const bad = '#c8321f';
const silent = '#6b1a10';

export function matrixChart(
  names: readonly string[],
  losses: Losses,
  words: { sends: string; hears: string; percent(share: number): string },
): Drawing {
  const cells = losses.flatMap((row, from) =>
    row.map((loss, to) => ({ value: [to, from, (loss ?? 0) * 100], loss: from === to ? undefined : loss })),
  );
  const side = (narrow: boolean) => Math.min(narrow ? 40 : 56, (narrow ? 230 : 560) / names.length);
  const textOf = (loss: number | undefined) => (loss === undefined ? '' : words.percent(loss));
  const label = { color: ink, fontSize: 12, overflow: 'truncate' } as const;
  return draw(
    (narrow) => Math.round(names.length * Math.max(side(narrow), 22) + 110),
    ({ width, narrow }) => {
      const room = narrow ? 84 : 130;
      const cell = side(narrow);
      const across = Math.min(width - room - 20, names.length * Math.max(cell, narrow ? 40 : 96));
      return {
        grid: { left: room, top: 88, width: across, height: names.length * Math.max(cell, 22) },
        xAxis: {
          type: 'category',
          position: 'top',
          data: names,
          name: words.hears,
          nameLocation: 'middle',
          nameGap: 64,
          nameTextStyle: { color: ink, fontSize: 12, fontStyle: 'italic' },
          axisLabel: {
            ...label,
            interval: 0,
            width: names.length * 72 > across ? 56 : 88,
            rotate: names.length * 72 > across ? 60 : 0,
          },
          axisLine: { show: false },
          axisTick: { show: false },
        },
        yAxis: {
          type: 'category',
          inverse: true,
          data: names,
          name: words.sends,
          nameLocation: 'start',
          nameGap: 10,
          nameTextStyle: { color: ink, fontSize: 12, fontStyle: 'italic', align: 'right' },
          axisLabel: { ...label, interval: 0, width: room - 14 },
          axisLine: { show: false },
          axisTick: { show: false },
        },
        series: [
          {
            type: 'heatmap',
            silent: true,
            emphasis: { disabled: true },
            label: {
              show: cell >= 18,
              color: '#fff',
              fontSize: names.length > 8 ? 10 : 12,
              formatter: ({ dataIndex }: { dataIndex: number }) => textOf(cells[dataIndex]!.loss),
            },
            itemStyle: { borderColor: faint, borderWidth: 2 },
            data: cells.map(({ value, loss }) => ({ value, itemStyle: { color: colour(loss) } })),
          },
        ],
        visualMap: { show: false, min: 0, max: 100, inRange: { color: [good, bad] }, seriesIndex: [] },
      };
    },
  );
}

/** Grey where nothing is known. */
function colour(loss: number | undefined): string {
  if (loss === undefined) return '#88888822';
  if (loss >= 1) return silent;
  return loss > 0.05 ? bad : loss > 0 ? poor : good;
}
