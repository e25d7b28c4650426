// The results of `bench workers`, for people, spreadsheets and programs.
import { type BurstRun, mediansOf, type Quantiles } from '../bench/burst-figures.ts';
import { pace } from '../bench/burst-sender.ts';
import { machine, machineText } from '../bench/machine.ts';
import { csvRow } from '../core/csv.ts';
import { printable } from '../core/printable.ts';
import { millis, whole } from '../ui/format.ts';
import { glyphsOf, toAscii } from '../ui/glyphs.ts';
import { bar } from '../ui/sparkline.ts';
import { benchWorkersWords } from '../words/bench-workers.ts';
import { fill } from '../words/cli.ts';
import { size } from '../words/fault-sentences.ts';
import type { Lang } from '../words/lang.ts';
import { align } from './align.ts';

/** Of all runs: the interface, and the receive buffer that the kernel granted, bytes. */
export type Place = { interface: string; receiveBuffer: number | undefined };
export type Look = { lang: Lang; ascii: boolean };

/** Widths of the chart's bars, columns. */
const widths = { throughput: 18, overlap: 10, latency: 14 };

/** Two tables with a row for each burst and number of workers, a chart for each burst, and what they mean. */
export function workersText(runs: readonly BurstRun[], { interface: on, receiveBuffer }: Place, look: Look) {
  const words = benchWorkersWords(look.lang);
  const rows = mediansOf(runs);
  const buffer = receiveBuffer === undefined ? words.unknownBuffer : size(String(receiveBuffer));
  const facts = { machine: machineText(machine()), interface: on, pace: whole(pace), buffer };
  const parts = [
    throughputTable(rows, look.lang),
    timesTable(rows, look.lang),
    ...[...new Set(rows.map(({ burst }) => burst))].map((burst) => chart(rows, burst, look)),
    `${fill(words.notes, facts)}${runs.some(({ run }) => run > 1) ? `\n${words.median}` : ''}\n`,
  ];
  const text = parts.join('\n');
  return look.ascii ? text.split('\n').map(toAscii).join('\n') : text;
}

function throughputTable(rows: readonly BurstRun[], lang: Lang): string {
  const cells = rows.map((row) => [
    whole(row.burst),
    String(row.workers),
    whole(row.processed),
    whole(row.dropped),
    whole(row.shed),
    whole(row.throughput),
    row.overlap.toFixed(2),
    String(row.atOnce),
  ]);
  return align([Object.values(benchWorkersWords(lang).columns), ...cells], all);
}

function timesTable(rows: readonly BurstRun[], lang: Lang): string {
  const { columns, wait, latency } = benchWorkersWords(lang);
  const head = [columns.burst, columns.workers, wait, 'p95', 'p99', 'max', latency, 'p95', 'p99', 'max'];
  const four = ({ p50, p95, p99, max }: Quantiles) => [p50, p95, p99, max].map(millis);
  const cells = rows.map((row) => [
    whole(row.burst),
    String(row.workers),
    ...four(row.wait),
    ...four(row.latency),
  ]);
  return align([head, ...cells], all);
}

/** Every column holds numbers. */
const all = new Set(Array.from({ length: 10 }, (_, column) => column));

function chart(rows: readonly BurstRun[], burst: number, { lang, ascii }: Look): string {
  const words = benchWorkersWords(lang);
  const glyphs = glyphsOf(ascii);
  const same = rows.filter((row) => row.burst === burst);
  const drawn = (width: number, of: (row: BurstRun) => number) => {
    const greatest = Math.max(...same.map(of));
    return (row: BurstRun) => bar(of(row) / greatest, width, glyphs, ' ');
  };
  const throughput = drawn(widths.throughput, (row) => row.throughput);
  const overlap = drawn(widths.overlap, (row) => row.overlap);
  const latency = drawn(widths.latency, (row) => row.latency.p99);
  const { bars } = words;
  const lines = same.map((row) => [
    ...[String(row.workers), throughput(row), whole(row.throughput)],
    ...[overlap(row), row.overlap.toFixed(2)],
    ...[latency(row), millis(row.latency.p99)],
  ]);
  const head = [bars.workers, bars.throughput, '', bars.overlap, '', bars.latency, ''];
  const title = fill(words.chart, { burst: whole(burst), work: same[0]!.work });
  return `${title}\n${align([head, ...lines], new Set([0, 2, 4, 6]))}`;
}

/** What a run that is over came to. */
export function progressText(run: BurstRun, lang: Lang): string {
  const facts = {
    throughput: whole(run.throughput),
    overlap: run.overlap.toFixed(2),
    lost: whole(run.dropped + run.shed),
  };
  return `${printable(fill(benchWorkersWords(lang).done, facts))}\n`;
}

const plain = [
  ...['workers', 'burst', 'work', 'run', 'sent', 'processed', 'dropped', 'shed'],
  ...['seconds', 'throughput', 'overlap', 'atOnce'],
] as const;
const shares = ['p50', 'p95', 'p99', 'max'] as const;

export const csvHead = csvRow([
  ...plain,
  ...shares.map((share) => `wait_${share}`),
  ...shares.map((share) => `latency_${share}`),
]);

/** Raw: seconds, items per second, and milliseconds. */
export const csvLine = (run: BurstRun): string =>
  csvRow([
    ...plain.map((column) => run[column as keyof Omit<BurstRun, 'wait' | 'latency'>]),
    ...shares.map((share) => run.wait[share]),
    ...shares.map((share) => run.latency[share]),
  ]);

/** One document: `rows` has one for each burst and number of workers, `runs` all that was measured. */
export function jsonDocument(runs: readonly BurstRun[], place: Place): string {
  const head = { bench: 'workers', version: 1, machine: machineText(machine()), ...place, pace };
  return `${JSON.stringify({ ...head, rows: mediansOf(runs), runs }, undefined, 2)}\n`;
}
