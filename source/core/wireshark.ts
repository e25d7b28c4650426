// What to type into Wireshark to see a group: filters for its display, and for capturing.
import type { Group } from './group.ts';

export type FilterUse =
  | 'group'
  | 'membership'
  | 'joins'
  | 'refused'
  | 'ours'
  | 'kind'
  | 'sender'
  | 'gap'
  | 'lost'
  | 'restart'
  | 'malformed'
  | 'blocks';

export type DisplayFilter = { use: FilterUse; filter: string };

/** IGMPv2 and v3 reports (RFC 2236 §2.1, RFC 3376 §4); MLDv1 and v2 (RFC 2710 §3.1, RFC 3810 §5). */
const joins = { 4: 'igmp.type == 0x16 || igmp.type == 0x22', 6: 'icmpv6.type == 131 || icmpv6.type == 143' };
const membership = { 4: 'igmp', 6: 'icmpv6.type in {130, 131, 132, 143}' };
const refused = { 4: 'icmp.type == 3', 6: 'icmpv6.type == 1' };

/** Those of `needsDissector` understand only what `mcast-tui dissector` teaches. */
export function displayFilters(groups: readonly Group[]): DisplayFilter[] {
  const families = ([4, 6] as const).filter((family) => groups.some((group) => group.family === family));
  const each = (use: FilterUse, filters: Record<4 | 6, string>): DisplayFilter => ({
    use,
    filter: families.map((family) => filters[family]).join(' || '),
  });
  return [
    ...groups.map(
      ({ address, port, family }): DisplayFilter => ({
        use: 'group',
        filter: `udp && ${family === 4 ? 'ip' : 'ipv6'}.dst == ${address} && udp.port == ${port}`,
      }),
    ),
    ...(families.length > 0
      ? [each('membership', membership), each('joins', joins), each('refused', refused)]
      : []),
    { use: 'ours', filter: 'mcast' },
    { use: 'kind', filter: 'mcast.kind == "chat"' },
    { use: 'sender', filter: 'mcast.name == "ana"' },
    { use: 'gap', filter: 'mcast.gap' },
    { use: 'lost', filter: 'mcast.hears.lost > 0' },
    { use: 'restart', filter: 'mcast.restart' },
    { use: 'malformed', filter: 'mcast.malformed' },
    { use: 'blocks', filter: 'mcast.block.token' },
  ];
}

export const needsDissector = ({ filter }: DisplayFilter): boolean => filter.startsWith('mcast');

/**
 * For libpcap: the UDP of the groups, and IGMP or MLD. A fragment after the first has no port, so it is taken by the
 * group's address alone; MLD stands behind a hop-by-hop header (RFC 3810 §5), which libpcap does not look behind.
 */
export function captureFilter(groups: readonly Group[]): string {
  const parts = groups.map(({ address, port, family }) =>
    family === 4
      ? `(dst host ${address} and (udp port ${port} or ip[6:2] & 0x1fff != 0))`
      : `(dst host ${address} and (udp port ${port} or ip6[6] = 44))`,
  );
  if (groups.some(({ family }) => family === 4)) parts.push('igmp');
  if (groups.some(({ family }) => family === 6)) {
    parts.push('(ip6[6] = 0 and ip6[40] = 58 and (ip6[48] = 143 or (ip6[48] >= 130 and ip6[48] <= 132)))');
  }
  return parts.join(' or ');
}
