// Figures as a table for a terminal, as Markdown, and as JSON.

import { spreadOf } from '../../source/bench/spread.ts';
import { type Figure, met } from './figure.ts';

const heads = ['what', 'median', 'min – max (runs)', 'target', '', 'peer'];

export function textTable(figures: Figure[]): string {
  const rows = [heads, ...figures.map((figure) => cells(figure))];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '));
  const notes = figures.flatMap(({ what, note }) => (note ? [`  ${what}: ${note}`] : []));
  return [...lines, ...notes].join('\n');
}

export function markdownTable(figures: Figure[]): string {
  const rows = figures.map((figure) => cells(figure));
  const line = (row: string[]) => `| ${row.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

export function jsonFigures(figures: Figure[]): object[] {
  return figures.map((figure) => ({
    ...figure,
    ...spreadOf(figure.runs),
    met: met(figure),
    runs: figure.runs,
  }));
}

function cells(figure: Figure): string[] {
  const { what, unit, runs, target, peer } = figure;
  const { median, min, max } = spreadOf(runs);
  const verdict = { true: 'met', false: 'MISSED', undefined: '' }[String(met(figure))]!;
  return [
    what,
    `${round(median)} ${unit}`.trim(),
    runs.length > 1 ? `${round(min)} – ${round(max)} (${runs.length})` : '(1)',
    target ? ('atMost' in target ? `≤ ${round(target.atMost)}` : `≥ ${round(target.atLeast)}`) : '',
    verdict,
    peer ? `${peer.what} ${round(spreadOf(peer.runs).median)}` : '',
  ];
}

/** Three significant digits, with the thousands apart. */
export function round(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toLocaleString('en', { maximumFractionDigits: Math.min(3, digits) });
}
