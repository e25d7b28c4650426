// A socket beside the group's own, on the interface's address, for unicast alone: where a node answers probes at a
// port that others can know, and where doctor asks from.
import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import { closeSocket, listenOn, numericOnly, socketType } from './dgram.ts';
import type { LocalInterface } from './interfaces.ts';

export type UnicastSocket = {
  readonly port: number;
  /** Resolves when it left; what cannot be sent is as lost as what the network loses. */
  send(bytes: Uint8Array, address: string, port: number): Promise<void>;
  close(): Promise<void>;
};
export type OnUnicast = (bytes: Uint8Array, address: string, port: number) => void;

/** Where a node answers probes unless it is taken: beside the group's port, as RTCP sits beside RTP (RFC 3550 §11). */
export const doorBeside = (groupPort: number): number | undefined =>
  groupPort < 65_535 ? groupPort + 1 : undefined;

/** Rejects with the system's error. */
export async function openUnicastSocket(
  local: Pick<LocalInterface, 'family' | 'address'>,
  port: number,
  onDatagram: OnUnicast,
  reuseAddr = false,
): Promise<UnicastSocket> {
  const socket = createSocket({ type: socketType(local.family), lookup: numericOnly, reuseAddr });
  await listenOn(socket, local.address, port);
  socket.on('error', () => {});
  socket.on('message', (bytes, from) => onDatagram(bytes, from.address, from.port));
  return {
    port: socket.address().port,
    send: (bytes, address, to) =>
      new Promise((resolve) => {
        try {
          if (isIP(address) !== local.family) resolve();
          else socket.send(bytes, to, address, () => resolve());
        } catch {
          resolve();
        }
      }),
    close: () => closeSocket(socket),
  };
}

/**
 * Undefined where the port is taken: the first node of a host has it. It shares the port all the same, so that a
 * program that starts later can still join a group there.
 */
export async function openDoor(
  local: Pick<LocalInterface, 'family' | 'address'>,
  groupPort: number,
  onDatagram: OnUnicast,
): Promise<UnicastSocket | undefined> {
  const port = doorBeside(groupPort);
  if (port === undefined) return undefined;
  try {
    const alone = await openUnicastSocket(local, port, () => {});
    await alone.close();
    return await openUnicastSocket(local, port, onDatagram, true);
  } catch {
    return undefined;
  }
}
