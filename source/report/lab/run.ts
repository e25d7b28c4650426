// A run of the lab: all sessions together, as nodes, pairs and transfers, on one clock.
import type { GroupName, Millis } from '../../core/event.ts';
import type { BenchResult } from './bench-file.ts';
import type { Clock } from './clocks.ts';
import type { DoctorResult } from './doctor-file.ts';
import { nodesOf, type RunNode, settingsOf } from './nodes.ts';
import { type Pair, pairsOf } from './pairs.ts';
import type { SessionFigures } from './session-figures.ts';
import { type SharedFiles, sharedFilesOf } from './shared-files.ts';

export type LabRun = {
  /** At least one; the first one's clock is the reference. */
  sessions: readonly SessionFigures[];
  nodes: readonly RunNode[];
  /** Nodes that found no place among those. */
  left: number;
  groups: readonly GroupName[];
  pairs: readonly Pair[];
  files: readonly SharedFiles[];
  /** By the reference clock. */
  firstAt: Millis;
  lastAt: Millis;
  /** Of a session. */
  node(session: SessionFigures): RunNode;
  /** An instant of a session's clock by the reference clock. */
  aligned(session: SessionFigures, at: Millis): Millis;
  bench?: BenchResult;
  doctor?: DoctorResult;
};

export function labRunOf(
  sessions: readonly SessionFigures[],
  files: { bench?: BenchResult | undefined; doctor?: DoctorResult | undefined } = {},
): LabRun {
  const { nodes, left, clocks } = nodesOf(sessions);
  const aligned = (session: SessionFigures, at: Millis) => at - offsetOf(clocks.get(session.id));
  return {
    sessions,
    nodes,
    left,
    groups: [...new Set(sessions.flatMap((session) => settingsOf(session).map(({ group }) => group)))],
    pairs: pairsOf(nodes, sessions),
    files: sharedFilesOf(sessions, nodes),
    firstAt: Math.min(...sessions.map((session) => aligned(session, session.firstAt))),
    lastAt: Math.max(...sessions.map((session) => aligned(session, session.lastAt))),
    node: (session) => nodes.find((node) => node.sessions.includes(session))!,
    aligned,
    ...(files.bench ? { bench: files.bench } : {}),
    ...(files.doctor ? { doctor: files.doctor } : {}),
  };
}

const offsetOf = (clock: Clock | undefined): Millis => clock?.offset ?? 0;
