// What is tried between two nodes: ways and sizes. Each way has ports of its own, because a firewall that follows
// connections lets in what comes back over a way that was gone out before: the port that replies are expected at never
// sends by unicast, and the spare port never hears from the other's reply port.
import type { Family } from '../core/address.ts';
import { messageLimit } from '../core/message.ts';
import { type Back, probeLimit } from '../core/probing.ts';

/** Bytes of a short message of ours: its envelope alone takes most of them. */
export const shortBytes = 300;
export const mediumBytes = 512;

/** Headers of IP and UDP, bytes (RFC 791, RFC 8200, RFC 768). */
export const headerBytes = { 4: 28, 6: 48 } as const;

export type What =
  // by multicast
  | 'short'
  | 'medium'
  | 'long'
  // by unicast and back, by size
  | 'unicast'
  | 'unicast-medium'
  | 'unicast-long'
  | 'frame'
  | 'fragments'
  // from a spare port to the port that it speaks from
  | 'to-reply'
  // from its reply port to ours that never asked it, and to our fixed one
  | 'unasked'
  | 'fixed'
  // by unicast there, and back by multicast
  | 'group'
  | 'group-long';

export type Lane = {
  number: number;
  what: What;
  /** `door` is the fixed port beside the group's, `own` any port of the same address, `spare` of any address. */
  from: 'group' | 'spare' | 'own' | 'door';
  to: 'group' | 'door' | 'reply';
  bytes: number;
  back?: Back;
};

/**
 * `mtu`: of the interface, bytes; undefined where it is not known, and then 1,500. `door`: the other node has one, and
 * so has this host; without its door all goes to its reply port.
 */
export function lanesOf(
  family: Family,
  mtu: number | undefined,
  door: { there: boolean; here: boolean },
): Lane[] {
  const headers = headerBytes[family];
  const frame = Math.min(mtu ?? 1_500, 9_000) - headers;
  const fragments = frame + 300;
  const to = door.there ? 'door' : 'reply';
  const there = { from: 'spare', to, back: 'here' } as const;
  const all: (Omit<Lane, 'number'> | undefined)[] = [
    { what: 'short', from: 'group', to: 'group', bytes: shortBytes },
    { what: 'medium', from: 'group', to: 'group', bytes: mediumBytes },
    { what: 'long', from: 'group', to: 'group', bytes: messageLimit },
    { what: 'unicast', ...there, bytes: shortBytes },
    { what: 'unicast-medium', ...there, bytes: mediumBytes },
    { what: 'unicast-long', ...there, bytes: messageLimit },
    frame > messageLimit ? { what: 'frame', ...there, bytes: frame } : undefined,
    frame > messageLimit && fragments <= probeLimit && (mtu ?? 1_500) < 9_000
      ? { what: 'fragments', ...there, bytes: fragments }
      : undefined,
    door.there ? { what: 'to-reply', from: 'spare', to: 'reply', bytes: shortBytes } : undefined,
    { what: 'unasked', from: 'own', to, bytes: shortBytes, back: 'reply' },
    door.here && door.there
      ? { what: 'fixed', from: 'door', to: 'door', bytes: shortBytes, back: 'reply' }
      : undefined,
    // The name of the other node may be long, and must not be cut where everybody reads it.
    { what: 'group', from: 'spare', to, bytes: mediumBytes, back: 'group' },
    { what: 'group-long', from: 'spare', to, bytes: messageLimit, back: 'group' },
  ];
  return all.flatMap((lane, number) => (lane ? [{ ...lane, number }] : []));
}
