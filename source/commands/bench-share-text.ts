// The results of `bench share`, for people, spreadsheets and programs.
import { machine, machineText } from '../bench/machine.ts';
import { type ShareRun, summaryOf } from '../bench/share-figures.ts';
import { spreadText } from '../bench/spread.ts';
import { csvRow } from '../core/csv.ts';
import { printable } from '../core/printable.ts';
import { benchWords } from '../words/bench.ts';
import { fill } from '../words/cli.ts';
import { size } from '../words/fault-sentences.ts';
import type { Lang } from '../words/lang.ts';
import { reasonText } from '../words/transfer.ts';
import { align } from './align.ts';

const mebi = 2 ** 20;

/** A row for each size, number of clients and mode. */
export function textTable(runs: readonly ShareRun[], on: string, lang: Lang): string {
  const words = benchWords(lang);
  const rows = summaryOf(runs).map(({ bytes, clients, mode, whole, receivers }) => {
    const same = runs.filter((run) => run.bytes === bytes && run.clients === clients && run.mode === mode);
    const of = (figure: (run: ShareRun) => number, digits: number) => spreadText(same.map(figure), digits);
    return [
      size(String(bytes)),
      String(clients),
      mode,
      fill(words.of, { count: whole, all: receivers }),
      of(({ arrived }) => floored(arrived * 100), 1),
      of(({ seconds }) => seconds, 2),
      of(({ rate }) => rate / mebi, 1),
      of(({ wire }) => wire, 2),
    ];
  });
  const notes = fill(words.notes, { machine: machineText(machine()), interface: on });
  const several = runs.some(({ run }) => run > 1) ? `\n${words.median}` : '';
  const table = align([Object.values(words.columns), ...rows], new Set([0, 1, 3, 4, 5, 6, 7]));
  return `${table}\n${notes}${several}\n`;
}

/** One line or two on a run that is over. */
export function progressText({ whole, clients, arrived, seconds, problem }: ShareRun, lang: Lang): string {
  const words = benchWords(lang);
  const facts = { whole, clients, arrived: floored(arrived * 100).toFixed(1), seconds: seconds.toFixed(2) };
  const why = problem === undefined ? [] : [`  ${words.problems[problem] ?? reasonText(lang, problem, {})}`];
  return [fill(words.done, facts), ...why].map((line) => `${printable(line)}\n`).join('');
}

/** What lacks a little is not 100.0. */
const floored = (percent: number): number => Math.floor(percent * 10) / 10;

const columns = [
  'size',
  'clients',
  'mode',
  'run',
  'whole',
  'arrived',
  'seconds',
  'rate',
  'wire',
  'problem',
] as const;

export const csvHead = csvRow(columns);

/** Raw: bytes, parts of 1, and bytes per second. */
export const csvLine = ({ bytes, ...run }: ShareRun): string =>
  csvRow(columns.map((column) => (column === 'size' ? bytes : run[column])));

/** One document: every run, and what they come to. */
export function jsonDocument(runs: readonly ShareRun[], on: string): string {
  return `${JSON.stringify({ bench: 'share', machine: machine(), interface: on, runs, summary: summaryOf(runs) }, undefined, 2)}\n`;
}
