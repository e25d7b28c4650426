// Sockets for bulk data coming in: on a group, or on a port of our own, which a plain script may have too.
import { createSocket } from 'node:dgram';
import { type Family, withoutZone } from '../core/address.ts';
import type { Millis } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import type { Group } from '../core/group.ts';
import { now } from './clock.ts';
import { closeSocket, listenOn, numericOnly, socketType } from './dgram.ts';
import { Drain } from './drain.ts';
import { growBuffer, openGroupSocket, wantedBuffer } from './group-socket.ts';
import type { LocalInterface } from './interfaces.ts';
import { descriptorOf, newSocket, ownSockets, socketDrops } from './kernel.ts';
import { errorCode } from './socket-faults.ts';
import type { OnDatagram } from './transport.ts';

export type DataIn = {
  readonly port: number;
  /** Bytes granted for receiving; undefined where it cannot be read. */
  readonly receiveBuffer: number | undefined;
  /** Datagrams that the kernel dropped here so far; undefined off Linux. */
  drops(): Promise<number | undefined>;
  close(): Promise<void>;
};

/** Called for each datagram with the time it was read. The bytes are only valid during the call. */
export type OnData = (bytes: Buffer, at: Millis) => void;

/** As long as a full buffer lasts at this rate, bytes/ms, may the thread that reads it sleep; and never longer than that, ms. */
const fastest = 1_000_000;
const longestNap = 4;

/**
 * Listens to a group, or without one to a port of its own, for all that can come. Rejects with Fault `port-busy`,
 * `join-limit`, `no-route`, `join-failed` or `socket-failed`.
 */
export async function openDataIn(
  group: Group | undefined,
  local: LocalInterface,
  onData: OnData,
): Promise<DataIn> {
  let drain: Drain | undefined;
  const onDatagram: OnDatagram = (bytes, _address, _port, at) => {
    onData(bytes as Buffer, at);
    drain?.came(bytes.length, at);
  };
  const socket = group
    ? await openGroup(group, local, onDatagram)
    : await openOwnPort(local, onDatagram, wantedBuffer);
  const { inode, receiveBuffer } = socket;
  const descriptor = inode === undefined ? undefined : descriptorOf(inode);
  if (descriptor !== undefined) {
    const nap = Math.min(longestNap, (receiveBuffer ?? 0) / fastest);
    drain = new Drain(descriptor, nap, (bytes) => onData(bytes, now()));
  }
  return dataIn(local, socket, () => drain?.close());
}

/** Listens to a port of its own with the system's buffer, as any script does. Rejects with Fault `socket-failed`. */
export async function openPlainIn(local: LocalInterface, onDatagram: OnDatagram): Promise<DataIn> {
  return dataIn(local, await openOwnPort(local, onDatagram, 0), () => {});
}

type Opened = {
  port: number;
  receiveBuffer: number | undefined;
  inode: number | undefined;
  close(): Promise<void>;
};

function dataIn({ family }: LocalInterface, socket: Opened, closing: () => void): DataIn {
  const { port, receiveBuffer, inode } = socket;
  return {
    port,
    receiveBuffer,
    drops: async () => (inode === undefined ? undefined : socketDrops(inode, family)),
    close() {
      closing();
      return socket.close();
    },
  };
}

async function openGroup(group: Group, local: LocalInterface, onDatagram: OnDatagram): Promise<Opened> {
  const listener = { datagram: onDatagram, notice: () => {}, dropped: () => {} };
  return { port: group.port, ...(await openGroupSocket({ group, ttl: 0 }, local, listener)) };
}

async function openOwnPort(
  local: LocalInterface,
  onDatagram: OnDatagram,
  receiveBuffer: number,
): Promise<Opened> {
  const { address, family } = local;
  const socket = createSocket({ type: socketType(family), ipv6Only: family === 6, lookup: numericOnly });
  const before = ownSockets();
  await listenOn(socket, address, 0).catch((error) => {
    throw new Fault('socket-failed', { code: errorCode(error), port: 0 });
  });
  const { port } = socket.address();
  socket.on('error', () => {});
  socket.on('message', (bytes, from) => onDatagram(bytes, from.address, from.port, now(), true));
  return {
    port,
    receiveBuffer: growBuffer(socket, receiveBuffer),
    inode: newSocket(before, { address: withoutZone(address), port, family: family as Family }),
    close: () => closeSocket(socket),
  };
}
