// Whether the local firewall lets the router's questions in (IGMP, MLD). Without them a switch forgets this host some
// minutes after the join.
import { check, unseen } from '../check.ts';
import { fateThrough } from '../firewall.ts';
import type { Fate } from '../nft.ts';

type Seen = { family: 4 | 6; fate: Fate | undefined };

export const igmpAllowed = check({
  id: 'igmp.allowed',
  link: 'https://datatracker.ietf.org/doc/html/rfc3376#section-4.1',
  async look(host): Promise<Seen> {
    const { family } = host.group;
    const query =
      family === 4
        ? ({ protocol: 'igmp', destination: '224.0.0.1', type: 'membership-query' } as const)
        : ({ protocol: 'icmpv6', destination: 'ff02::1', type: 'mld-listener-query' } as const);
    return { family, fate: await fateThrough(host, query) };
  },
  judge({ family, fate }) {
    if (!fate) return unseen('needs-root', 'nft -j list ruleset');
    const facts = { protocol: family === 4 ? 'igmp' : 'ipv6-icmp', by: fate.by };
    const evidence = `${facts.protocol}: ${fate.fate} (${fate.by})`;
    if (fate.fate === 'drop') return { status: 'fail', because: 'drops', evidence, facts };
    if (fate.fate === 'depends') return unseen('depends', evidence);
    return { status: 'ok', because: 'ok', evidence, facts };
  },
});
