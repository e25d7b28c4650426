// Draws charts as SVG with ECharts, which needs no browser for that. Each is drawn twice, for paper and large
// screens and for a phone, because one that is scaled down to a phone cannot be read.
import { CustomChart, GraphChart, HeatmapChart, LineChart } from 'echarts/charts';
import { GraphicComponent, GridComponent, LegendComponent, VisualMapComponent } from 'echarts/components';
import { type ComposeOption, type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([
  CustomChart,
  GraphChart,
  GraphicComponent,
  GridComponent,
  HeatmapChart,
  LegendComponent,
  LineChart,
  SVGRenderer,
  VisualMapComponent,
]);

export type ChartOption = EChartsCoreOption & ComposeOption<never>;
/** In CSS pixels. */
export type Canvas = { width: number; height: number; narrow: boolean };
/** Two SVG elements without title: see `named`. */
export type Drawing = { wide: string; narrow: string };

const wideWidth = 720;
const narrowWidth = 350;

/** Colours that can be told apart by the colour-blind (Okabe and Ito), darker where paper asks for it. */
export const palette = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#b8860b',
  '#56b4e9',
  '#6a51a3',
  '#8c6d46',
];
/** Also without colour, on a printer that has none. */
export const dashes = ['solid', 'dashed', 'dotted'] as const;
/** Takes the colour of the text around it, so that a chart fits a light page and a dark one. */
export const ink = 'currentColor';
export const faint = '#88888866';

/** `height` by whether it is narrow; `option` for a canvas. */
export function draw(height: (narrow: boolean) => number, option: (canvas: Canvas) => ChartOption): Drawing {
  const make = (narrow: boolean): string => {
    const canvas = { width: narrow ? narrowWidth : wideWidth, height: height(narrow), narrow };
    const chart = init(null, null, { renderer: 'svg', ssr: true, ...canvas });
    chart.setOption({
      animation: false,
      color: palette,
      textStyle: { color: ink, fontFamily: 'sans-serif', fontSize: 12 },
      ...option(canvas),
    });
    const svg = chart.renderToSVGString();
    chart.dispose();
    return still(svg);
  };
  return { wide: make(false), narrow: make(true) };
}

/** Without what only a living chart needs: hover rules, classes, meta data; and styles as attributes, which no policy bars. */
function still(svg: string): string {
  return svg
    .replace(/<style\s*>[\s\S]*?<\/style>/g, '')
    .replace(/ (?:class|pointer-events|ecmeta_\w+|xml:space|baseProfile|version|xmlns:xlink)="[^"]*"/g, '')
    .replace(/ style="([^"]*)"/g, (_, style: string) =>
      style
        .split(';')
        .filter((declaration) => declaration !== '')
        .map((declaration) => {
          const [name, value] = declaration.split(':');
          return ` ${name}="${value}"`;
        })
        .join(''),
    )
    .replace(/\n+/g, '\n')
    .trim();
}
