// The nodes of a run, out of all that its sessions tell of them: the ones that recorded, and the ones that were
// only heard. A node that was started again has a new identity each time, and is still one node to its reader.
import type { GroupName, Millis } from '../../core/event.ts';
import { safeText } from '../../core/safe-text.ts';
import { alignClocks, type Clock } from './clocks.ts';
import { made } from './made.ts';
import type { SessionFigures } from './session-figures.ts';

/** Graphemes of a name in a chart. */
const shortLimit = 22;
/** As many as a matrix can show; those that recorded come first, then those heard most. */
const mostNodes = 32;
/** How much later than its successor's start a node may seem to have been heard, ms. */
const slack = 1000;

export type RunNode = {
  /** Its name, with the address where another has the same name. */
  label: string;
  /** The same as a chart has room for it. */
  short: string;
  name: string;
  addresses: string[];
  /** One for each start. */
  ids: string[];
  groups: GroupName[];
  sessions: SessionFigures[];
  /** First and last heard of, by the reference clock. */
  firstAt: Millis;
  lastAt: Millis;
  clock: Clock | undefined;
  /** Datagrams heard of it by all sessions. */
  heard: number;
};

export type Nodes = { nodes: RunNode[]; left: number; clocks: ReadonlyMap<string, Clock> };

export function nodesOf(sessions: readonly SessionFigures[]): Nodes {
  const clocks = alignClocks(sessions);
  const starts = [...startsOf(sessions, clocks).values()].sort((a, b) => a.firstAt - b.firstAt);
  const byName = new Map<string, RunNode[]>();
  for (const start of starts) {
    const known = made(byName, start.name, () => []);
    const before = known.find((node) => isSame(node, start));
    if (before) merge(before, start);
    else known.push(start);
  }
  const all = [...byName.values()].flat();
  const place = (node: RunNode) => {
    const index = sessions.findIndex((session) => node.sessions.includes(session));
    return index < 0 ? sessions.length : index;
  };
  all.sort((a, b) => place(a) - place(b) || b.heard - a.heard);
  const nodes = all.slice(0, mostNodes);
  label(nodes);
  return { nodes, left: all.length - nodes.length, clocks };
}

/** By identity. */
function startsOf(
  sessions: readonly SessionFigures[],
  clocks: ReadonlyMap<string, Clock>,
): Map<string, RunNode> {
  const starts = new Map<string, RunNode>();
  for (const session of sessions) {
    const offset = clocks.get(session.id)?.offset ?? 0;
    const own = settingsOf(session);
    note(starts, session.id, {
      name: session.name,
      addresses: own.map(({ address }) => address),
      groups: own.map(({ group }) => group),
      firstAt: session.firstAt - offset,
      lastAt: session.lastAt - offset,
      clock: clocks.get(session.id),
    });
    starts.get(session.id)!.sessions.push(session);
    for (const { peer } of session.heard.all()) {
      note(starts, peer.id, {
        name: peer.name,
        addresses: [peer.address],
        groups: [peer.group],
        firstAt: peer.firstAt - offset,
        lastAt: peer.lastAt - offset,
        clock: clocks.get(peer.id),
      });
      starts.get(peer.id)!.heard += peer.received;
    }
  }
  return starts;
}

/** As it says itself when it joined, else as the header of its file has it. */
export const settingsOf = (session: SessionFigures) =>
  session.joined.size > 0 ? [...session.joined.values()] : session.header.groups;

type Seen = Pick<RunNode, 'name' | 'addresses' | 'groups' | 'firstAt' | 'lastAt' | 'clock'>;

function note(starts: Map<string, RunNode>, id: string, seen: Seen): void {
  const start = made(starts, id, () => ({
    ...seen,
    label: '',
    short: '',
    ids: [id],
    sessions: [],
    heard: 0,
  }));
  join(start, seen);
}

function join(node: RunNode, seen: Seen): void {
  node.addresses = [...new Set([...node.addresses, ...seen.addresses])];
  node.groups = [...new Set([...node.groups, ...seen.groups])];
  node.firstAt = Math.min(node.firstAt, seen.firstAt);
  node.lastAt = Math.max(node.lastAt, seen.lastAt);
}

const isSame = (node: RunNode, start: RunNode): boolean =>
  node.addresses.some((address) => start.addresses.includes(address)) && start.firstAt >= node.lastAt - slack;

function merge(node: RunNode, start: RunNode): void {
  join(node, start);
  node.ids.push(...start.ids);
  node.sessions.push(...start.sessions);
  node.heard += start.heard;
  node.clock ??= start.clock;
}

/** Names that several nodes have get their addresses, and numbers where these are the same too. */
function label(nodes: readonly RunNode[]): void {
  const shared = (text: (node: RunNode) => string, node: RunNode) =>
    nodes.filter((other) => text(other) === text(node));
  const bare = ({ name, ids }: RunNode) => name || ids[0]!;
  const long = (node: RunNode) => `${bare(node)} (${node.addresses[0] ?? '?'})`;
  for (const node of nodes) {
    const same = shared(long, node);
    if (shared(bare, node).length === 1) node.label = bare(node);
    else node.label = same.length === 1 ? long(node) : `${long(node)} #${same.indexOf(node) + 1}`;
  }
  for (const node of nodes) node.short = safeText(node.label, shortLimit);
  for (const [index, node] of nodes.entries()) {
    const alike = nodes.some((other) => other !== node && other.short === node.short);
    if (alike) node.short = `${safeText(node.label, shortLimit - 4)} #${index + 1}`;
  }
}
