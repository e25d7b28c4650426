// The effect of workers and bursts, as `bench workers` measured it.
import { fill } from '../../../words/cli.ts';
import type { BenchResult, BenchRow } from '../bench-file.ts';
import { benchCommand } from '../bench-file.ts';
import { type Line, lineChart, mostLines } from '../charts/lines.ts';
import { type Block, note, paragraph, place, type Section, table } from '../document.ts';
import { made } from '../made.ts';
import { type Context, withCode } from './context.ts';

export function experiment(context: Context): Section {
  const { run, words } = context;
  const title = words.parts.experiment;
  const { bench } = run;
  if (!bench) {
    const facts = { bench: `${benchCommand} > workers.json`, flag: '--bench workers.json' };
    return { title, blocks: [paragraph(withCode(words.bench.none, facts)), place(words.places.experiment)] };
  }
  return {
    title,
    blocks: [
      rowsTable(context, bench),
      note(fill(words.bench.machine, { machine: bench.machine })),
      ...charts(context, bench),
      place(words.places.experiment),
    ],
  };
}

function rowsTable({ words, format }: Context, { rows }: BenchResult): Block {
  const heads = words.bench;
  const { number, measure } = format;
  const names = [
    heads.burst,
    heads.work,
    heads.workers,
    heads.lost,
    heads.throughput,
    heads.wait,
    heads.wait95,
    heads.wait99,
    heads.latency,
    heads.latency99,
    heads.overlap,
  ];
  return table(
    heads.caption,
    names.map((head) => ({ head, figures: true })),
    rows.map((row) => [
      number(row.burst),
      measure(row.work),
      number(row.workers),
      number(row.dropped + row.shed),
      number(row.throughput),
      measure(row.wait.p50),
      measure(row.wait.p95),
      measure(row.wait.p99),
      measure(row.latency.p50),
      measure(row.latency.p99),
      number(row.overlap, 2),
    ]),
  );
}

function charts({ words, format }: Context, { rows }: BenchResult): Block[] {
  const counts = [...new Set(rows.map(({ workers }) => workers))].sort((a, b) => a - b);
  if (counts.length < 2) return [];
  const works = new Set(rows.map(({ work }) => work));
  const chart = (name: string, title: string, y: string, figure: (row: BenchRow) => number): Block => {
    const byBurst = new Map<string, (readonly [number, number])[]>();
    for (const row of rows) {
      const facts = { burst: format.number(row.burst), work: format.measure(row.work) };
      const line = fill(works.size > 1 ? words.bench.lineWork : words.bench.line, facts);
      made(byBurst, line, () => []).push([counts.indexOf(row.workers), figure(row)]);
    }
    const lines = [...byBurst]
      .slice(0, mostLines)
      .map(([name, points]): Line => ({ name, points: points.sort(([a], [b]) => a - b) }));
    const axes = {
      x: words.axes.workers,
      y,
      number: (value: number) => format.number(value, Number.isInteger(value) ? 0 : 1),
      categories: counts.map((count) => format.number(count)),
    };
    return {
      kind: 'chart',
      name,
      title,
      description: words.bench.description,
      drawing: lineChart(lines, axes),
    };
  };
  return [
    chart(
      'bench-throughput',
      words.bench.throughputTitle,
      words.axes.perSecond,
      ({ throughput }) => throughput,
    ),
    chart('bench-wait', words.bench.waitTitle, words.axes.ms, ({ wait }) => wait.p95),
  ];
}
