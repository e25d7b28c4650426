// Every interface of this host with what concerns multicast: flags, addresses, memberships, and what the kernel knows
// of the querier there.
import { endianness } from 'node:os';
import { formatAddress } from '../core/address.ts';
import { isMulticast } from '../core/group.ts';
import { devicesToward } from '../net/kernel.ts';
import { type Hex, type MembershipRow, parseIgmp, parseIgmp6 } from '../net/kernel-tables.ts';
import { parseSingles } from './counters.ts';
import type { Host } from './host.ts';
import { devicesOfIgmp } from './igmp.ts';
import { type Kind, kindOf, linkOf } from './links.ts';

export type Surveyed = {
  name: string;
  kind: Kind;
  /** Null where the system does not tell. */
  up: boolean | null;
  carrier: boolean | null;
  multicast: boolean | null;
  mtu: number | null;
  addresses: string[];
  /** Groups that programs of this host, or the system itself, joined there; null where the system does not tell. */
  memberships: string[] | null;
  /** The version of IGMP in force there by the queriers that were heard; null where the system does not tell. */
  igmp: string | null;
  /** Queries of MLD that came in there; IGMP has no such count. */
  mldQueries: number | null;
};

/** Why the chosen interface is the one: asked for, the routes lead there, the first that can, or there is no other. */
export type Reason = 'asked' | 'routed' | 'first' | 'loopback';
export type Survey = { chosen: string | null; reason: Reason | null; interfaces: Surveyed[] };

export async function survey(host: Host): Promise<Survey> {
  const [igmp, igmp6, folders] = await Promise.all([
    host.read('/proc/self/net/igmp'),
    host.read('/proc/self/net/igmp6'),
    host.list('/sys/class/net'),
  ]);
  const rows =
    igmp === undefined && igmp6 === undefined
      ? undefined
      : [...parseIgmp(igmp ?? '', endianness()), ...parseIgmp6(igmp6 ?? '')];
  const versions = devicesOfIgmp(igmp ?? '');
  // Those that are down or without an address are only in /sys.
  const names = [...new Set([...host.interfaces.map(({ name }) => name), ...(folders ?? [])])];
  const interfaces = await Promise.all(
    names.map(async (name) => ({
      ...(await surveyed(host, name)),
      memberships: rows === undefined ? null : groupsOf(rows, name),
      igmp: versions.find(({ device }) => device === name)?.querier ?? null,
    })),
  );
  return { chosen: host.local?.name ?? null, reason: reasonOf(host), interfaces };
}

async function surveyed(host: Host, name: string): Promise<Omit<Surveyed, 'memberships' | 'igmp'>> {
  const known = host.interfaces.find((each) => each.name === name);
  const link = await linkOf(host, name);
  const counts = parseSingles((await host.read(`/proc/self/net/dev_snmp6/${name}`)) ?? '');
  return {
    name,
    kind: link?.kind ?? kindOf(name),
    // What is listed with an address is up, on any system.
    up: link?.flags.up ?? (known ? true : null),
    carrier: link?.carrier ?? null,
    multicast: link?.flags.multicast ?? known?.multicast ?? null,
    mtu: link?.mtu ?? null,
    addresses: known ? [...known.addresses[4], ...known.addresses[6]] : [],
    mldQueries: counts.get('Icmp6InGroupMembQueries') ?? null,
  };
}

function groupsOf(rows: MembershipRow[], name: string): string[] {
  return rows
    .filter(({ device }) => device === name)
    .map(({ group }) => fromHex(group))
    .filter(isMulticast);
}

function fromHex(hex: Hex): string {
  const family = hex.length === 8 ? 4 : 6;
  const words = (hex.match(family === 4 ? /../g : /..../g) ?? []).map((word) => Number.parseInt(word, 16));
  return formatAddress({ family, words });
}

function reasonOf({ local, group, interface: wanted, interfaces }: Host): Reason | null {
  if (!local) return null;
  if (wanted !== undefined) return 'asked';
  if (interfaces.find(({ name }) => name === local.name)?.loopback) return 'loopback';
  return devicesToward(group).includes(local.name) ? 'routed' : 'first';
}
