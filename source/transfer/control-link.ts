// One control connection, as both sides use it: whole frames in and out, bounded, and ended when the other is silent.
import { createConnection, type Socket } from 'node:net';
import { kinds, partBytes, silence } from './control.ts';
import { type Frame, FrameReader, frame } from './frames.ts';

/** What may wait to be taken by the other side, bytes, besides a manifest. */
const mostQueued = 16 * 2 ** 20;

export type LinkListener = {
  frame(frame: Frame): void;
  /** The connection has ended, for whatever reason; said once. */
  ended(): void;
};

export class ControlLink {
  readonly address: string;
  readonly port: number;
  readonly #reader: FrameReader;
  readonly #pings: NodeJS.Timeout;
  #over = false;
  #spared = 0;

  /** `most`: bytes of the largest frame that the other side has a reason to send. */
  constructor(
    private readonly socket: Socket,
    most: number,
    private readonly listener: LinkListener,
  ) {
    this.address = plainAddress(socket.remoteAddress ?? '');
    this.port = socket.remotePort ?? 0;
    this.#reader = new FrameReader(most);
    socket.setNoDelay(true);
    socket.setTimeout(silence, () => this.close());
    socket.on('error', () => this.close());
    socket.on('close', () => this.close());
    socket.on('data', (chunk) => this.#take(chunk));
    this.#pings = setInterval(() => this.send(kinds.ping), silence / 4);
  }

  /** Resolves with the socket of a connection; rejects as the system does, at the latest after `within` ms. */
  static connect(host: string, port: number, within: number): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = createConnection({ host, port, timeout: within });
      const fail = (error: Error) => {
        socket.destroy();
        reject(error);
      };
      socket.once('error', fail);
      socket.once('timeout', () => fail(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
      socket.once('connect', () => {
        socket.removeAllListeners('timeout');
        socket.off('error', fail);
        resolve(socket);
      });
    });
  }

  get isOpen(): boolean {
    return !this.#over;
  }

  send(kind: number, body: Uint8Array = Buffer.alloc(0)): void {
    if (this.#over) return;
    // Whoever takes nothing for so long is as good as gone.
    if (this.socket.writableLength > mostQueued + this.#spared) this.close();
    else this.socket.write(frame(kind, body));
  }

  /** Sends what one frame could not hold as several of that kind. */
  sendParts(kind: number, body: Buffer): void {
    this.#spared = Math.max(this.#spared, body.length);
    for (let at = 0; at < body.length; at += partBytes) this.send(kind, body.subarray(at, at + partBytes));
  }

  /** Ends it after what was sent last, without a word to the listener. */
  finish(): void {
    this.#settle();
    this.socket.end();
    const force = setTimeout(() => this.socket.destroy(), 1000);
    this.socket.once('close', () => clearTimeout(force));
  }

  close(): void {
    if (this.#over) return;
    this.#settle();
    this.socket.destroy();
    this.listener.ended();
  }

  #settle(): void {
    this.#over = true;
    clearInterval(this.#pings);
    this.socket.setTimeout(0);
  }

  #take(chunk: Buffer): void {
    for (const each of this.#reader.push(chunk)) {
      if (this.#over) return;
      if (each.kind !== kinds.ping) this.listener.frame(each);
    }
    if (this.#reader.broken) this.close();
  }
}

/** An IPv4 address that came over an IPv6 socket, as IPv4. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');
