// A plain UDP peer inside the test: it knows nothing of the program, and answers as it is told to.
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, vi } from 'vitest';
import { loopback } from './cli.ts';

const open = new Set<Socket>();

afterEach(() => {
  for (const socket of open) socket.close();
  open.clear();
});

export class PlainPeer {
  readonly heard: { text: string; from: RemoteInfo }[] = [];

  private constructor(
    readonly socket: Socket,
    private readonly address: string,
    private readonly port: number,
  ) {}

  /** Joins a group on loopback. `answer` makes the reply to a datagram, if any. */
  static async join(
    group: { address: string; port: number },
    answer: (text: string, nth: number) => string[] = () => [],
  ): Promise<PlainPeer> {
    const socket = createSocket({ type: 'udp4', reuseAddr: true });
    open.add(socket);
    socket.bind(group.port, group.address);
    await once(socket, 'listening');
    socket.addMembership(group.address, loopback);
    socket.setMulticastInterface(loopback);
    const peer = new PlainPeer(socket, group.address, group.port);
    socket.on('message', (bytes, from) => {
      const text = bytes.toString();
      peer.heard.push({ text, from });
      for (const reply of answer(text, peer.heard.length)) socket.send(reply, from.port, from.address);
    });
    return peer;
  }

  say(datagram: string | Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.socket.send(datagram, this.port, this.address, (error) => (error ? reject(error) : resolve()));
    });
  }

  get texts(): string[] {
    return this.heard.map(({ text }) => text);
  }

  async hears(count: number): Promise<void> {
    await vi.waitFor(() => expect(this.heard.length).toBeGreaterThanOrEqual(count), {
      timeout: 10_000,
      interval: 10,
    });
  }
}
