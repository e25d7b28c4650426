// The sockets of this host that have the group's port open, with what the kernel dropped at each.
import { endianness } from 'node:os';
import { parseUdp, type UdpRow } from '../net/kernel-tables.ts';
import type { Host } from './host.ts';

/** Undefined where the kernel does not tell. */
export async function socketsOn(host: Host): Promise<UdpRow[] | undefined> {
  const table = await host.read(`/proc/self/net/${host.group.family === 4 ? 'udp' : 'udp6'}`);
  return table === undefined
    ? undefined
    : parseUdp(table, endianness()).filter(({ port }) => port === host.group.port);
}
