// What the kernel knows of our sockets and memberships. Only Linux tells; elsewhere, and wherever a table cannot
// be read, the answer is undefined: "could not look" is never taken for "nothing wrong".
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { endianness } from 'node:os';
import type { Family } from '../core/address.ts';
import type { Group } from '../core/group.ts';
import {
  addressHex,
  type MembershipRow,
  parseIgmp,
  parseIgmp6,
  parseRoutes,
  parseRoutes6,
  parseUdp,
  routedDevices,
  type UdpRow,
} from './kernel-tables.ts';

const endian = endianness();
const tables = '/proc/self/net';

/** Inodes of all sockets that this process has open. */
export function ownSockets(): Set<number> {
  return socketsOf('self');
}

/** The descriptor under which this process has the socket of that inode open. */
export function descriptorOf(inode: number): number | undefined {
  const folder = '/proc/self/fd';
  const found = list(folder).find((fd) => link(`${folder}/${fd}`) === `socket:[${inode}]`);
  return found === undefined ? undefined : Number(found);
}

/**
 * The inode of the socket on that group and port that was not among `before`: several sockets of one process may share
 * a group and port, so the address alone does not tell which is meant.
 */
export function newSocket(before: Set<number>, { address, port, family }: Group): number | undefined {
  const own = ownSockets();
  const hex = addressHex(address);
  const found = udpRows(family).find(
    (row) => row.port === port && row.address === hex && own.has(row.inode) && !before.has(row.inode),
  );
  return found?.inode;
}

/** Datagrams dropped at one socket since it was opened (its counter wraps at 2^32). */
export async function socketDrops(inode: number, family: Family): Promise<number | undefined> {
  const table = await text(`${tables}/${family === 4 ? 'udp' : 'udp6'}`);
  return parseUdp(table ?? '', endian).find((row) => row.inode === inode)?.drops;
}

/** Whether this host is a member of the group on that device; undefined where the kernel does not tell. */
export async function isMember({ address, family }: Group, device: string): Promise<boolean | undefined> {
  const table = await text(`${tables}/${family === 4 ? 'igmp' : 'igmp6'}`);
  if (table === undefined) return undefined;
  const hex = addressHex(address);
  const members: MembershipRow[] = family === 4 ? parseIgmp(table, endian) : parseIgmp6(table);
  return members.some((row) => row.device === device && row.group === hex);
}

/**
 * The devices that the host's routes would send this group to, best first. IPv6 has a route for multicast on every
 * device, so among equals the one that also leads to the rest of the network goes first.
 */
export function devicesToward({ address, family }: Group): string[] {
  const table = textNow(`${tables}/${family === 4 ? 'route' : 'ipv6_route'}`);
  if (table === undefined) return [];
  const routes = family === 4 ? parseRoutes(table, endian) : parseRoutes6(table);
  const outward = routes.filter((route) => route.length === 0).map((route) => route.device);
  const ranked = routedDevices(routes, addressHex(address) ?? '');
  if (family === 4) return ranked;
  return ranked.sort((a, b) => Number(outward.includes(b)) - Number(outward.includes(a)));
}

/** The process that holds a UDP port, as far as this user may see: another user's is not told. */
export function portOwner(port: number): { pid: number; program: string } | undefined {
  const inodes = new Set(
    [...udpRows(4), ...udpRows(6)].filter((row) => row.port === port).map((row) => row.inode),
  );
  if (inodes.size === 0) return undefined;
  for (const pid of list('/proc').filter((name) => /^\d+$/.test(name))) {
    if ([...socketsOf(pid)].some((inode) => inodes.has(inode))) {
      return { pid: Number(pid), program: textNow(`/proc/${pid}/comm`)?.trim() ?? '' };
    }
  }
  return undefined;
}

/** How many IPv4 groups one socket may join (net.ipv4.igmp_max_memberships). */
export function membershipLimit(): number | undefined {
  const limit = textNow('/proc/sys/net/ipv4/igmp_max_memberships');
  return limit === undefined ? undefined : Number(limit);
}

function udpRows(family: Family): UdpRow[] {
  return parseUdp(textNow(`${tables}/${family === 4 ? 'udp' : 'udp6'}`) ?? '', endian);
}

function socketsOf(process: string): Set<number> {
  const folder = `/proc/${process}/fd`;
  const inodes = list(folder).map((fd) => /^socket:\[(\d+)\]$/.exec(link(`${folder}/${fd}`))?.[1]);
  return new Set(inodes.filter((inode) => inode !== undefined).map(Number));
}

const text = (path: string) => readFile(path, 'utf8').catch(() => undefined);
const textNow = (path: string) => orElse(undefined, () => readFileSync(path, 'utf8'));
const list = (path: string) => orElse<string[]>([], () => readdirSync(path));
const link = (path: string) => orElse('', () => readlinkSync(path));

function orElse<T>(otherwise: T, read: () => T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
