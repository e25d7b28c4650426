// All nodes of a group that are not on this host falling silent together: it is rarely all of them that died.
import type { Millis } from '../event.ts';
import { nodesOf, type Scene } from './finding.ts';

/** Nothing but the last beats lies between those that fell silent together: so many of their intervals, or ms. */
const beatsApart = 2;
const usualBeat = 1000;

export type FellSilent = {
  /** When the last of them was heard. */
  at: Millis;
  count: number;
};

/** Undefined while anybody elsewhere is heard, or where nobody was. */
export function fellSilent(scene: Scene): FellSilent | undefined {
  const { settings, heardFarAt } = scene.group;
  const there = nodesOf(scene).filter(({ address }) => address !== settings.address);
  if (there.length === 0 || there.some(({ state }) => state === 'alive')) return undefined;
  const at = Math.max(...there.map(({ lastAt }) => lastAt));
  const slack = (every = usualBeat) => beatsApart * every;
  // Senders that are no nodes are silent too.
  if ((heardFarAt ?? 0) > at + slack()) return undefined;
  return { at, count: there.filter(({ lastAt, every }) => at - lastAt <= slack(every)).length };
}

/**
 * They fell silent when a switch forgets a member that it heard no report of: after 260 s (RFC 3376 §8.4), give or
 * take what its clock and its vendor add.
 */
export function forgotten(scene: Scene): (FellSilent & { after: Millis }) | undefined {
  const { group, around } = scene;
  const silent = fellSilent(scene);
  if (!silent) return undefined;
  const after = silent.at - (around.reportedAt(group.settings.group) ?? group.joinedAt);
  const share = after / around.membership;
  return share >= earliest && share <= latest ? { ...silent, after } : undefined;
}

/** 200 s and 320 s of 260 s. */
const earliest = 200 / 260;
const latest = 320 / 260;
