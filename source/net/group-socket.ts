// The socket that listens: bound to the group, joined on one interface, with a large receive buffer.
import { createSocket, type Socket } from 'node:dgram';
import { Fault } from '../core/fault.ts';
import { groupName } from '../core/group.ts';
import { now } from './clock.ts';
import { closeSocket, listenOn, numericOnly, socketType } from './dgram.ts';
import type { LocalInterface } from './interfaces.ts';
import { newSocket, ownSockets } from './kernel.ts';
import { bindFault, errorCode, joinFault } from './socket-faults.ts';
import type { TransportListener, TransportOptions } from './transport.ts';

export type GroupSocket = {
  /** Bytes granted for receiving; undefined where it cannot be read. */
  readonly receiveBuffer: number | undefined;
  /** The kernel's number of the socket, for its drop counter; undefined off Linux. */
  readonly inode: number | undefined;
  /**
   * Leaves and joins in one go. The kernel then reports the membership anew and never a leave (RFC 3376 section 5.1:
   * the later change replaces the one that still waits). Throws a Fault as opening does.
   */
  rejoin(): void;
  close(): Promise<void>;
};

/** Holds 6,500 datagrams of 200 bytes: a stall of 130 ms at 50,000 a second. */
export const wantedBuffer = 4 * 1024 * 1024;

/** Opens and joins. Rejects with Fault `port-busy`, `join-limit`, `no-route`, `join-failed` or `socket-failed`. */
export async function openGroupSocket(
  options: TransportOptions,
  local: LocalInterface,
  listener: TransportListener,
): Promise<GroupSocket> {
  const { group } = options;
  const where = { group, interface: local };
  const socket = createSocket({
    type: socketType(group.family),
    // Not reusePort: with several groups on one port the kernel would then choose one socket for each datagram.
    reuseAddr: true,
    ipv6Only: group.family === 6,
    lookup: numericOnly,
  });
  const before = ownSockets();
  let inode: number | undefined;
  // Looked up at once: two transports of one process may be opening the same group.
  socket.once('listening', () => {
    inode = newSocket(before, group);
  });
  try {
    await listenOn(socket, bindAddress(options, local), group.port);
  } catch (error) {
    throw bindFault(error, group.port, where);
  }
  try {
    // What comes between the join and the first tick waits in this buffer.
    const receiveBuffer = growBuffer(socket, options.receiveBuffer ?? wantedBuffer);
    membership(socket, 'add', options, local);
    hear(socket, listener);
    return {
      receiveBuffer,
      inode,
      rejoin() {
        try {
          // A membership that is lost already is the watch's matter, and is joined here just as well.
          try {
            membership(socket, 'drop', options, local);
          } catch {}
          membership(socket, 'add', options, local);
        } catch (error) {
          throw joinFault(error, where);
        }
      },
      close() {
        // The kernel leaves by itself at close, but not every system does; nor does it matter when it is left already.
        try {
          membership(socket, 'drop', options, local);
        } catch {}
        return closeSocket(socket);
      },
    };
  } catch (error) {
    await closeSocket(socket);
    throw joinFault(error, where);
  }
}

/** A notice when the kernel granted less than was asked for; undefined when it did not. */
export function bufferNotice(options: TransportOptions, granted: number | undefined): Fault | undefined {
  const asked = options.receiveBuffer ?? wantedBuffer;
  if (granted === undefined || granted >= asked) return undefined;
  return new Fault('small-receive-buffer', { group: groupName(options.group), asked, granted });
}

/**
 * Bound to the wildcard, a socket also receives every other group that any process of the host joined on that port.
 * Windows cannot bind to a group.
 */
function bindAddress({ group: { address, family } }: TransportOptions, { zone }: LocalInterface): string {
  if (process.platform === 'win32') return family === 4 ? '0.0.0.0' : '::';
  return family === 4 ? address : `${address}%${zone}`;
}

function membership(
  socket: Socket,
  what: 'add' | 'drop',
  options: TransportOptions,
  local: LocalInterface,
): void {
  const { group, source } = options;
  const on = group.family === 4 ? local.address : `::%${local.zone}`;
  if (source !== undefined) {
    if (what === 'add') socket.addSourceSpecificMembership(source, group.address, on);
    else socket.dropSourceSpecificMembership(source, group.address, on);
  } else if (what === 'add') socket.addMembership(group.address, on);
  else socket.dropMembership(group.address, on);
}

/** The path of every datagram: nothing here that could be done later, or elsewhere. */
function hear(socket: Socket, listener: TransportListener): void {
  socket.on('message', (bytes, from) => listener.datagram(bytes, from.address, from.port, now(), false));
  socket.on('error', (error) => listener.notice(new Fault('socket-failed', { code: errorCode(error) })));
}

/** Linux grants at most net.core.rmem_max without a word; BSD refuses what is above its limit. */
export function growBuffer(socket: Socket, wanted: number): number | undefined {
  for (let size = wanted; size >= 64 * 1024; size /= 2) {
    try {
      socket.setRecvBufferSize(Math.floor(size));
      break;
    } catch {}
  }
  try {
    const size = socket.getRecvBufferSize();
    // Linux doubles what it grants, for its own bookkeeping (socket(7)).
    return process.platform === 'linux' ? size / 2 : size;
  } catch {
    return undefined;
  }
}
