// Puts the clocks of all nodes on that of the first session, by what their heartbeats tell of them, as NTP does
// (RFC 5905 §8): the offset is half the difference of the delays there and back, of the heartbeat with the least of
// both together (§10), and cannot be wrong by more than half of that round trip.
import type { Millis } from '../../core/event.ts';
import type { Delay, Delays } from './delays.ts';

export type Basis = 'reference' | 'both' | 'one-way' | 'none';

/** How a node's clock stands beside the reference: its own time minus `offset` is the reference's. */
export type Clock = {
  offset: Millis;
  /** The most that `offset` can be wrong, ms; undefined where traffic went one way only, or none did. */
  uncertainty: number | undefined;
  /** How far the offset moved over the run, ms, as far as it is more than the uncertainty. */
  drift: number;
  basis: Basis;
};

/** What one session tells of its peers. */
export type Observer = { id: string; delays: ReadonlyMap<string, Delays> };

type Link = { to: string } & Clock;
/** Added to the cost of a way for each link that went one way: any way with both directions is better. */
const oneWayCost = 1e9;
/** Two instants of one clock, rounded, can seem to pass in less than no time, ms. */
const rounding = 0.05;

export function alignClocks(observers: readonly Observer[]): Map<string, Clock> {
  const clocks = new Map<string, Clock>();
  const links = linksOf(observers);
  const open = new Map<string, { clock: Clock; cost: number }>();
  const [first] = observers;
  if (first)
    open.set(first.id, { clock: { offset: 0, uncertainty: 0, drift: 0, basis: 'reference' }, cost: 0 });
  // Dijkstra: each node by the way with the least uncertainty.
  while (open.size > 0) {
    const [id, { clock, cost }] = [...open].reduce((best, each) =>
      each[1].cost < best[1].cost ? each : best,
    );
    open.delete(id);
    clocks.set(id, clock);
    for (const link of links.get(id) ?? []) {
      if (clocks.has(link.to)) continue;
      const further = cost + (link.uncertainty ?? oneWayCost);
      const known = open.get(link.to);
      if (!known || further < known.cost) open.set(link.to, { clock: beyond(clock, link), cost: further });
    }
  }
  for (const { id } of observers) {
    if (!clocks.has(id)) clocks.set(id, { offset: 0, uncertainty: undefined, drift: 0, basis: 'none' });
  }
  return clocks;
}

function beyond(clock: Clock, link: Link): Clock {
  const sure = clock.uncertainty !== undefined && link.uncertainty !== undefined;
  return {
    offset: clock.offset + link.offset,
    uncertainty: sure ? clock.uncertainty! + link.uncertainty! : undefined,
    drift: clock.drift + link.drift,
    basis: sure ? 'both' : 'one-way',
  };
}

/** Both directions of each. */
function linksOf(observers: readonly Observer[]): Map<string, Link[]> {
  const links = new Map<string, Link[]>();
  const put = (from: string, link: Link) => {
    const all = links.get(from);
    if (all) all.push(link);
    else links.set(from, [link]);
  };
  const byId = new Map(observers.map((observer) => [observer.id, observer]));
  for (const { id, delays } of observers) {
    for (const [peer, seen] of delays) {
      if (peer === id) continue;
      const clock = estimate(seen, byId.get(peer)?.delays.get(id));
      if (!clock) continue;
      put(id, { to: peer, ...clock });
      put(peer, { to: id, ...clock, offset: -clock.offset });
    }
  }
  return links;
}

/** The clock of a peer beside that of here; `mirror` is what the peer's own session tells of here. */
function estimate(seen: Delays, mirror: Delays | undefined): Clock | undefined {
  const paired = seen.windows().filter(isPaired);
  if (paired.length > 0) {
    const best = paired.reduce((one, other) => (uncertaintyOf(other) < uncertaintyOf(one) ? other : one));
    const drift = Math.max(
      0,
      ...paired.map((w) => Math.abs(offsetOf(w) - offsetOf(best)) - uncertaintyOf(w) - uncertaintyOf(best)),
    );
    return { offset: offsetOf(best), uncertainty: Math.max(0, uncertaintyOf(best)), drift, basis: 'both' };
  }
  // No heartbeat told what it heard: two sessions that heard each other know as much.
  const least = { toHere: seen.leastToHere, toThere: mirror?.leastToHere ?? Number.POSITIVE_INFINITY };
  if (isPaired(least)) {
    return {
      offset: offsetOf(least),
      uncertainty: Math.max(0, uncertaintyOf(least)),
      drift: 0,
      basis: 'both',
    };
  }
  if (!Number.isFinite(least.toHere)) return undefined;
  return { offset: -least.toHere, uncertainty: undefined, drift: 0, basis: 'one-way' };
}

const offsetOf = ({ toHere, toThere }: Delay): number => (toThere - toHere) / 2;
const uncertaintyOf = ({ toHere, toThere }: Delay): number => (toThere + toHere) / 2;

/** A round trip that took less than no time is a clock that was set meanwhile. */
const isPaired = (delay: Delay): boolean =>
  Number.isFinite(delay.toHere + delay.toThere) && uncertaintyOf(delay) >= -rounding;
