// Readers for the tables that Linux keeps under /proc/net, as pure functions so that recorded tables can test
// them. Every address comes out as plain hexadecimal in network order: 8 digits for IPv4, 32 for IPv6.
import { parseAddress, withoutZone } from '../core/address.ts';

export type Hex = string;
export type Endian = 'LE' | 'BE';

export type UdpRow = { address: Hex; port: number; inode: number; drops: number };
export type MembershipRow = { device: string; index: number; group: Hex };
export type RouteRow = { device: string; prefix: Hex; length: number; metric: number };

/** Routing flags of Linux (include/uapi/linux/route.h and ipv6_route.h). */
const routeUp = 0x1;
const routeReject = 0x200;

const rows = (table: string): string[][] =>
  table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns.length > 1);

/** The kernel prints 32-bit words in the order of its own processor. */
function networkOrder(hex: Hex, endian: Endian): Hex {
  const words = hex.toLowerCase().match(/.{8}/g) ?? [];
  if (endian === 'BE') return words.join('');
  return words.map((word) => word.replace(/(..)(..)(..)(..)/, '$4$3$2$1')).join('');
}

/** /proc/net/udp and udp6: one row a socket, the drop counter last. */
export function parseUdp(table: string, endian: Endian): UdpRow[] {
  return rows(table).flatMap((columns) => {
    const [address, port] = columns[1]?.split(':') ?? [];
    if (columns.length < 13 || address === undefined || port === undefined) return [];
    return [
      {
        address: networkOrder(address, endian),
        port: Number.parseInt(port, 16),
        inode: Number(columns[9]),
        drops: Number(columns[12]),
      },
    ];
  });
}

/** /proc/net/igmp: a line for each device, and under it a line for each group that it is a member of. */
export function parseIgmp(table: string, endian: Endian): MembershipRow[] {
  const found: MembershipRow[] = [];
  let device: { device: string; index: number } | undefined;
  for (const line of table.split('\n').slice(1)) {
    const columns = line.trim().split(/\s+/);
    // A name of ten characters or more, as ZeroTier's are, leaves no space before the colon.
    if (/^\d/.test(line))
      device = { device: (columns[1] ?? '').replace(/:$/, ''), index: Number(columns[0]) };
    else if (device && /^[0-9A-Fa-f]{8}$/.test(columns[0] ?? '')) {
      found.push({ ...device, group: networkOrder(columns[0] ?? '', endian) });
    }
  }
  return found;
}

/** /proc/net/igmp6: index, device, group. IPv6 addresses stand in network order here. */
export function parseIgmp6(table: string): MembershipRow[] {
  return rows(table).flatMap(([index, device, group]) =>
    device && group && /^[0-9a-f]{32}$/.test(group) ? [{ device, index: Number(index), group }] : [],
  );
}

/** /proc/net/route: the IPv4 routes of the main table that are up. */
export function parseRoutes(table: string, endian: Endian): RouteRow[] {
  return rows(table).flatMap(([device = '', prefix = '', , flags = '', , , metric = '', mask = '']) => {
    if (!/^[0-9A-F]{8}$/i.test(prefix) || !/^[0-9A-F]{8}$/i.test(mask) || !isUsable(flags)) return [];
    const length = [...Number.parseInt(mask, 16).toString(2)].filter((bit) => bit === '1').length;
    return [{ device, prefix: networkOrder(prefix, endian), length, metric: Number(metric) }];
  });
}

/** /proc/net/ipv6_route: every IPv6 route, the local table with its `ff00::/8` entries included. */
export function parseRoutes6(table: string): RouteRow[] {
  return rows(table).flatMap(([prefix = '', bits = '', , , , metric = '', , , flags = '', device = '']) => {
    const length = Number.parseInt(bits, 16);
    if (!/^[0-9a-f]{32}$/i.test(prefix) || !(length <= 128) || !isUsable(flags)) return [];
    return [{ device, prefix, length, metric: Number.parseInt(metric, 16) }];
  });
}

function isUsable(flags: string): boolean {
  const bits = Number.parseInt(flags, 16);
  return (bits & routeUp) !== 0 && (bits & routeReject) === 0;
}

const bitsOf = (hex: Hex) => BigInt(`0x${hex}`);

/** Devices that the routes lead to for an address, best first: longest prefix, then lowest metric. */
export function routedDevices(routes: RouteRow[], address: Hex): string[] {
  const width = address.length * 4;
  const matching = routes.filter(({ prefix, length }) => {
    const rest = BigInt(width - length);
    return prefix.length === address.length && bitsOf(prefix) >> rest === bitsOf(address) >> rest;
  });
  matching.sort((a, b) => b.length - a.length || a.metric - b.metric);
  return [...new Set(matching.map((route) => route.device))];
}

/** An address as the tables' hexadecimal; a zone (`%eth0`) is left out. Undefined for anything else. */
export function addressHex(address: string): Hex | undefined {
  const parsed = parseAddress(withoutZone(address));
  if (!parsed) return undefined;
  const digits = parsed.family === 4 ? 2 : 4;
  return parsed.words.map((word) => word.toString(16).padStart(digits, '0')).join('');
}
