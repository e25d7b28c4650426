// The φ-accrual failure detector (Hayashibara et al. 2004) with Akka's logistic approximation of the normal
// distribution: φ = −log10(probability that a heartbeat this late still comes).

/** A late heartbeat is suspicious from here, and taken for dead from there. */
export const suspectPhi = 3;
export const deadPhi = 8;
/** Beats that may be missed before suspicion grows: fewer would bury a peer at 10 % loss every hundred beats. */
export const pauseBeats = 3;
/** Shown instead of infinity. */
export const maxPhi = 99;

const window = 64;
/** A longer gap is a clock that was set; in floating point its square would stay in the sums for ever. ms */
const longestGap = 3_600_000;

/** Heartbeat intervals of one peer, the newest 64, with their running sums. */
export type Beats = { intervals: number[]; next: number; sum: number; squares: number };

export const newBeats = (): Beats => ({ intervals: [], next: 0, sum: 0, squares: 0 });

/** `interval` in ms. A gap that ended a failure is not a beat: do not add it. */
export function addBeat(beats: Beats, interval: number): void {
  if (interval < 0 || interval > longestGap) return;
  const old = beats.intervals[beats.next] ?? 0;
  beats.intervals[beats.next] = interval;
  beats.next = (beats.next + 1) % window;
  beats.sum += interval - old;
  beats.squares += interval * interval - old * old;
}

/**
 * φ after `elapsed` ms of silence. `every` is the interval that the peer announced (ms): it stands in for the
 * history until there is one, and overrides it when the peer has slowed down. `patience` ≥ 1 stretches every
 * deadline while this node itself is slow (Lifeguard's local health).
 */
export function phi(beats: Beats, every: number, elapsed: number, patience = 1): number {
  const count = beats.intervals.length;
  const mean = Math.max(every, count > 0 ? beats.sum / count : 0);
  const variance = count > 1 ? Math.max(0, beats.squares / count - (beats.sum / count) ** 2) : 0;
  // Akka's σ before there is a history; it stays the floor, so that suspicion shows before death does.
  const deviation = Math.max(Math.sqrt(variance), mean / 4, 100);
  const y = (elapsed / patience - mean - pauseBeats * every) / deviation;
  const e = Math.exp(-y * (1.5976 + 0.070566 * y * y));
  const value = y > 0 ? -Math.log10(e / (1 + e)) : -Math.log10(1 - 1 / (1 + e));
  return Math.min(Math.max(value, 0), maxPhi);
}
