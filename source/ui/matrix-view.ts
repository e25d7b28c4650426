// Who hears whom, with what loss, jitter or round-trip time: a row is a node that hears, a column one that is heard.
import type { Matrix } from '../core/snapshot.ts';
import { fitted } from './fit.ts';
import { millis, percent } from './format.ts';
import type { Look } from './look.ts';
import type { Role } from './theme.ts';
import type { MatrixValue } from './view-state.ts';

type Cell = Matrix['cells'][number][number];

/** Rows of exactly `width` columns. */
export function matrixRows(
  matrix: Matrix | undefined,
  value: MatrixValue,
  width: number,
  look: Look,
): string[] {
  const { theme, words } = look;
  if (!matrix || matrix.nodes.length < 2) return [theme.dim(fitted(words.matrix.none, width))];
  const names = Math.min(18, Math.max(6, Math.floor(width / 5)));
  const each = 7;
  const across = Math.max(1, Math.floor((width - names - 3) / each));
  const heard = matrix.nodes.slice(0, across);
  const rest = Math.max(0, width - names - 3 - heard.length * each);
  const blank = ' '.repeat(rest);
  const head = heard.map(({ name }) => theme.title(fitted(` ${name}`, each))).join('');
  const rows = matrix.nodes.map(({ name, self, state }, i) => {
    const sign = theme[state === 'alive' ? 'good' : state === 'suspect' ? 'warn' : 'bad'](
      look.glyphs.states[state],
    );
    const label = self ? theme.own(fitted(name, names)) : theme.person(name)(fitted(name, names));
    const cells = heard.map((_, j) => cellText(i === j, matrix.cells[i]?.[j], value, each, look)).join('');
    return `${sign} ${label} ${cells}${blank}`;
  });
  const left = matrix.more + matrix.nodes.length - heard.length;
  return [
    theme.dim(fitted(words.matrix.explain, width)),
    ' '.repeat(width),
    `${' '.repeat(names + 3)}${head}${blank}`,
    ...rows,
    ...(left > 0 ? [theme.dim(fitted(words.matrix.more(left), width))] : []),
  ];
}

function cellText(
  same: boolean,
  cell: Cell,
  value: MatrixValue,
  width: number,
  { theme, glyphs }: Look,
): string {
  if (same) return theme.dim(fitted(glyphs.self, width, 'right'));
  if (!cell) return theme.dim(fitted(glyphs.unknown, width, 'right'));
  const text =
    value === 'loss' ? percent(cell.lossRatio) : millis(value === 'jitter' ? cell.jitter : cell.rtt);
  return theme[cellRole(cell, value)](fitted(text, width, 'right'));
}

function cellRole(cell: NonNullable<Cell>, value: MatrixValue): Role {
  if (value !== 'loss') return 'accent';
  return cell.lossRatio >= 0.05 ? 'bad' : cell.lossRatio > 0 ? 'warn' : 'good';
}
