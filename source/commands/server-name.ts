// A server as a person names it: `10.0.0.1:5000`, `[fe80::1%eth0]:5000` or `server.lab:5000`.
import { parseAddress, withoutZone } from '../core/address.ts';
import { safeName } from '../core/safe-text.ts';
import { usageFault } from './usage.ts';

/** @throws Fault `usage` for what is not a host and a port */
export function parseServer(text: string): { address: string; port: number } {
  const [, v6, host, digits = ''] = /^(?:\[([^\]]+)\]|([\w.-]{1,253})):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  const isSound = v6 === undefined ? host !== undefined : parseAddress(withoutZone(v6))?.family === 6;
  if (!isSound || port < 1 || port > 65_535) throw usageFault('not-a-server', { server: safeName(text) });
  return { address: v6 ?? host!, port };
}
