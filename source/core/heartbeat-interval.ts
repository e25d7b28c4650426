// Control traffic must not grow with the group (RFC 3550 §6.2): all heartbeats together stay under 5 % of the
// session's bandwidth, so the interval stretches with the number of nodes.

const share = 0.05;

/**
 * Milliseconds between heartbeats. `base`: the interval asked for, ms; `nodes`: in the group with this one;
 * `bytes`: size of an average heartbeat on the wire; `bandwidth`: bits a second.
 */
export function stretchedInterval(base: number, nodes: number, bytes: number, bandwidth: number): number {
  return Math.max(base, (nodes * bytes * 8 * 1000) / (share * bandwidth));
}

/** ±10 % by `random`, 0 to 1, so that nodes that started together do not stay in step (RFC 3550 A.7 in spirit). */
export const jittered = (interval: number, random: number): number => interval * (0.9 + 0.2 * random);
