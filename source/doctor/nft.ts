// What the packet filter (nftables, and iptables on top of it) would do with a packet, read from `nft -j list ruleset`
// (libnftables-json(5)). A condition that cannot be judged here may hold or not, and then the answer may be "depends".

import type { Family } from '../core/address.ts';
import { isRecord } from '../core/fields.ts';
import { addressHex } from '../net/kernel-tables.ts';

export type Packet = {
  family: Family;
  protocol: 'udp' | 'igmp' | 'icmpv6';
  /** Where it comes in. */
  device: string;
  destination: string;
  port?: number;
  /** Sent to this host alone, and not to a group. */
  toHost?: boolean;
  /** Of a message of IGMP or ICMPv6, as nft names it. */
  type?: string;
};

export type Fate = {
  fate: 'accept' | 'drop' | 'depends' /** The rule or policy that decides. */;
  by: string;
};

type Json = Record<string, unknown>;
type Rule = { family: string; table: string; chain: string; handle?: number; expr: Json[] };
type Chain = {
  family: string;
  table: string;
  name: string;
  hook?: string;
  prio?: number;
  policy?: string;
  dev?: string;
};
export type Ruleset = { chains: Chain[]; rules: Rule[] };
type Outcome = { verdict: 'accept' | 'drop'; by: string };

/** Hooks on the way of a packet to a socket of this host, in their order. */
const wayIn = ['ingress', 'prerouting', 'input'];
/** Chains that call each other are followed so deep; the kernel allows 16 (NFT_JUMP_STACK_SIZE). */
const deepest = 16;

/** Undefined for what is not a ruleset. */
export function parseRuleset(text: string): Ruleset | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const items = (parsed as { nftables?: unknown } | null)?.nftables;
  if (!Array.isArray(items)) return undefined;
  const of = (kind: string) =>
    (items as Json[]).flatMap((item) => (isRecord(item[kind]) ? [item[kind]] : []));
  const rules = of('rule').map((rule) => ({
    ...rule,
    expr: Array.isArray(rule.expr) ? rule.expr.filter(isRecord) : [],
  }));
  return { chains: of('chain') as unknown as Chain[], rules: rules as unknown as Rule[] };
}

export function fateOf(ruleset: Ruleset, packet: Packet): Fate {
  const families = packet.family === 4 ? ['ip', 'inet', 'netdev'] : ['ip6', 'inet', 'netdev'];
  const hooked = ruleset.chains
    .filter(({ family, hook, dev }) => {
      const here = dev === undefined || dev === packet.device;
      return families.includes(family) && wayIn.includes(hook ?? '') && here;
    })
    .sort((a, b) => wayIn.indexOf(a.hook!) - wayIn.indexOf(b.hook!) || Number(a.prio) - Number(b.prio));
  let doubt: string | undefined;
  for (const chain of hooked) {
    const outcomes = walk(ruleset, chain, packet, 0);
    const last = outcomes.at(-1)!;
    if (outcomes.every(({ verdict }) => verdict === 'drop')) return { fate: 'drop', by: outcomes[0]!.by };
    if (outcomes.some(({ verdict }) => verdict === 'drop')) doubt ??= last.by;
  }
  return doubt === undefined ? { fate: 'accept', by: 'no rule against it' } : { fate: 'depends', by: doubt };
}

/** All that may become of it in a base chain, most likely first; the policy is the last. */
function walk(ruleset: Ruleset, chain: Chain, packet: Packet, depth: number): Outcome[] {
  const { outcomes, open } = follow(ruleset, chain, packet, depth);
  const policy = chain.policy === 'drop' ? 'drop' : 'accept';
  return open ? [...outcomes, { verdict: policy, by: `${place(chain)} policy ${policy}` }] : outcomes;
}

/** `open`: it may get past the chain's last rule, or return from it. */
function follow(
  ruleset: Ruleset,
  chain: Chain,
  packet: Packet,
  depth: number,
): { outcomes: Outcome[]; open: boolean } {
  const outcomes: Outcome[] = [];
  if (depth > deepest) return { outcomes, open: true };
  for (const rule of ruleset.rules) {
    if (rule.family !== chain.family || rule.table !== chain.table || rule.chain !== chain.name) continue;
    const holds = conditions(rule, packet);
    if (holds === false) continue;
    const result = verdictOf(ruleset, rule, packet, depth);
    outcomes.push(...result.outcomes);
    if (holds === true && result.ends) return { outcomes, open: result.returns };
  }
  return { outcomes, open: true };
}

/** Whether the rule's conditions hold; undefined when that cannot be told. */
function conditions({ expr }: Rule, packet: Packet): boolean | undefined {
  let known = true;
  for (const part of expr) {
    const holds = 'match' in part ? matches(part.match, packet) : isConditional(part) ? undefined : true;
    if (holds === false) return false;
    if (holds === undefined) known = false;
  }
  return known ? true : undefined;
}

const isConditional = (part: Json): boolean =>
  ['limit', 'xt', 'vmap', 'quota', 'ct count'].some((kind) => kind in part);

