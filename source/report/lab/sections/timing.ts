// How long messages took, and how much that varied, over the run.
import { fill } from '../../../words/cli.ts';
import { type Line, lineChart, mostLines } from '../charts/lines.ts';
import { type Block, note, paragraph, place, type Section, table } from '../document.ts';
import type { Heard } from '../heard.ts';
import type { Percentiles } from '../histogram.ts';
import type { RunNode } from '../nodes.ts';
import type { Series } from '../series.ts';
import type { SessionFigures } from '../session-figures.ts';
import type { Context } from './context.ts';
import { overRun, runAxes } from './over-run.ts';

/** What one session measured of one other node. */
type Measured = { session: SessionFigures; here: RunNode; there: RunNode; heard: Heard };

export function timing(context: Context): Section {
  const { words } = context;
  const all = measured(context);
  const trips = oncePerPair(all).filter(({ heard }) => heard.trips.count > 0);
  const { rtt, jitter } = words;
  return {
    title: words.parts.timing,
    blocks: [
      ...(trips.length > 0 ? [tripTable(context, trips)] : [paragraph(words.noTiming)]),
      ...chart(context, 'rtt', trips, {
        ...rtt,
        series: ({ heard }) => heard.tripsOverTime,
        name: ({ here, there }) => fill(rtt.pair, { from: here.short, to: there.short }),
      }),
      ...chart(context, 'jitter', all, {
        ...jitter,
        series: ({ heard }) => heard.jitterOverTime,
        // It is the hearer's figure of the sender.
        name: ({ here, there }) => fill(jitter.pair, { from: there.short, to: here.short }),
      }),
      place(words.places.timing),
    ],
  };
}

/** Those with the most heartbeats first. */
function measured({ run }: Context): Measured[] {
  const all = run.sessions.flatMap((session) =>
    session.heard.all().flatMap((heard) => {
      const there = run.nodes.find(({ ids }) => ids.includes(heard.peer.id));
      return there ? [{ session, here: run.node(session), there, heard }] : [];
    }),
  );
  return all.sort((a, b) => b.heard.peer.received - a.heard.peer.received);
}

/** A round trip is one of both: measured by either. */
function oncePerPair(all: readonly Measured[]): Measured[] {
  const seen = new Map<string, Measured>();
  for (const each of all) {
    const key = [each.here.ids[0], each.there.ids[0]].sort().join(' ');
    const known = seen.get(key);
    if (!known || each.heard.trips.count > known.heard.trips.count) seen.set(key, each);
  }
  return [...seen.values()];
}

function tripTable({ words, format }: Context, trips: readonly Measured[]): Block {
  const { caption, pair, p50, p95, p99, max } = words.rttTable;
  const figures = (percentiles: Percentiles) =>
    (['p50', 'p95', 'p99', 'max'] as const).map((name) => format.measure(percentiles[name]));
  const rows = trips.map(({ here, there, heard }) => [
    fill(words.rtt.pair, { from: here.label, to: there.label }),
    ...figures(heard.trips.percentiles()),
  ]);
  return table(
    caption,
    [{ head: pair }, ...[p50, p95, p99, max].map((head) => ({ head, figures: true }))],
    rows,
  );
}

type Look = {
  title: string;
  description: string;
  series(each: Measured): Series;
  name(each: Measured): string;
};

function chart(context: Context, name: string, all: readonly Measured[], look: Look): Block[] {
  const { words } = context;
  const byName = new Map<string, Line['points'][number][]>();
  for (const each of all) {
    const points = overRun(context, each.session, look.series(each), ({ sum, count }) => sum / count);
    if (points.length === 0) continue;
    const line = byName.get(look.name(each));
    // A node that was started again goes on as the same line.
    if (line) line.push([points[0]![0], null], ...points);
    else byName.set(look.name(each), [...points]);
  }
  const lines = [...byName].map(
    ([name, points]): Line => ({ name, points: points.sort(([a], [b]) => a - b) }),
  );
  if (lines.length === 0) return [];
  const axes = runAxes(context, words.axes.ms, 2);
  const { title, description } = look;
  return [
    { kind: 'chart', name, title, description, drawing: lineChart(lines.slice(0, mostLines), axes) },
    ...(lines.length > mostLines
      ? [note(fill(words.linesLeft, { shown: mostLines, all: lines.length }))]
      : []),
  ];
}
