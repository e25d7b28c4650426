import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fateOf, type Packet, parseRuleset } from '../../source/doctor/nft.ts';

const firewalld = parseRuleset(readFileSync(new URL('fixtures/firewalld.json', import.meta.url), 'utf8'))!;

const udp = (destination: string, port: number): Packet => ({
  family: destination.includes(':') ? 6 : 4,
  protocol: 'udp',
  device: 'eth0',
  destination,
  port,
});

describe('the rules of firewalld', () => {
  test.each<[string, Packet, string]>([
    ['a port that is open to a name', udp('224.0.0.251', 5353), 'accept'],
    ['the same port of another group', udp('239.255.0.1', 5353), 'drop'],
    ['a port that is open to some senders', udp('239.255.0.1', 50_000), 'depends'],
    ['a range of ports of a range of groups', udp('239.1.2.3', 5005), 'accept'],
    ['a port outside of the range', udp('239.1.2.3', 5011), 'drop'],
    ['a group outside of the range', udp('239.2.2.3', 5005), 'drop'],
    ['IPv6', udp('ff15::1', 5005), 'drop'],
    ['loopback', { ...udp('239.2.2.3', 1), device: 'lo' }, 'accept'],
    ['IGMP', { family: 4, protocol: 'igmp', device: 'eth0', destination: '224.0.0.1' }, 'drop'],
    ['MLD', { family: 6, protocol: 'icmpv6', device: 'eth0', destination: 'ff02::1' }, 'accept'],
  ])('%s', (_, packet, fate) => {
    expect(fateOf(firewalld, packet).fate).toBe(fate);
  });

  test('tells which rule decides', () => {
    expect(fateOf(firewalld, udp('239.255.0.1', 9)).by).toMatch(/^inet firewalld filter_INPUT handle \d+$/);
  });
});

/** A ruleset of one input chain with these rules. */
function chain(policy: string, ...rules: object[][]) {
  const where = { family: 'ip', table: 't' };
  const items = [
    { chain: { ...where, name: 'in', hook: 'input', prio: 0, policy } },
    ...rules.map((expr, handle) => ({ rule: { ...where, chain: 'in', handle, expr } })),
  ];
  return parseRuleset(JSON.stringify({ nftables: items }))!;
}
const match = (left: object, right: unknown, op = '==') => ({ match: { op, left, right } });
const dport = { payload: { protocol: 'udp', field: 'dport' } };

describe('single conditions', () => {
  test.each<[string, object[], string]>([
    ['not this port', [match(dport, 50_000, '!='), { drop: null }], 'accept'],
    ['not another port', [match(dport, 9, '!='), { drop: null }], 'drop'],
    ['a named set is not looked up', [match(dport, '@open'), { drop: null }], 'depends'],
    ['a rate limit may hold or not', [{ limit: { rate: 5 } }, { drop: null }], 'depends'],
    ['a match of iptables is not understood', [{ xt: { name: 'addrtype' } }, { drop: null }], 'depends'],
    ['a protocol by its number', [match({ meta: { key: 'l4proto' } }, 17), { drop: null }], 'drop'],
    ['a counter says nothing', [{ counter: {} }, { drop: null }], 'drop'],
    ['a map may lead anywhere', [{ vmap: {} }], 'depends'],
    ['returning leaves it to the policy', [{ return: null }], 'accept'],
    ['a jump to nowhere', [{ jump: { target: 'gone' } }], 'accept'],
  ])('%s', (_, expr, fate) => {
    expect(fateOf(chain('accept', expr), udp('239.255.0.1', 50_000)).fate).toBe(fate);
  });

  test('chains that call themselves end', () => {
    expect(fateOf(chain('drop', [{ jump: { target: 'in' } }]), udp('239.1.1.1', 5)).fate).toBe('drop');
  });

  test('what is dropped in one chain is not saved by a later one', () => {
    const rules = parseRuleset(
      JSON.stringify({
        nftables: [
          { chain: { family: 'ip', table: 'a', name: 'x', hook: 'input', prio: 0, policy: 'accept' } },
          { chain: { family: 'ip', table: 'b', name: 'x', hook: 'prerouting', prio: 0, policy: 'drop' } },
        ],
      }),
    )!;
    expect(fateOf(rules, udp('239.1.1.1', 5))).toEqual({ fate: 'drop', by: 'ip b x policy drop' });
  });
});

test('what is no ruleset is not taken for one without rules', () => {
  for (const text of ['', 'nothing', '[]', 'null', '{}', '{"nftables": 1}'])
    expect(parseRuleset(text)).toBeUndefined();
});

test('no ruleset makes it throw', () => {
  fc.assert(
    fc.property(
      fc.array(fc.dictionary(fc.constantFrom('match', 'jump', 'vmap', 'accept'), fc.json({ maxDepth: 3 }))),
      (expr) => {
        const parts = expr.map((part) =>
          Object.fromEntries(Object.entries(part).map(([k, v]) => [k, JSON.parse(v) as object])),
        );
        expect(['accept', 'drop', 'depends']).toContain(
          fateOf(chain('accept', parts), udp('239.1.1.1', 5)).fate,
        );
      },
    ),
  );
});
