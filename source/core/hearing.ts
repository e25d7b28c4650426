// The reception reports of our heartbeats: what this node hears of the others.
import type { HearingReport, Millis } from './event.ts';
import type { Peer } from './peer.ts';
import { lossRatio, lost, lostSinceBase } from './sequence.ts';

/** Numbers a report speaks of: received and lost. */
export const expected = (report: HearingReport): number => report.got + report.lost;

/** The first number a report speaks of; it changes only when its author began to count anew. */
export const firstHeard = (report: HearingReport): number => report.seq - expected(report) + 1;

/** Tells of the newest beginning only, so that `got` + `lost` are the numbers up to `seq`. */
export function reportOn(peer: Peer, now: Millis): HearingReport {
  const { track } = peer;
  return {
    id: peer.id,
    seq: track.max,
    got: track.got,
    lost: lostSinceBase(track),
    duplicates: track.duplicates,
    jitter: Math.round(peer.jitter.value * 100) / 100,
    at: peer.sentAt,
    held: Math.max(0, Math.round((now - peer.sentHeardAt) * 100) / 100),
  };
}

/**
 * The order in which peers are reported on: as a heartbeat carries only what fits, the half that hears worst
 * comes first and the rest takes turns. `turn` counts heartbeats, `fits` is how many reports the last one held.
 */
export function reportOrder(peers: Peer[], turn: number, fits: number): Peer[] {
  if (peers.length <= fits) return peers;
  const worst = [...peers]
    .sort((a, b) => lossRatio(b.track) - lossRatio(a.track))
    .slice(0, Math.floor(fits / 2))
    .filter(({ track }) => lost(track) > 0);
  const chosen = new Set(worst);
  const rest = peers.filter((peer) => !chosen.has(peer));
  const from = (turn * Math.max(1, fits - worst.length)) % rest.length;
  return [...worst, ...rest.slice(from), ...rest.slice(0, from)];
}
