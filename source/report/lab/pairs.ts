// What each node heard of each other one: counted in the session of the one that heard, or, where that one recorded
// none, as its heartbeats told it to those that did.
import type { GroupName, HearingReport } from '../../core/event.ts';
import { arrived, lost } from '../../core/sequence.ts';
import type { Percentiles } from './histogram.ts';
import { made } from './made.ts';
import { type RunNode, settingsOf } from './nodes.ts';
import type { SessionFigures } from './session-figures.ts';

export type Pair = {
  from: RunNode;
  to: RunNode;
  group: GroupName;
  /** Counted by its receiver's session, or told by its receiver's heartbeats. */
  basis: 'session' | 'reported';
  /** Datagrams to the group, by the session of the one that sent; undefined where there is none. */
  sent: number | undefined;
  /** Datagrams that came, doubled ones too; a report tells of distinct ones only. */
  received: number;
  /** Numbers that came, and numbers that are missing among them. */
  arrived: number;
  lost: number;
  duplicates: number;
  reordered: number | undefined;
  /** ms; undefined where nothing came. */
  jitter: number | undefined;
  /** ms, of each heartbeat. */
  trips: Percentiles | undefined;
};

/** lost ÷ expected, 0 to 1; 1 where nothing came from one that sent; undefined where nobody knows. */
export function lossOf({ sent, arrived, lost }: Pair): number | undefined {
  if (arrived + lost > 0) return lost / (arrived + lost);
  return sent !== undefined && sent > 0 ? 1 : undefined;
}

/** Ordered pairs of which anything is known, one for each group that both are in. */
export function pairsOf(nodes: readonly RunNode[], sessions: readonly SessionFigures[]): Pair[] {
  const reports = reportsOf(sessions);
  return nodes.flatMap((from) =>
    nodes.flatMap((to) => {
      if (from === to) return [];
      return to.groups.flatMap((group) => {
        const pair = to.sessions.length > 0 ? counted(from, to, group) : told(from, to, group, reports);
        return pair ? [pair] : [];
      });
    }),
  );
}

function counted(from: RunNode, to: RunNode, group: GroupName): Pair | undefined {
  const found = to.sessions.flatMap((session) =>
    from.ids.flatMap((id) => session.heard.get(id, group) ?? []),
  );
  const sent = sentBy(from, group);
  if (found.length === 0) {
    // Deaf: it was in the group, the other one sent, and nothing came.
    const was = to.sessions.some((session) => settingsOf(session).some((own) => own.group === group));
    if (!was || !sent) return undefined;
  }
  const sum = (figure: (heard: (typeof found)[number]) => number) =>
    found.reduce((total, heard) => total + figure(heard), 0);
  return {
    from,
    to,
    group,
    basis: 'session',
    sent,
    received: sum(({ peer }) => peer.received),
    arrived: sum(({ peer }) => arrived(peer.track)),
    lost: sum(({ peer }) => lost(peer.track)),
    duplicates: sum(({ peer }) => peer.track.duplicates),
    reordered: sum(({ peer }) => peer.track.reordered),
    jitter: found.at(-1)?.peer.jitter.value,
    trips: tripsOf(from, to, group),
  };
}

/** By who tells, of whom, in which group. */
type Reports = Map<string, HearingReport>;

const reportKey = (teller: string, subject: string, group: GroupName) => `${teller} ${subject} ${group}`;

/** The newest of each, whoever heard it. */
function reportsOf(sessions: readonly SessionFigures[]): Reports {
  const reports: Reports = new Map();
  for (const session of sessions) {
    for (const { peer } of session.heard.all()) {
      for (const { report } of peer.hears.values()) {
        const key = reportKey(peer.id, report.id, peer.group);
        const known = made(reports, key, () => report);
        if (report.seq > known.seq) reports.set(key, report);
      }
    }
  }
  return reports;
}

function told(from: RunNode, to: RunNode, group: GroupName, reports: Reports): Pair | undefined {
  const found = to.ids.flatMap((teller) =>
    from.ids.flatMap((subject) => reports.get(reportKey(teller, subject, group)) ?? []),
  );
  if (found.length === 0) return undefined;
  const sum = (field: 'got' | 'lost' | 'duplicates') =>
    found.reduce((total, report) => total + report[field], 0);
  return {
    from,
    to,
    group,
    basis: 'reported',
    sent: sentBy(from, group),
    received: sum('got') + sum('duplicates'),
    arrived: sum('got'),
    lost: sum('lost'),
    duplicates: sum('duplicates'),
    reordered: undefined,
    jitter: found.at(-1)!.jitter,
    trips: tripsOf(from, to, group),
  };
}

function sentBy(from: RunNode, group: GroupName): number | undefined {
  if (from.sessions.length === 0) return undefined;
  return from.sessions.reduce((total, session) => total + (session.sent.get(group)?.datagrams ?? 0), 0);
}

/** A round trip is one of both, so the measure of either will do; that of the sender first. */
function tripsOf(from: RunNode, to: RunNode, group: GroupName): Percentiles | undefined {
  for (const [here, there] of [
    [from, to],
    [to, from],
  ] as const) {
    for (const session of here.sessions) {
      for (const id of there.ids) {
        const trips = session.heard.get(id, group)?.trips;
        if (trips && trips.count > 0) return trips.percentiles();
      }
    }
  }
  return undefined;
}
