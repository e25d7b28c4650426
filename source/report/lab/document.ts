// A report before it has a form: sections of paragraphs, tables and charts, in plain text. HTML and Markdown are
// made of it, and only there is text escaped, so that no part of a report can forget it.
import type { Drawing } from './charts/chart.ts';

/** Plain text; what stands in `code` is a command, an address or a filter. */
export type Words = string | readonly (string | { code: string })[];

export type Cell = { words: Words; tone?: 'good' | 'poor' | 'bad' };

export type Table = {
  kind: 'table';
  caption: Words;
  /** `figures`: its cells are aligned as numbers. */
  columns: readonly { head: string; figures?: boolean }[];
  /** The first cell of a row is its head. */
  rows: readonly (readonly Cell[])[];
};

export type Chart = {
  kind: 'chart';
  /** Of its file: lower-case letters, digits and dashes. */
  name: string;
  title: string;
  /** What it shows, for those who do not see it, and under it. */
  description: string;
  drawing: Drawing;
};

export type Block =
  | { kind: 'paragraph'; words: Words }
  /** How figures are to be read. */
  | { kind: 'note'; words: Words }
  /** Something that puts figures in doubt. */
  | { kind: 'caution'; words: Words }
  /** What only the author can write. */
  | { kind: 'place'; words: Words }
  | { kind: 'list'; items: readonly Words[] }
  | { kind: 'sources'; items: readonly { name: string; title: string; url: string }[] }
  | Table
  | Chart;

export type Section = { title: string; blocks: readonly Block[]; sections?: readonly Section[] };

export type Report = {
  title: string;
  /** Under the title; a place is for the author to fill. */
  head: readonly { name: string; value: Words; place?: boolean }[];
  foot: string;
  sections: readonly Section[];
};

export const paragraph = (words: Words): Block => ({ kind: 'paragraph', words });
export const note = (words: Words): Block => ({ kind: 'note', words });
export const caution = (words: Words): Block => ({ kind: 'caution', words });
export const place = (words: Words): Block => ({ kind: 'place', words });
export const code = (text: string): Words => [{ code: text }];

/** A table of plain words. */
export function table(
  caption: Words,
  columns: Table['columns'],
  rows: readonly (readonly (Words | Cell)[])[],
): Table {
  const cell = (each: Words | Cell): Cell =>
    typeof each === 'object' && 'words' in each ? each : { words: each };
  return { kind: 'table', caption, columns, rows: rows.map((row) => row.map(cell)) };
}

/** Every chart of a report, in order. */
export function chartsOf(sections: readonly Section[]): Chart[] {
  return sections.flatMap(({ blocks, sections: inner = [] }) => [
    ...blocks.filter((block): block is Chart => block.kind === 'chart'),
    ...chartsOf(inner),
  ]);
}
