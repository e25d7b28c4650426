// A multicast group as a person writes it: `239.255.0.1:50000`, `[ff15::4d43]:50000`, `[ff02::1%eth0]:50000`.
import { type Address, type Family, formatAddress, parseAddress } from './address.ts';
import type { GroupName } from './event.ts';
import { Fault } from './fault.ts';

export type Group = {
  /** Canonical, without zone or brackets. */
  address: string;
  port: number;
  family: Family;
  /** Interface written into an IPv6 group (RFC 4007 §11). */
  zone?: string;
};

/**
 * Reads a group. Throws Fault `not-a-group` {group}, `bad-port` {group, port} or `not-multicast` {group, address}.
 */
export function parseGroup(text: string): Group {
  const trimmed = text.trim();
  // A port that is not a number still parses as the shape, so that the message can be about the port.
  const shape = /^(?:\[([^\]%]*)(?:%([\w.:-]{1,64}))?\]|([^:[\]]*)):(.*)$/.exec(trimmed);
  if (!shape) throw new Fault('not-a-group', { group: shorten(trimmed) });
  const [, v6, zone, v4, portText = ''] = shape;
  const address = parseAddress(v6 ?? v4 ?? '');
  if (!address || (address.family === 6) !== (v6 !== undefined)) {
    throw new Fault('not-a-group', { group: shorten(trimmed) });
  }
  const port = Number(portText);
  if (!/^\d{1,5}$/.test(portText) || port < 1 || port > 65_535) {
    throw new Fault('bad-port', { group: shorten(trimmed), port: shorten(portText) });
  }
  const canonical = formatAddress(address);
  if (!inMulticastRange(address)) {
    throw new Fault('not-multicast', { group: shorten(trimmed), address: canonical });
  }
  return { address: canonical, port, family: address.family, ...(zone === undefined ? {} : { zone }) };
}

/** The one spelling of a group, by which it is compared and shown. */
export function groupName({ address, port, family, zone }: Group): GroupName {
  if (family === 4) return `${address}:${port}`;
  return zone === undefined ? `[${address}]:${port}` : `[${address}%${zone}]:${port}`;
}

/** 224.0.0.0/4 (RFC 5771) or ff00::/8 (RFC 4291 §2.7). False for text that is no address. */
export function isMulticast(address: string): boolean {
  return matches(address, inMulticastRange);
}

/** Source-specific: 232.0.0.0/8 or ff3x::/32 (RFC 4607 §1). */
export function isSsmRange(address: string): boolean {
  return matches(address, ({ family, words }) =>
    family === 4 ? words[0] === 232 : (words[0]! & 0xfff0) === 0xff30 && words[1] === 0,
  );
}

/** Never forwarded by a router: 224.0.0.0/24 (RFC 5771 §4), and IPv6 scopes 1 and 2 (RFC 7346 §2). */
export function isLinkLocalGroup(address: string): boolean {
  return matches(address, (parsed) => {
    const { family, words } = parsed;
    if (!inMulticastRange(parsed)) return false;
    if (family === 4) return words[0] === 224 && words[1] === 0 && words[2] === 0;
    const scope = words[0]! & 0xf;
    return scope === 1 || scope === 2;
  });
}

function inMulticastRange({ family, words }: Address): boolean {
  return family === 4 ? words[0]! >= 224 && words[0]! <= 239 : words[0]! >> 8 === 0xff;
}

function matches(address: string, test: (parsed: Address) => boolean): boolean {
  const parsed = parseAddress(address);
  return parsed !== undefined && test(parsed);
}

/** A message quotes what was typed, but not a page of it. */
function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
