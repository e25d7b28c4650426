// Where a run has its network to itself: a group that nobody else is likely to be in, on this machine alone.
import { randomInt } from 'node:crypto';

/** With this TTL nothing leaves the machine. */
export const ownTtl = 0;

/** By chance of the IPv4 local scope 239.255.0.0/16 (RFC 2365, section 6.1), as `ADDRESS:PORT`. */
export function anyGroup(): string {
  const byte = () => randomInt(1, 255);
  return `239.255.${byte()}.${byte()}:${randomInt(20_000, 60_000)}`;
}
