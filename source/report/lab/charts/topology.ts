// The nodes of a group around it, and between them who hears whom.
import { type Drawing, draw, ink, palette } from './chart.ts';

export type TopologyNode = { name: string /** Address and interface. */; detail: string; recorded: boolean };
/** By their places in the list of nodes. `mutual`: both hear each other; else only `to` hears `from`. */
export type TopologyLink = { from: number; to: number; mutual: boolean; lossy: boolean };

const lossColour = '#c8321f';
const wellColour = '#2e9e6b';

export function topologyChart(
  group: string,
  nodes: readonly TopologyNode[],
  links: readonly TopologyLink[],
): Drawing {
  return draw(
    (narrow) => (narrow ? 400 : 440),
    ({ width, height, narrow }) => {
      const place = around(nodes.length, width, height, narrow);
      const wide = Math.min(width - 40, 7.4 * group.length + 20);
      const fontSize = nodes.length > 16 ? 9 : narrow ? 10 : 12;
      return {
        series: [
          {
            type: 'graph',
            layout: 'none',
            coordinateSystem: undefined,
            silent: true,
            animation: false,
            left: 0,
            top: 0,
            width,
            height,
            // Corners that nobody sees, so that places are pixels.
            data: [
              ...nodes.map(({ name, detail, recorded }, index) => ({
                name: String(index),
                ...place(index),
                symbol: 'circle',
                symbolSize: nodes.length > 16 ? 12 : 20,
                itemStyle: recorded ? { color: palette[0] } : { color: '#8a93a3' },
                label: {
                  show: true,
                  position: place(index).y < height / 2 ? 'top' : 'bottom',
                  formatter: `${clean(name)}\n${clean(detail)}`,
                  color: ink,
                  fontSize,
                  lineHeight: fontSize + 4,
                  width: narrow ? 108 : 190,
                  overflow: 'truncate',
                },
              })),
              {
                name: 'group',
                x: width / 2,
                y: height / 2,
                symbol: 'rect',
                symbolSize: [wide, 30],
                itemStyle: { color: '#fff', borderColor: palette[0], borderWidth: 2 },
                label: {
                  show: true,
                  position: 'inside',
                  formatter: clean(group),
                  color: '#1b1d22',
                  fontSize: 12,
                  width: wide - 10,
                  overflow: 'truncate',
                },
              },
              ...[0, 1].map((corner) => ({
                name: `corner ${corner}`,
                x: corner * width,
                y: corner * height,
                symbolSize: 0.01,
                itemStyle: { opacity: 0 },
              })),
            ],
            links: [
              ...nodes.map((_, index) => ({
                source: String(index),
                target: 'group',
                lineStyle: { color: '#8a93a3', width: 1, type: 'dotted', opacity: 0.8 },
              })),
              ...links.map(({ from, to, mutual, lossy }) => ({
                source: String(from),
                target: String(to),
                symbol: mutual ? ['none', 'none'] : ['none', 'arrow'],
                symbolSize: 10,
                lineStyle: {
                  color: lossy ? lossColour : wellColour,
                  width: lossy ? 2 : 1.5,
                  type: mutual ? 'solid' : 'dashed',
                  curveness: curve(from, to, nodes.length),
                  opacity: 0.85,
                },
              })),
            ],
            emphasis: { disabled: true },
          },
        ],
      };
    },
  );
}

/** On an ellipse that leaves room for the labels; the first at the left, so that two stand side by side. */
function around(count: number, width: number, height: number, narrow: boolean) {
  const [a, b] = [width / 2 - (narrow ? 62 : 110), height / 2 - 56];
  return (index: number): { x: number; y: number } => {
    const angle = Math.PI + (2 * Math.PI * index) / count + (count > 2 ? Math.PI / 2 : 0);
    return { x: width / 2 + a * Math.cos(angle), y: height / 2 + b * Math.sin(angle) };
  };
}

/** Opposite nodes are joined around the group in the middle, not through it. */
function curve(from: number, to: number, count: number): number {
  const apart = Math.abs(from - to) * 2 - count;
  return Math.abs(apart) <= 1 ? 0.35 : 0.08;
}

/** ECharts reads `{name}` in a label as something to fill in, and `|` in rich text. */
const clean = (text: string): string =>
  text.replace(/[{}|]/g, (char) => ({ '{': '❴', '}': '❵', '|': '❘' })[char]!);
