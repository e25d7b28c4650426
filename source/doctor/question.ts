// What is asked: why is this group silent, joined in this way?
import type { Group } from '../core/group.ts';
import type { TransportOptions } from '../net/transport.ts';

/** Long enough for three heartbeats of everybody, ms. */
export const listenFor = 3000;

export type Question = {
  group: Group;
  /** How many groups are asked for together. */
  groups: number;
  /** `--interface`, a name or an address. */
  interface: string | undefined;
  source: string | undefined;
  ttl: number;
  replyPort: number | undefined;
  /** Identity of the node in whose process this is asked: it has the reply port, and what it says is nobody else's. */
  self?: string;
  /** Who should be there, by name or address. */
  peer: string | undefined;
  /** How long to listen to the group, ms. */
  watch: number;
};

/** One question about each group, as it is joined, or would be. */
export function questionsOf(
  groups: readonly TransportOptions[],
  { peer, ...asked }: Pick<Question, 'watch' | 'self'> & Partial<Pick<Question, 'peer'>>,
): Question[] {
  return groups.map(({ group, interface: wanted, source, ttl, replyPort }) => ({
    group,
    groups: groups.length,
    interface: wanted,
    source,
    ttl,
    replyPort,
    peer,
    ...asked,
  }));
}
