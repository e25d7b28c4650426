// What the workers did, and that they did it at the same time.
import { fill } from '../../../words/cli.ts';
import type { Run } from '../busiest.ts';
import { type Line, lineChart, mostLines } from '../charts/lines.ts';
import { timelineChart } from '../charts/timeline.ts';
import { overlapOf } from '../concurrency.ts';
import { type Block, note, paragraph, place, type Section, table } from '../document.ts';
import type { SessionFigures } from '../session-figures.ts';
import type { Context } from './context.ts';
import { overRun, runAxes } from './over-run.ts';

/** Sessions whose workers are drawn, and rows of what the console tells. */
const mostDrawn = 4;
const mostRows = 16;

export function workers(context: Context): Section {
  const { run, words } = context;
  const busy = run.sessions
    .map((session) => ({ session, runs: session.busiest.runs() }))
    .filter(({ runs }) => runs.length > 0);
  const title = words.parts.workers;
  if (busy.length === 0) return { title, blocks: [paragraph(words.noTasks)] };
  return {
    title,
    blocks: [
      overlapTable(context),
      note(words.overlap.method),
      ...shown(busy).map((each, index) => timeline(context, each, index)),
      ...consoleLines(context, best(busy)),
      ...waits(context),
      place(words.places.workers),
    ],
  };
}

type Busy = { session: SessionFigures; runs: Run[] };

/** A single worker overlaps with nobody: it is drawn only where there is nothing else. */
function shown(busy: readonly Busy[]): readonly Busy[] {
  const several = busy.filter(({ runs }) => new Set(runs.map(({ worker }) => worker)).size > 1);
  return (several.length > 0 ? several : busy.slice(0, 1)).slice(0, mostDrawn);
}

/** The one with the most overlap. */
const best = (busy: readonly Busy[]): Busy =>
  busy.reduce((one, other) =>
    overlapOf(other.runs).overlapped > overlapOf(one.runs).overlapped ? other : one,
  );

function overlapTable({ run, words, format }: Context): Block {
  const heads = words.overlap;
  const { number, measure, percent } = format;
  const rows = run.sessions.map((session) => {
    const { busy, overlapped, work, most } = session.concurrency.overlap();
    const wait = session.all.wait.percentiles();
    return [
      run.node(session).label,
      number(session.state.totals.tasks),
      measure(busy),
      busy > 0 ? percent(overlapped / busy) : '—',
      busy > 0 ? number(work / busy, 2) : '—',
      number(most),
      measure(wait.p50),
      measure(wait.p95),
      measure(wait.p99),
      measure(wait.max),
    ];
  });
  const names = [
    heads.batches,
    heads.busy,
    heads.overlapped,
    heads.mean,
    heads.most,
    heads.wait,
    heads.wait95,
    heads.wait99,
    heads.waitMax,
  ];
  return table(
    heads.caption,
    [{ head: heads.node }, ...names.map((head) => ({ head, figures: true }))],
    rows,
  );
}

function timeline({ run, words, format }: Context, { session, runs }: Busy, index: number): Block {
  const node = run.node(session).label;
  const first = Math.min(...runs.map(({ from }) => from));
  const span = Math.max(...runs.map(({ to }) => to)) - first;
  const { overlapped } = overlapOf(runs);
  const { title, description } = words.timeline;
  return {
    kind: 'chart',
    name: `workers-${index + 1}`,
    title: fill(title, { node }),
    description: fill(description, { overlapped: format.measure(overlapped), span: format.measure(span) }),
    drawing: timelineChart(runs, {
      x: fill(words.axes.milliseconds, { at: format.clock(run.aligned(session, first)) }),
      worker: (n) => fill(words.axes.worker, { n }),
      number: (value) => format.number(value, Number.isInteger(value) ? 0 : 2),
    }),
  };
}

function consoleLines({ run, words, format }: Context, { session, runs }: Busy): Block[] {
  const heads = words.console;
  const rows = runs.slice(0, mostRows).map((one) => {
    const others = runs.filter(
      (other) => other.worker !== one.worker && other.from < one.to && other.to > one.from,
    );
    return [
      format.clock(run.aligned(session, one.from)),
      format.clock(run.aligned(session, one.to)),
      fill(words.axes.worker, { n: one.worker }),
      format.number(one.items),
      format.measure(one.wait),
      format.measure(one.to - one.from),
      [...new Set(others.map(({ worker }) => worker))].sort((a, b) => a - b).join(', ') || '—',
    ];
  });
  const columns = [
    { head: heads.at },
    { head: heads.to },
    { head: heads.worker },
    { head: heads.items, figures: true },
    { head: heads.wait, figures: true },
    { head: heads.run, figures: true },
    { head: heads.with },
  ];
  return [
    table(fill(heads.caption, { node: run.node(session).label }), columns, rows),
    ...(runs.length > rows.length
      ? [note(fill(words.consoleLeft, { shown: rows.length, all: runs.length }))]
      : []),
  ];
}

function waits(context: Context): Block[] {
  const { run, words } = context;
  const lines: Line[] = run.sessions.flatMap((session) => {
    const points = overRun(context, session, session.waits, ({ most }) => most);
    return points.length > 0 ? [{ name: run.node(session).short, points }] : [];
  });
  if (lines.length === 0) return [];
  const { title, description } = words.waits;
  const axes = runAxes(context, words.axes.ms, 2);
  return [
    { kind: 'chart', name: 'waits', title, description, drawing: lineChart(lines.slice(0, mostLines), axes) },
  ];
}
