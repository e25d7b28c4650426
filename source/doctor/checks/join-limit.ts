// How many IPv4 groups one socket may join. This program has a socket for each group; plain scripts have one for all.
import type { Fault } from '../../core/fault.ts';
import { check, unseen } from '../check.ts';

type Seen = { family: 4 | 6; groups: number; limit: number | undefined; refused: Fault | undefined };

const file = '/proc/sys/net/ipv4/igmp_max_memberships';

export const joinLimit = check({
  id: 'join.limit',
  link: 'https://docs.kernel.org/networking/ip-sysctl.html',
  async look(host): Promise<Seen> {
    const limit = await host.read(file);
    return {
      family: host.group.family,
      groups: host.groups,
      limit: limit === undefined ? undefined : Number(limit),
      refused: (await host.selfTest())?.refused,
    };
  },
  judge({ family, groups, limit, refused }) {
    const evidence = `net.ipv4.igmp_max_memberships = ${limit ?? '?'}, groups asked for: ${groups}`;
    if (refused?.code === 'join-limit') {
      return { status: 'fail', because: 'reached', evidence, facts: { limit: limit ?? '?' }, fault: refused };
    }
    if (family === 6) return { status: 'ok', because: 'no-limit', evidence: 'IPv6' };
    if (limit === undefined) return unseen('not-told', file);
    const facts = { limit, groups };
    return groups > limit
      ? { status: 'warn', because: 'near', evidence, facts }
      : { status: 'ok', because: 'ok', evidence, facts };
  },
});
