// Who hears whom, and what became of every message.
import { lost } from '../../../core/sequence.ts';
import { fill } from '../../../words/cli.ts';
import { type Line, lineChart, mostLines } from '../charts/lines.ts';
import { matrixChart } from '../charts/matrix.ts';
import { type Block, type Cell, caution, note, paragraph, place, type Section, table } from '../document.ts';
import { nbsp } from '../format.ts';
import { lossOf, type Pair } from '../pairs.ts';
import { blocksBetween } from '../shared-files.ts';
import type { Context } from './context.ts';
import { overRun, runAxes } from './over-run.ts';

export function connectivity(context: Context): Section {
  const { run, words, format } = context;
  const { nodes, pairs } = run;
  const losses = nodes.map((from) =>
    nodes.map((to) => {
      const known = pairs
        .filter((pair) => pair.from === from && pair.to === to)
        .flatMap((pair) => lossOf(pair) ?? []);
      return known.length > 0 ? Math.max(...known) : undefined;
    }),
  );
  const { title, description, sends, hears } = words.matrix;
  const percent = (share: number) =>
    share > 0 && share < 0.001 ? '< 0.1' : format.number(share * 100, Number.isInteger(share * 100) ? 0 : 1);
  const blocks: Block[] = [paragraph(verdict(context, losses.flat()))];
  if (nodes.length > 1) {
    const drawing = matrixChart(
      nodes.map(({ short }) => short),
      losses,
      { sends, hears, percent },
    );
    blocks.push({ kind: 'chart', name: 'reachability', title, description, drawing });
  }
  return {
    title: words.parts.connectivity,
    blocks: [...cautions(context), ...blocks, place(words.places.connectivity)],
  };
}

function verdict({ run, words }: Context, losses: readonly (number | undefined)[]): string {
  const possible = run.nodes.length * (run.nodes.length - 1);
  const known = losses.filter((loss) => loss !== undefined).length;
  const deaf = losses.filter((loss) => loss === 1).length;
  const facts = { known, possible, deaf, heard: known - deaf, unknown: possible - known };
  return fill(known === possible && deaf === 0 ? words.verdict.all : words.verdict.some, facts);
}

/** What puts the figures in doubt. */
function cautions({ run, words, format }: Context): Block[] {
  const [first] = run.sessions;
  const said: string[] = [];
  const span = (session: (typeof run.sessions)[number]) => ({
    from: run.aligned(session, session.firstAt),
    to: run.aligned(session, session.lastAt),
  });
  for (const session of run.sessions) {
    const node = run.node(session).label;
    const [one, other] = [span(first!), span(session)];
    if (other.from > one.to || other.to < one.from) {
      said.push(fill(words.cautions.apart, { node, reference: run.node(first!).label }));
    }
    if (!session.state.stopped)
      said.push(fill(words.cautions.interrupted, { node, at: format.clock(other.to) }));
    if (session.heard.beyond > 0)
      said.push(fill(words.cautions.beyond, { node, count: session.heard.beyond }));
  }
  const common = run.groups.some((group) =>
    run.nodes.filter((node) => node.sessions.length > 0).every(({ groups }) => groups.includes(group)),
  );
  if (!common && run.sessions.length > 1) said.push(words.cautions.group);
  return said.map(caution);
}

export function messages(context: Context): Section {
  const { words } = context;
  return {
    title: words.parts.messages,
    blocks: [...pairTable(context), totals(context), note(words.totals.method), ...traffic(context)],
  };
}

