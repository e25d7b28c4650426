// How it was done: what the program does, how each node joined, its threads, the network and its clocks.
import { fill } from '../../../words/cli.ts';
import { type TopologyLink, topologyChart } from '../charts/topology.ts';
import { type Block, code, note, paragraph, place, type Section, table } from '../document.ts';
import { nbsp } from '../format.ts';
import { type RunNode, settingsOf } from '../nodes.ts';
import { lossOf, type Pair } from '../pairs.ts';
import { type Context, codes } from './context.ts';

/** Groups that are drawn. */
const mostDrawn = 4;
/** Nodes whose links are drawn: more of them are a black disc. */
const mostLinked = 12;

export function development(context: Context): Section {
  const { words } = context;
  const { parts, places } = words;
  return {
    title: parts.development,
    blocks: [],
    sections: [
      {
        title: parts.implementation,
        blocks: [...words.implementation.map(paragraph), place(places.implementation)],
      },
      { title: parts.multicast, blocks: [paragraph(words.multicast), membership(context)] },
      { title: parts.concurrency, blocks: [paragraph(words.concurrency), threads(context)] },
      { title: parts.network, blocks: network(context) },
    ],
  };
}

function membership({ run, words, format }: Context): Block {
  const { caption, node, group, interface: on, address, ttl, buffer, reply, drops } = words.membership;
  const rows = run.sessions.flatMap((session) =>
    settingsOf(session).map((own) => {
      const joined = session.joined.get(own.group);
      return [
        run.node(session).label,
        code(own.group),
        code(own.interface),
        code(own.address),
        format.number(own.ttl),
        joined?.receiveBuffer === undefined ? '—' : `${format.number(joined.receiveBuffer / 1024)}${nbsp}KiB`,
        joined?.replyPort === undefined ? '—' : String(joined.replyPort),
        format.number(session.state.groups.get(own.group)?.kernelDrops ?? 0),
      ];
    }),
  );
  const columns = [node, group, on, address].map((head) => ({ head }));
  const figures = [ttl, buffer, reply, drops].map((head) => ({ head, figures: true }));
  return table(caption, [...columns, ...figures], rows);
}

function threads({ run, words, format }: Context): Block {
  const { caption, node, workers, heartbeat, batches, items, failed } = words.threads;
  const rows = run.sessions.map((session) => {
    const all = [...session.state.workers.values()];
    const beat = session.heartbeat;
    return [
      run.node(session).label,
      session.workers === undefined ? '—' : format.number(session.workers),
      beat === undefined ? '—' : beat === 0 ? words.none : fill(words.everyMs, { ms: format.number(beat) }),
      format.number(session.state.totals.tasks),
      format.number(all.reduce((sum, worker) => sum + worker.items, 0)),
      format.number(session.state.totals.failedItems),
    ];
  });
  const columns = [workers, heartbeat, batches, items, failed].map((head) => ({ head, figures: true }));
  return table(caption, [{ head: node }, ...columns], rows);
}

function network(context: Context): Block[] {
  const { run, words } = context;
  const blocks: Block[] = [place(words.places.network), nodeTable(context)];
  if (run.left > 0) blocks.push(note(fill(words.nodesLeft, { count: run.left })));
  blocks.push(...run.groups.slice(0, mostDrawn).flatMap((group, index) => topology(context, group, index)));
  blocks.push(...clocks(context));
  return blocks;
}

function nodeTable({ run, words, format }: Context): Block {
  const { caption, node, address, groups, id, starts, first, last, session } = words.nodeTable;
  const severalGroups = run.groups.length > 1;
  const rows = run.nodes.map((each) => [
    each.label,
    codes(each.addresses),
    ...(severalGroups ? [codes(each.groups)] : []),
    code(each.ids.at(-1)!),
    format.number(each.ids.length),
    format.clock(each.firstAt),
    format.clock(each.lastAt),
    each.sessions.length > 0 ? each.sessions.map(({ label }) => label).join(', ') : words.none,
  ]);
  return table(
    caption,
    [
      { head: node },
      { head: address },
      ...(severalGroups ? [{ head: groups }] : []),
      { head: id },
      { head: starts, figures: true },
      { head: first },
      { head: last },
      { head: session },
    ],
    rows,
  );
}

function topology({ run, words }: Context, group: string, index: number): Block[] {
  const nodes = run.nodes.filter((node) => node.groups.includes(group));
  const { title, description, left } = words.topology;
  const shown = nodes.slice(0, mostLinked);
  const drawing = topologyChart(
    group,
    nodes.map((node) => ({
      name: node.short,
      detail: [node.addresses[0] ?? '?', interfaceOf(node, group)].filter(Boolean).join(' · '),
      recorded: node.sessions.length > 0,
    })),
    linksOf(
      shown,
      run.pairs.filter((pair) => pair.group === group),
    ),
  );
  const name = `topology-${index + 1}`;
  return [
    { kind: 'chart', name, title: fill(title, { group }), description, drawing },
    ...(nodes.length > shown.length ? [note(fill(left, { shown: shown.length }))] : []),
  ];
}

const interfaceOf = (node: RunNode, group: string): string | undefined =>
  node.sessions.flatMap(settingsOf).find((own) => own.group === group)?.interface;

function linksOf(nodes: readonly RunNode[], pairs: readonly Pair[]): TopologyLink[] {
  const loss = (from: RunNode, to: RunNode): number | undefined => {
    const pair = pairs.find((each) => each.from === from && each.to === to);
    return pair && pair.arrived > 0 ? lossOf(pair) : undefined;
  };
  const links: TopologyLink[] = [];
  for (const [from, one] of nodes.entries()) {
    for (const [to, other] of nodes.entries()) {
      if (to <= from) continue;
      const [there, back] = [loss(one, other), loss(other, one)];
      if (there === undefined && back === undefined) continue;
      const lossy = Math.max(there ?? 0, back ?? 0) > 0;
      if (there !== undefined && back !== undefined) links.push({ from, to, mutual: true, lossy });
      else
        links.push(
          there === undefined
            ? { from: to, to: from, mutual: false, lossy }
            : { from, to, mutual: false, lossy },
        );
    }
  }
  return links;
}

function clocks({ run, words, format }: Context): Block[] {
  const { caption, node, offset, uncertainty, how, basis, drift, method } = words.clocks;
  const known = run.nodes.flatMap(({ label, clock }) => (clock ? [{ label, clock }] : []));
  if (known.length < 2) return [];
  const reference = run.node(run.sessions[0]!).label;
  const rows = known.map(({ label, clock }) => [
    label,
    clock.basis === 'none' ? '—' : `${format.number(clock.offset, 3)}${nbsp}ms`,
    clock.uncertainty === undefined ? '—' : `±${nbsp}${format.number(clock.uncertainty, 3)}${nbsp}ms`,
    clock.drift > 0.001
      ? `${basis[clock.basis]}; ${fill(drift, { ms: format.number(clock.drift, 3) })}`
      : basis[clock.basis],
  ]);
  const columns = [
    { head: node },
    { head: offset, figures: true },
    { head: uncertainty, figures: true },
    { head: how },
  ];
  return [table(fill(caption, { node: reference }), columns, rows), note(fill(method, { node: reference }))];
}
