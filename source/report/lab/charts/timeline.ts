// What each worker did in a moment: a row for each, a bar for each batch. Bars above each other are work at once.
import type { Run } from '../busiest.ts';
import { type Drawing, draw, faint, ink, palette } from './chart.ts';

export function timelineChart(
  runs: readonly Run[],
  words: { x: string; worker(n: number): string; number(value: number): string },
): Drawing {
  const workers = [...new Set(runs.map(({ worker }) => worker))].sort((a, b) => a - b);
  const from = Math.min(...runs.map((run) => run.from));
  const data = runs.map((run) => [workers.indexOf(run.worker), run.from - from, run.to - from, run.items]);
  return draw(
    () => 70 + 34 * workers.length,
    ({ narrow }) => ({
      grid: { left: 8, right: 20, top: 8, bottom: 28, containLabel: true },
      xAxis: {
        type: 'value',
        min: 0,
        max: 'dataMax',
        name: words.x,
        nameLocation: 'middle',
        nameGap: 28,
        nameTextStyle: { color: ink, fontSize: 12 },
        splitNumber: narrow ? 4 : 8,
        axisLabel: { color: ink, hideOverlap: true, showMaxLabel: false, formatter: words.number },
        axisLine: { show: true, lineStyle: { color: ink } },
        splitLine: { lineStyle: { color: faint } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: workers.map(words.worker),
        axisLabel: { color: ink },
        axisTick: { show: false },
        axisLine: { lineStyle: { color: ink } },
        splitLine: { show: true, lineStyle: { color: faint } },
      },
      series: [
        {
          type: 'custom',
          silent: true,
          encode: { x: [1, 2], y: 0 },
          data,
          renderItem: (_: unknown, api: Api) => bar(api),
        },
      ],
    }),
  );
}

type Api = {
  value(dimension: number): number;
  coord(point: [number, number]): [number, number];
  size(span: [number, number]): [number, number];
};

/** At least so wide that it can be seen; with the number of its datagrams where that fits. */
function bar(api: Api): object {
  const row = api.value(0);
  const [x, middle] = api.coord([api.value(1), row]);
  const [end] = api.coord([api.value(2), row]);
  const height = api.size([0, 1])[1] * 0.6;
  const width = Math.max(1.5, end - x);
  const rect = {
    type: 'rect',
    shape: { x, y: middle - height / 2, width, height },
    style: { fill: palette[row % palette.length], stroke: faint, lineWidth: 0.5 },
  };
  const items = String(api.value(3));
  if (width < 8 * items.length + 4) return rect;
  const style = {
    text: items,
    x: x + width / 2,
    y: middle,
    fill: '#fff',
    align: 'center',
    verticalAlign: 'middle',
    fontSize: 11,
  };
  return { type: 'group', children: [rect, { type: 'text', style }] };
}
