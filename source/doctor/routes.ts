// Whether the way back to a sender leads over a router, by the main tables of /proc/net.
import { endianness } from 'node:os';
import { addressHex } from '../net/kernel-tables.ts';

type Route = { prefix: string; length: number; metric: number; gateway: boolean };

const zero = /^0+$/;
const up = 0x1;

/** /proc/net/route: words are in the order of the processor. */
export function parseGateways(table: string, endian: 'LE' | 'BE'): Route[] {
  const order = (hex: string) =>
    (endian === 'LE' ? (hex.match(/../g) ?? []).reverse().join('') : hex).toLowerCase();
  return table.split('\n').flatMap((line) => {
    const [, prefix = '', gateway = '', flags = '', , , metric = '', mask = ''] = line.trim().split(/\s+/);
    if (!/^[0-9A-F]{8}$/i.test(prefix) || (Number.parseInt(flags, 16) & up) === 0) return [];
    const length = [...Number.parseInt(mask, 16).toString(2)].filter((bit) => bit === '1').length;
    return [{ prefix: order(prefix), length, metric: Number(metric), gateway: !zero.test(gateway) }];
  });
}

/** /proc/net/ipv6_route: addresses are in network order, numbers are hexadecimal. */
export function parseGateways6(table: string): Route[] {
  return table.split('\n').flatMap((line) => {
    const [prefix = '', length = '', , , gateway = '', metric = '', , , flags = ''] = line
      .trim()
      .split(/\s+/);
    if (!/^[0-9a-f]{32}$/.test(prefix) || (Number.parseInt(flags, 16) & up) === 0) return [];
    const bits = Number.parseInt(length, 16);
    return [{ prefix, length: bits, metric: Number.parseInt(metric, 16), gateway: !zero.test(gateway) }];
  });
}

/** False where there is no route at all: nothing is known of such a sender. */
export function isBehindRouter(address: string, tables: { route: string; route6: string }): boolean {
  const hex = addressHex(address);
  if (hex === undefined) return false;
  const routes = hex.length === 8 ? parseGateways(tables.route, endianness()) : parseGateways6(tables.route6);
  const bits = (text: string) => BigInt(`0x${text}`);
  const matching = routes.filter(({ prefix, length }) => {
    const rest = BigInt(hex.length * 4 - length);
    return bits(prefix) >> rest === bits(hex) >> rest;
  });
  matching.sort((a, b) => b.length - a.length || a.metric - b.metric);
  return matching[0]?.gateway ?? false;
}
