// The socket for bulk data going out: connected, and given datagrams without a callback each. With one, or with a
// promise, no event loop sends more than some tens of thousands a second.
import { createSocket, type Socket } from 'node:dgram';
import type { Fault } from '../core/fault.ts';
import type { Group } from '../core/group.ts';
import { closeSocket, listenOn, numericOnly, socketType } from './dgram.ts';
import type { LocalInterface } from './interfaces.ts';
import { bindFault, joinFault, sendFault } from './socket-faults.ts';

/** A group, or one host. */
export type Target = Group;

export type DataOut = {
  /** Our address and port, which every datagram comes from. */
  readonly address: string;
  readonly port: number;
  /** Bytes that the kernel has not taken yet. Whoever sends stops while it is more than some 256 KiB. */
  readonly queued: number;
  /** Hands over a datagram in parts, which must not change while anything is queued. Never waits, never throws. */
  post(parts: readonly Uint8Array[]): void;
  close(): Promise<void>;
};

/** So often a datagram is sent with a callback after all, to learn that none gets out any more. */
const watchEvery = 256;

/** `failed` is told of errors of sending, time and again. Rejects with Fault `no-route` or `socket-failed`. */
export async function openDataOut(
  target: Target,
  local: LocalInterface,
  ttl: number,
  failed: (fault: Fault) => void,
): Promise<DataOut> {
  const where = { group: target, interface: local };
  const socket = createSocket({ type: socketType(target.family), lookup: numericOnly });
  await listenOn(socket, local.address, 0).catch((error) => {
    throw bindFault(error, 0, where);
  });
  try {
    socket.setMulticastInterface(local.family === 4 ? local.address : `::%${local.zone}`);
    socket.setMulticastTTL(ttl);
    socket.setMulticastLoopback(true);
    await connect(socket, target);
  } catch (error) {
    await closeSocket(socket);
    throw joinFault(error, where);
  }
  // A port that is closed answers with an ICMP message, which says no more than the missing reports do.
  socket.on('error', () => {});
  let count = 0;
  let closed = false;
  const told = (error: Error | null) => {
    if (error && !closed) failed(sendFault(error, where, 0));
  };
  const { address, port } = socket.address();
  return {
    address,
    port,
    get queued() {
      return closed ? 0 : socket.getSendQueueSize();
    },
    post(parts) {
      if (closed) return;
      if (++count % watchEvery === 0) socket.send(parts, told);
      else socket.send(parts);
    },
    close() {
      closed = true;
      return closeSocket(socket);
    },
  };
}

/** Node hands a failure to the callback, which its types do not say. */
async function connect(socket: Socket, { address, port }: Target): Promise<void> {
  const failure = await new Promise<unknown>((resolve) => {
    socket.connect(port, address, (...outcome: unknown[]) => resolve(outcome[0]));
  });
  if (failure) throw failure;
}
