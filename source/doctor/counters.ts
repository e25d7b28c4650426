// The kernel's own counts of what it did with multicast datagrams. They are of the whole host (network namespace),
// so what they say is "consistent with", never proof.
import { readFileSync } from 'node:fs';
import type { Family } from '../core/address.ts';
import type { KernelCounts } from '../core/probing.ts';

export type Counters = KernelCounts;

/** /proc/net/snmp and /proc/net/netstat: a line of names, then a line of values, each after the same heading. */
export function parsePaired(table: string): Map<string, number> {
  const found = new Map<string, number>();
  const lines = table.split('\n');
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const [heading, ...names] = lines[i]!.trim().split(/\s+/);
    const [same, ...values] = lines[i + 1]!.trim().split(/\s+/);
    if (heading !== same || heading === undefined) continue;
    for (const [place, name] of names.entries()) {
      const value = Number(values[place]);
      if (Number.isFinite(value)) found.set(`${heading}${name}`, value);
    }
  }
  return found;
}

/** /proc/net/snmp6: a name and a value a line. */
export function parseSingles(table: string): Map<string, number> {
  const pairs = table.split('\n').map((line) => line.trim().split(/\s+/));
  return new Map(pairs.flatMap(([name, value]) => (name && value ? [[name, Number(value)] as const] : [])));
}

/** Undefined when the tables hold no count of multicast at all. */
export function countersOf(
  family: Family,
  tables: { snmp: string; netstat: string; snmp6: string },
): Counters | undefined {
  if (family === 6) {
    const all = parseSingles(tables.snmp6);
    const inMulticast = all.get('Ip6InMcastPkts');
    if (inMulticast === undefined) return undefined;
    return {
      inMulticast,
      reversePath: 0,
      ignored: all.get('Udp6IgnoredMulti') ?? 0,
      bufferErrors: all.get('Udp6RcvbufErrors') ?? 0,
      inErrors: all.get('Udp6InErrors') ?? 0,
    };
  }
  const netstat = parsePaired(tables.netstat);
  const snmp = parsePaired(tables.snmp);
  const inMulticast = netstat.get('IpExt:InMcastPkts');
  if (inMulticast === undefined) return undefined;
  return {
    inMulticast,
    reversePath: netstat.get('TcpExt:IPReversePathFilter') ?? 0,
    ignored: snmp.get('Udp:IgnoredMulti') ?? 0,
    bufferErrors: snmp.get('Udp:RcvbufErrors') ?? 0,
    inErrors: snmp.get('Udp:InErrors') ?? 0,
  };
}

export function difference(before: Counters, after: Counters): Counters {
  return {
    inMulticast: after.inMulticast - before.inMulticast,
    reversePath: after.reversePath - before.reversePath,
    ignored: after.ignored - before.ignored,
    bufferErrors: after.bufferErrors - before.bufferErrors,
    inErrors: after.inErrors - before.inErrors,
  };
}

/** Of this process's own network namespace, in one go: what is counted must not change between two tables. */
export function readCounters(family: Family): Counters | undefined {
  const [snmp, netstat, snmp6] = ['snmp', 'netstat', 'snmp6'].map((name) => {
    try {
      return readFileSync(`/proc/self/net/${name}`, 'utf8');
    } catch {
      return '';
    }
  });
  return countersOf(family, { snmp: snmp!, netstat: netstat!, snmp6: snmp6! });
}
