// A socket that says anything to a group on loopback.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { loopback } from '../support/cli.ts';

export class Speaker {
  private constructor(
    private readonly socket: Socket,
    private readonly address: string,
    private readonly port: number,
  ) {}

  static async open(address: string, port: number): Promise<Speaker> {
    const socket = createSocket('udp4').bind(0, loopback);
    await once(socket, 'listening');
    socket.setMulticastInterface(loopback);
    socket.setMulticastTTL(0);
    // Acknowledgements come back to it.
    socket.on('message', () => {});
    return new Speaker(socket, address, port);
  }

  send(bytes: Uint8Array | string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.socket.send(bytes, this.port, this.address, (error) => (error ? reject(error) : resolve()));
    });
  }

  close(): void {
    this.socket.close();
  }
}
