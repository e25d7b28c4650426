// What an errno of a socket means to a person. The same number means different things at different calls
// (EADDRINUSE at bind is another program, at join a second membership), so each call has its own table.
import { type Facts, Fault, type FaultCode } from '../core/fault.ts';
import { type Group, groupName } from '../core/group.ts';
import type { LocalInterface } from './interfaces.ts';
import { membershipLimit, portOwner } from './kernel.ts';

type Where = { group: Group; interface: LocalInterface };

/** The error's code, such as `ENODEV`. An error without one is a mistake in this program and is thrown on. */
export function errorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}

/** Opening or binding a socket failed. */
export function bindFault(error: unknown, port: number, where: Where): Fault {
  const code = errorCode(error);
  if (code === 'EADDRINUSE') return new Fault('port-busy', { port, ...portOwner(port) });
  if (code === 'EAFNOSUPPORT' || code === 'EADDRNOTAVAIL') {
    return new Fault('interface-without-family', { ...facts(where), state: 'up' });
  }
  return new Fault('socket-failed', { ...facts(where), port, code });
}

/** Joining the group failed. */
export function joinFault(error: unknown, where: Where): Fault {
  const code = errorCode(error);
  const byCode: Record<string, FaultCode> = {
    ENOBUFS: 'join-limit',
    ENOMEM: 'join-limit',
    ENODEV: 'no-route',
    ENETUNREACH: 'no-route',
    EADDRNOTAVAIL: 'no-route',
  };
  const fault = byCode[code] ?? 'join-failed';
  const limit = fault === 'join-limit' && where.group.family === 4 ? membershipLimit() : undefined;
  return new Fault(fault, { ...facts(where), code, ...(limit === undefined ? {} : { limit }) });
}

/** Sending failed. `to` is where it should have gone, when that is not the group. */
export function sendFault(error: unknown, where: Where, bytes: number, to?: string): Fault {
  const code = errorCode(error);
  const unreachable = ['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'ENODEV', 'EADDRNOTAVAIL'];
  if (code === 'EMSGSIZE') return new Fault('too-long', { bytes, limit: payloadLimit[where.group.family] });
  if (unreachable.includes(code) && to === undefined) return new Fault('no-route', { ...facts(where), code });
  return new Fault('send-failed', { ...facts(where), to: to ?? groupName(where.group), bytes, code }, 1);
}

/** A reply to an address that no socket takes, as forged datagrams have: port 0, or of the other family. */
export function unanswerable(where: Where, bytes: number, to: string): Fault {
  return new Fault('send-failed', { ...facts(where), to, bytes, code: 'EINVAL' }, 1);
}

/** Largest UDP payload, bytes: 65,535 less the headers of UDP and, in IPv4, of IP (RFC 768, RFC 791, RFC 8200). */
export const payloadLimit = { 4: 65_507, 6: 65_527 } as const;

function facts({ group, interface: { name } }: Where): Facts {
  return { group: groupName(group), interface: name, family: `IPv${group.family}` };
}
