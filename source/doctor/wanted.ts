// Who should be there, as `--peer` names it: a name, or an address, with a port where probes may come to.
import { parseAddress, withoutZone } from '../core/address.ts';

export type Wanted = {
  text: string;
  /** Canonical as written; undefined for a name. */
  address: string | undefined;
  port: number | undefined;
};

/** Reads `NAME`, `ADDRESS`, `ADDRESS:PORT` and `[IPv6]:PORT`. What is no address is a name. */
export function parseWanted(text: string): Wanted {
  const found = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text);
  const [host, port] = found ? [found[1] ?? found[2]!, Number(found[3])] : [text, undefined];
  if (!isAddress(host) || (port !== undefined && (port < 1 || port > 65_535))) {
    return { text, address: undefined, port: undefined };
  }
  return { text, address: host, port };
}

/** A node is meant by its name or its address. */
export const isMeant = (node: { name: string; address: string }, { text, address }: Wanted): boolean =>
  node.name === text || node.address === (address ?? text) || withoutZone(node.address) === address;

const isAddress = (text: string): boolean => parseAddress(withoutZone(text)) !== undefined;
