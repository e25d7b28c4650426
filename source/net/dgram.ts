// What the two sockets have in common in their use of node:dgram.
import type { Socket, SocketOptions } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { Family } from '../core/address.ts';

export const socketType = (family: Family) => (family === 4 ? 'udp4' : 'udp6');

/** Every address here is numeric already; a trip through the resolver would only put sends out of order. */
export const numericOnly: NonNullable<SocketOptions['lookup']> = (address, _options, callback) =>
  callback(null, address, isIPv6(address) ? 6 : 4);

/** Binds. Rejects with the system's error, and then the socket is closed. */
export function listenOn(socket: Socket, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      socket.close();
      reject(error);
    };
    socket.once('error', fail);
    socket.once('listening', () => {
      socket.off('error', fail);
      resolve();
    });
    socket.bind({ address, port, exclusive: true });
  });
}

/** Closes; resolves at once when it is closed already. */
export function closeSocket(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    try {
      socket.close(() => resolve());
    } catch {
      resolve();
    }
  });
}