function pairTable({ run, words, format }: Context): Block[] {
  const { number, measure, percent } = format;
  const heads = words.pairs;
  const severalGroups = run.groups.length > 1;
  const withFiles = run.files.length > 0;
  const seen = new Set<string>();
  const rows = run.pairs.map((pair) => {
    const { from, to, sent, basis } = pair;
    const key = `${from.ids[0]} ${to.ids[0]}`;
    // Blocks are of two nodes, not of a group: told once.
    const blocks = seen.has(key) ? undefined : blocksBetween(run.files, from, to);
    seen.add(key);
    return [
      from.label,
      basis === 'reported' ? `${to.label}${nbsp}*` : to.label,
      ...(severalGroups ? [pair.group] : []),
      sent === undefined ? '—' : number(sent),
      number(pair.received),
      number(pair.lost),
      lossCell(pair, percent),
      number(pair.duplicates),
      pair.reordered === undefined ? '—' : number(pair.reordered),
      ...(withFiles
        ? [
            blocks
              ? fill(heads.ofBlocks, { repaired: number(blocks.repaired), lost: number(blocks.lost) })
              : '—',
          ]
        : []),
      pair.jitter === undefined ? '—' : measure(pair.jitter),
      pair.trips ? measure(pair.trips.p50) : '—',
    ];
  });
  const named = [heads.from, heads.to, ...(severalGroups ? [heads.group] : [])].map((head) => ({ head }));
  const figures = [
    heads.sent,
    heads.received,
    heads.lost,
    heads.loss,
    heads.duplicates,
    heads.reordered,
    ...(withFiles ? [heads.repaired] : []),
    heads.jitter,
    heads.rtt,
  ].map((head) => ({ head, figures: true }));
  const reported = run.pairs.some(({ basis }) => basis === 'reported');
  return [
    table(heads.caption, [...named, ...figures], rows),
    ...(reported ? [note(heads.reported)] : []),
    note(heads.method),
  ];
}

function lossCell(pair: Pair, percent: (share: number) => string): Cell {
  const loss = lossOf(pair);
  if (loss === undefined) return { words: '—' };
  return { words: percent(loss), tone: loss === 0 ? 'good' : loss <= 0.05 ? 'poor' : 'bad' };
}

function totals({ run, words, format }: Context): Block {
  const heads = words.totals;
  const rows = run.sessions.map((session) => {
    const { totals } = session.state;
    const { kinds } = totals;
    const tracks = session.heard.all().map(({ peer }) => peer.track);
    return [
      run.node(session).label,
      totals.sent,
      totals.received,
      kinds.chat,
      kinds.heartbeat,
      kinds.ack,
      kinds.text + kinds.binary,
      kinds.malformed,
      tracks.reduce((sum, track) => sum + lost(track), 0),
      tracks.reduce((sum, { duplicates }) => sum + duplicates, 0),
      totals.kernelDrops,
      Object.values(totals.shed).reduce((sum, count) => sum + count, 0),
    ].map((each) => (typeof each === 'number' ? format.number(each) : each));
  });
  const names = [
    heads.sent,
    heads.received,
    heads.chats,
    heads.heartbeats,
    heads.acks,
    heads.foreign,
    heads.malformed,
    heads.lost,
    heads.duplicates,
    heads.drops,
    heads.shed,
  ];
  return table(
    heads.caption,
    [{ head: heads.node }, ...names.map((head) => ({ head, figures: true }))],
    rows,
  );
}

function traffic(context: Context): Block[] {
  const { run, words } = context;
  const { title, description, received, sent } = words.traffic;
  const lines: Line[] = run.sessions.flatMap((session) => {
    const node = run.node(session).short;
    return (
      [
        [received, session.received],
        [sent, session.sentOverTime],
      ] as const
    ).flatMap(([name, series]) => {
      const points = overRun(context, session, series, ({ count }) => (count / series.width) * 1000);
      return points.length > 0 ? [{ name: fill(name, { node }), points }] : [];
    });
  });
  if (lines.length === 0) return [];
  const axes = runAxes(context, words.axes.perSecond, 1);
  return [
    {
      kind: 'chart',
      name: 'traffic',
      title,
      description,
      drawing: lineChart(lines.slice(0, mostLines), axes),
    },
  ];
}
