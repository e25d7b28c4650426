// The rules of the packet filter, for those who may read them.
import type { Host } from './host.ts';
import { type Fate, fateOf, type Packet, parseRuleset } from './nft.ts';

/**
 * What the rules do with such a packet when it comes in on the chosen interface; undefined when they cannot be read,
 * as without root, or where rules of the older iptables, which nft does not list, are in force too.
 */
export async function fateThrough(
  host: Host,
  packet: Omit<Packet, 'device' | 'family'>,
): Promise<Fate | undefined> {
  if (host.platform !== 'linux' || !host.local) return undefined;
  const old = await host.read(`/proc/net/${host.group.family === 4 ? 'ip' : 'ip6'}_tables_names`);
  const text = await host.run('nft', '-j', 'list', 'ruleset');
  const ruleset = text === undefined ? undefined : parseRuleset(text);
  if (!ruleset) return undefined;
  const fate = fateOf(ruleset, { ...packet, family: host.group.family, device: host.local.name });
  return old?.trim() && fate.fate !== 'drop' ? undefined : fate;
}
