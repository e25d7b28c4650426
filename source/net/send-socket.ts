// The socket that speaks: multicast out, unicast replies in. It is apart from the group's socket because two
// programs on one host share the group's port, and a unicast datagram to it would reach only the last one bound.
import { createSocket, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import { Fault } from '../core/fault.ts';
import { now } from './clock.ts';
import { closeSocket, listenOn, numericOnly, socketType } from './dgram.ts';
import type { LocalInterface } from './interfaces.ts';
import { bindFault, errorCode, joinFault, sendFault, unanswerable } from './socket-faults.ts';
import type { OnDatagram, TransportOptions } from './transport.ts';

export type SendSocket = {
  readonly port: number;
  send(bytes: Uint8Array): Promise<void>;
  reply(bytes: Uint8Array, address: string, port: number): Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens it on the interface's own address, so that no multicast can come to it even where it has the group's port.
 * Rejects with Fault `port-busy`, `no-route`, `interface-without-family` or `socket-failed`.
 */
export async function openSendSocket(
  options: TransportOptions,
  local: LocalInterface,
  onReply: OnDatagram,
  onError: (fault: Fault) => void,
): Promise<SendSocket> {
  const { group, ttl } = options;
  const where = { group, interface: local };
  const replyPort = options.replyPort ?? 0;
  const socket = createSocket({ type: socketType(group.family), lookup: numericOnly });
  try {
    await listenOn(socket, local.address, replyPort);
  } catch (error) {
    throw bindFault(error, replyPort, where);
  }
  try {
    aim(socket, local);
    socket.setMulticastTTL(ttl);
    socket.setMulticastLoopback(true);
    await probeRoute(options, local);
  } catch (error) {
    socket.close();
    throw joinFault(error, where);
  }
  socket.on('error', (error) => onError(new Fault('socket-failed', { code: errorCode(error) })));
  socket.on('message', (bytes, from) => onReply(bytes, from.address, from.port, now(), true));

  const deliver = (bytes: Uint8Array, address: string, port: number, to?: string) =>
    new Promise<void>((resolve, reject) => {
      const fail = (error: unknown) => reject(sendFault(error, where, bytes.byteLength, to));
      try {
        socket.send(bytes, port, address, (error) => (error ? fail(error) : resolve()));
      } catch (error) {
        fail(error);
      }
    });

  return {
    port: socket.address().port,
    send: (bytes) => deliver(bytes, group.address, group.port),
    reply(bytes, address, port) {
      const to = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
      const sound = isIP(address) === group.family && Number.isInteger(port) && port > 0 && port < 65_536;
      return sound
        ? deliver(bytes, address, port, to)
        : Promise.reject(unanswerable(where, bytes.byteLength, to));
    },
    close: () => closeSocket(socket),
  };
}

/** Multicast goes out there. On IPv4 the address also becomes the source. */
function aim(socket: Socket, { family, address, zone }: LocalInterface): void {
  socket.setMulticastInterface(family === 4 ? address : `::%${zone}`);
}

/**
 * Rejects when the kernel has no way to send to the group. Connecting asks it without sending anything; on a socket
 * of its own, because taking a connection back would also give up the reply port.
 */
async function probeRoute({ group }: TransportOptions, local: LocalInterface): Promise<void> {
  const probe = createSocket({ type: socketType(group.family), lookup: numericOnly });
  try {
    await listenOn(probe, local.address, 0);
    aim(probe, local);
    // Node hands a failure to the callback, which its types do not say.
    const failure = await new Promise<unknown>((resolve) => {
      probe.connect(group.port, group.address, (...outcome: unknown[]) => resolve(outcome[0]));
    });
    if (failure) throw failure;
  } finally {
    probe.close();
  }
}