function verdictOf(ruleset: Ruleset, rule: Rule, packet: Packet, depth: number) {
  const by = `${place({ ...rule, name: rule.chain })} handle ${rule.handle ?? '?'}`;
  const nothing = { outcomes: [] as Outcome[], ends: false, returns: false };
  for (const part of rule.expr) {
    if ('accept' in part)
      return { outcomes: [{ verdict: 'accept', by } as Outcome], ends: true, returns: false };
    if ('drop' in part || 'reject' in part) {
      return { outcomes: [{ verdict: 'drop', by } as Outcome], ends: true, returns: false };
    }
    if ('return' in part) return { ...nothing, ends: true, returns: true };
    // A map or a queue may lead anywhere.
    if ('vmap' in part || 'queue' in part) return { outcomes: eitherWay(by), ends: false, returns: false };
    for (const how of ['jump', 'goto'] as const) {
      const target = (part[how] as { target?: string } | null | undefined)?.target;
      if (target === undefined) continue;
      const chain = ruleset.chains.find(
        ({ family, table, name }) => family === rule.family && table === rule.table && name === target,
      );
      if (!chain) return nothing;
      const { outcomes, open } = follow(ruleset, chain, packet, depth + 1);
      return { outcomes, ends: !open || how === 'goto', returns: open };
    }
  }
  // A target of iptables, whose name is all that is told.
  return rule.expr.some((part) => 'xt' in part) ? { ...nothing, outcomes: eitherWay(by) } : nothing;
}

const eitherWay = (by: string): Outcome[] => [
  { verdict: 'accept', by },
  { verdict: 'drop', by },
];

const place = ({ family, table, name }: { family: string; table: string; name: string }) =>
  `${family} ${table} ${name}`;

function matches(condition: unknown, packet: Packet): boolean | undefined {
  if (!isRecord(condition)) return undefined;
  const { op, left, right } = condition;
  const actual = fieldOf(left, packet);
  if (actual === undefined) return undefined;
  // nft asks for the protocol first, also where it does not say so.
  if (actual === foreign) return false;
  const equal = within(right, actual);
  if (equal === undefined || !['==', 'in', '!='].includes(String(op))) return undefined;
  return op === '!=' ? !equal : equal;
}

/** A field of another protocol than the packet's. */
const foreign = 'of another protocol';

/** What this packet has there; undefined when that is not known, as its sender. */
function fieldOf(left: unknown, packet: Packet): string | number | undefined {
  if (!isRecord(left)) return undefined;
  const { payload, meta, ct } = left as { payload?: Json; meta?: Json; ct?: Json };
  if (meta) {
    if (meta.key === 'l4proto') return protocolName(packet);
    if (meta.key === 'iifname' || meta.key === 'iif') return packet.device;
    if (meta.key === 'nfproto') return packet.family === 4 ? 'ipv4' : 'ipv6';
    if (meta.key === 'protocol') return packet.family === 4 ? 'ip' : 'ip6';
    if (meta.key === 'pkttype') return packet.toHost ? 'host' : 'multicast';
    return undefined;
  }
  // Nobody was asked, so it belongs to no connection (nf_conntrack_proto_udp).
  if (ct) return ct.key === 'state' ? 'new' : ct.key === 'status' ? 'none' : undefined;
  if (!payload) return undefined;
  const { protocol, field } = payload;
  if (protocol === 'ip' || protocol === 'ip6') {
    if (protocol !== (packet.family === 4 ? 'ip' : 'ip6')) return foreign;
    if (field === 'protocol' || field === 'nexthdr') return protocolName(packet);
    return field === 'daddr' ? packet.destination : undefined;
  }
  // Fields of a protocol that it is not of: the rule is not for it.
  if (protocol !== packet.protocol && protocol !== 'th') return foreign;
  if (field === 'type') return packet.type;
  return field === 'dport' ? packet.port : undefined;
}

/** As /etc/protocols has it. */
const protocolName = ({ protocol }: Packet): string => (protocol === 'icmpv6' ? 'ipv6-icmp' : protocol);

/** What nft prints where there is no /etc/protocols. */
const protocolNumbers: Record<string, number> = { udp: 17, igmp: 2, 'ipv6-icmp': 58 };

/** Whether a value is, or is among, the right side of a match. */
function within(right: unknown, actual: string | number): boolean | undefined {
  if (typeof right === 'string' || typeof right === 'number') {
    // A named set, whose elements are not looked up.
    if (typeof right === 'string' && right.startsWith('@')) return undefined;
    return sameValue(right, actual);
  }
  const many = Array.isArray(right)
    ? right
    : isRecord(right) && Array.isArray(right.set)
      ? right.set
      : undefined;
  if (many) {
    const each = many.map((one) => within(one, actual));
    return each.includes(true) ? true : each.includes(undefined) ? undefined : false;
  }
  if (!isRecord(right)) return undefined;
  if (Array.isArray(right.range)) {
    const [low, high] = right.range as [unknown, unknown];
    if (typeof actual === 'number') return actual >= Number(low) && actual <= Number(high);
    const [from, to, is] = [low, high, actual].map((address) => addressHex(String(address)));
    return from === undefined || to === undefined || is === undefined ? undefined : is >= from && is <= to;
  }
  if (isRecord(right.prefix))
    return inPrefix(String(right.prefix.addr), Number(right.prefix.len), String(actual));
  return undefined;
}

function sameValue(right: string | number, actual: string | number): boolean {
  if (String(right) === String(actual) || Number(right) === protocolNumbers[actual]) return true;
  const hex = addressHex(String(right));
  return hex !== undefined && hex === addressHex(String(actual));
}

function inPrefix(network: string, length: number, address: string): boolean | undefined {
  const [a, b] = [addressHex(network), addressHex(address)];
  if (a === undefined || b === undefined) return undefined;
  const rest = BigInt(a.length * 4 - length);
  return a.length === b.length && BigInt(`0x${a}`) >> rest === BigInt(`0x${b}`) >> rest;
}
