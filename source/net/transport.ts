// What the engine needs of a network, so that real sockets and the in-memory lossy network of the tests are
// used alike. One transport is one group on one interface, with its send socket beside it.
import type { GroupSettings, Millis } from '../core/event.ts';
import type { Fault } from '../core/fault.ts';
import type { Group } from '../core/group.ts';
import type { Membership } from './membership.ts';
import type { OnUnicast, UnicastSocket } from './unicast-socket.ts';

/** Called for each datagram, as close to its arrival as can be. The bytes are only valid during the call. */
export type OnDatagram = (
  bytes: Uint8Array,
  address: string,
  port: number,
  at: Millis,
  /** It came to the send socket (a unicast reply). */
  unicast: boolean,
) => void;

export type TransportListener = {
  datagram: OnDatagram;
  /** Something to tell a person: receive buffer clipped, membership lost and regained, interface gone and back. */
  notice(fault: Fault): void;
  /** The kernel dropped this many more datagrams at our group socket since the last call. */
  dropped(count: number): void;
  /** Who has this answers probes: a door is opened for them where its port is free, and what comes there is told here. */
  door?: OnUnicast;
};

export type Transport = {
  readonly settings: GroupSettings;
  /** Bytes the kernel granted for receiving; undefined where it cannot be read. */
  readonly receiveBuffer: number | undefined;
  /** Port that unicast replies come to. */
  readonly replyPort: number;
  /** Where probes by unicast come to; undefined where there is none. */
  readonly door?: UnicastSocket | undefined;
  readonly membership: Membership;
  /** False while the interface is down or the membership is gone. */
  readonly joined: boolean;
  /** Sends to the group. Rejects with a Fault; never throws synchronously. */
  send(bytes: Uint8Array): Promise<void>;
  /** Sends to one address, from the same socket. */
  reply(bytes: Uint8Array, address: string, port: number): Promise<void>;
  /** Leaves the group and closes both sockets. Safe to call twice. */
  close(): Promise<void>;
};

export type TransportOptions = {
  group: Group;
  /** Interface name or one of its addresses; chosen for the user when absent. */
  interface?: string;
  source?: string;
  ttl: number;
  /** Fixed port of the send socket, for firewalls that cannot match a unicast reply to a multicast request. */
  replyPort?: number;
  /** Leave and join again this often, ms, so that the host reports its membership though nobody asks for it. */
  refresh?: number;
  /** Receive buffer to ask the kernel for, bytes (4 MiB unless told). */
  receiveBuffer?: number;
};
