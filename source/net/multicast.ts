// Real multicast on this host: a group socket, a send socket beside it, and a watch that keeps both working.
import type { GroupSettings } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import { groupName } from '../core/group.ts';
import { bufferNotice, type GroupSocket, openGroupSocket } from './group-socket.ts';
import { findInterface, type LocalInterface, pickInterface } from './interfaces.ts';
import { isMember, socketDrops } from './kernel.ts';
import { Membership } from './membership.ts';
import { openSendSocket, type SendSocket } from './send-socket.ts';
import type { OnDatagram, Transport, TransportListener, TransportOptions } from './transport.ts';
import { openDoor, type UnicastSocket } from './unicast-socket.ts';
import { Watch } from './watch.ts';

type Sockets = { group: GroupSocket; sender: SendSocket; door: UnicastSocket | undefined };

/**
 * Joins a group. Rejects with Fault `no-such-interface`, `interface-without-family`, `no-multicast-interface`,
 * `port-busy`, `no-route`, `join-limit`, `join-failed` or `socket-failed`.
 */
export async function openTransport(
  options: TransportOptions,
  listener: TransportListener,
): Promise<Transport> {
  const local = pickInterface(options.group, options.interface);
  const sockets = await openSockets(options, local, listener);
  const notice = bufferNotice(options, sockets.group.receiveBuffer);
  if (notice) listener.notice(notice);
  return new MulticastTransport(options, listener, local, sockets);
}

/** Only speaks: joins nothing, hears only unicast replies. */
export type Sender = Pick<Transport, 'settings' | 'replyPort' | 'send' | 'close'>;

/** Rejects as `openTransport` does, but for the faults of joining. Errors of the socket show at the next send. */
export async function openSender(options: TransportOptions, onReply: OnDatagram): Promise<Sender> {
  const local = pickInterface(options.group, options.interface);
  const socket = await openSendSocket(options, local, onReply, () => {});
  const { port: replyPort, send, close } = socket;
  return { settings: settingsOf(options, local), replyPort, send, close };
}

class MulticastTransport implements Transport {
  readonly #options: TransportOptions;
  readonly #listener: TransportListener;
  readonly #watch: Watch;
  readonly membership: Membership;
  #local: LocalInterface;
  /** Undefined while they are being opened anew, or could not be. */
  #sockets: Sockets | undefined;
  #receiveBuffer: number | undefined;
  #replyPort: number;
  #closed = false;

  constructor(
    options: TransportOptions,
    listener: TransportListener,
    local: LocalInterface,
    sockets: Sockets,
  ) {
    this.#options = options;
    this.#listener = listener;
    this.#local = local;
    this.#sockets = sockets;
    this.#receiveBuffer = sockets.group.receiveBuffer;
    this.#replyPort = sockets.sender.port;
    this.#watch = this.#startWatch();
    this.membership = new Membership({
      rejoin: () => this.#sockets?.group.rejoin(),
      notice: (fault) => listener.notice(fault),
      every: options.refresh,
    });
  }

  get settings(): GroupSettings {
    return settingsOf(this.#options, this.#local);
  }

  get receiveBuffer(): number | undefined {
    return this.#receiveBuffer;
  }

  get replyPort(): number {
    return this.#replyPort;
  }

  get door(): UnicastSocket | undefined {
    return this.#sockets?.door;
  }

  get joined(): boolean {
    return !this.#closed && this.#sockets !== undefined && this.#watch.joined;
  }

  send(bytes: Uint8Array): Promise<void> {
    return this.#sockets?.sender.send(bytes) ?? this.#notNow();
  }

  reply(bytes: Uint8Array, address: string, port: number): Promise<void> {
    return this.#sockets?.sender.reply(bytes, address, port) ?? this.#notNow();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watch.stop();
    this.membership.stop();
    await this.#closeSockets();
  }

  #notNow(): Promise<never> {
    const { group, interface: name } = this.settings;
    return Promise.reject(
      new Fault(
        this.#closed ? 'send-failed' : 'interface-gone',
        { group, interface: name, code: 'closed' },
        1,
      ),
    );
  }

  async #closeSockets(): Promise<void> {
    const sockets = this.#sockets;
    this.#sockets = undefined;
    if (sockets) await closeAll(sockets);
  }

  async #reopen(local: LocalInterface): Promise<void> {
    await this.#closeSockets();
    const sockets = await openSockets(this.#options, local, this.#listener, this.#replyPort);
    if (this.#closed) {
      await closeAll(sockets);
      return;
    }
    this.#local = local;
    this.#sockets = sockets;
    this.membership.joined();
    this.#receiveBuffer = sockets.group.receiveBuffer;
    this.#replyPort = sockets.sender.port;
  }

  #startWatch(): Watch {
    const { group } = this.#options;
    const { name } = this.#local;
    const watch = new Watch(
      {
        current: () => this.#local,
        look: () => findInterface(this.#local, group),
        isMember: () => isMember(group, name),
        drops: async () => {
          const inode = this.#sockets?.group.inode;
          return inode === undefined ? undefined : socketDrops(inode, group.family);
        },
        reopen: (on) => this.#reopen(on),
        notice: (fault) => this.#closed || this.#listener.notice(fault),
        dropped: (count) => this.#closed || this.#listener.dropped(count),
      },
      { group: groupName(group), interface: name },
    );
    watch.start();
    return watch;
  }
}

/** All sockets or none, but for the door. The reply port of before is kept if it is still free: acknowledgements may be on their way. */
async function openSockets(
  options: TransportOptions,
  local: LocalInterface,
  listener: TransportListener,
  lastPort?: number,
): Promise<Sockets> {
  const open = (replyPort: number | undefined) =>
    openSendSocket(
      replyPort === undefined ? options : { ...options, replyPort },
      local,
      (...datagram) => listener.datagram(...datagram),
      (fault) => listener.notice(fault),
    );
  const sender = await (options.replyPort === undefined && lastPort !== undefined
    ? open(lastPort).catch(() => open(undefined))
    : open(undefined));
  try {
    const group = await openGroupSocket(options, local, listener);
    const door = listener.door && (await openDoor(local, options.group.port, listener.door));
    return { sender, group, door };
  } catch (error) {
    await sender.close();
    throw error;
  }
}

async function closeAll({ group, sender, door }: Sockets): Promise<void> {
  await Promise.all([group.close(), sender.close(), door?.close()]);
}

function settingsOf(
  { group, ttl, source }: TransportOptions,
  { name, address }: LocalInterface,
): GroupSettings {
  return {
    group: groupName(group),
    interface: name,
    address,
    ttl,
    ...(source === undefined ? {} : { source }),
  };
}
