// What every rule of the live diagnosis is: it looks at the state of one group and says what it sees wrong there.
import type { LiveId } from '../diagnoses.ts';
import type { Diagnosis, GroupName, Millis } from '../event.ts';
import type { Facts } from '../fault.ts';
import type { Peer } from '../peer.ts';
import type { GroupState, State } from '../state.ts';

/** What a rule must know that events do not tell. */
export type Around = {
  /** Interval at which this node heartbeats, ms; 0: never. */
  heartbeat: Millis;
  /** Receive buffer that is asked of the kernel, bytes. */
  receiveBuffer: number;
  /** How long a switch remembers a member, ms: 260 s where nobody tuned it (RFC 3376 §8.4). */
  membership: Millis;
  /** When this host last reported that it is a member: at the join, and at each leaving and joining again. */
  reportedAt(group: GroupName): Millis | undefined;
};

export const usualMembership = 260_000;

/** What is wrong, as far as it can be seen now. Its sentence is in words/diagnosis under `code`. */
export type Symptom = {
  status: 'warn' | 'fail';
  code: string;
  facts: Facts;
  evidence: string;
};

export type Scene = { state: State; group: GroupState; now: Millis; around: Around };

export type Rule = {
  id: LiveId;
  link: string;
  /** How long it must be seen before it is told, and must not be seen before it is taken for mended, ms. */
  after: Millis;
  mended: Millis;
  /** Made anew for each group: what it looks with may remember what it saw last time. */
  watch(): (scene: Scene) => Symptom | undefined;
  /** Why it is over; `openedAt` is when it was told first. */
  ended(scene: Scene, openedAt: Millis): string;
};

/** A diagnosis without its words, which core does not know. */
export type Finding = Omit<Diagnosis, 'text' | 'remedy'>;

/** Nodes of the group that were told of and have not left. */
export function nodesOf({ state, group }: Scene): Peer[] {
  return [...state.peers.values()].filter(
    (peer) => peer.group === group.settings.group && peer.announced && !peer.saidBye,
  );
}

/** Since something was told: whether anything of others was heard. */
export const heardSince = ({ group }: Scene, at: Millis): boolean => (group.heardAt ?? 0) > at;
