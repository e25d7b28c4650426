// Where clients of the lab protocol register: each gets its number, says its UDP port, and is told how many are expected.
import { createServer, type Socket } from 'node:net';
import { Fault } from '../core/fault.ts';
import { codeOf } from '../session/disk.ts';
import { mostClients, readNumber } from './lab-protocol.ts';
import { LabTalk } from './lab-talk.ts';

/** A client that has not said its port after so long is none, ms. */
const introduction = 10_000;

/** One that has registered. */
export type LabClient = { number: number; address: string; port: number; talk: LabTalk };

export class LabServer {
  readonly #talks = new Set<LabTalk>();
  readonly #server = createServer((socket) => void this.#accept(socket));
  #arrived = 0;

  /** `expected`: what a client with this number is told. */
  constructor(
    private readonly expected: (number: number) => number,
    private readonly registered: (client: LabClient) => void,
  ) {
    this.#server.maxConnections = mostClients;
  }

  /** Listens there; resolves with the port. Rejects with Fault `port-busy` or `socket-failed`. */
  listen(address: string, port: number): Promise<number> {
    const server = this.#server;
    return new Promise((resolve, reject) => {
      server.once('error', (error) => {
        const code = codeOf(error);
        const isBusy = code === 'EADDRINUSE';
        reject(isBusy ? new Fault('port-busy', { port }) : new Fault('socket-failed', { code, port }));
      });
      server.listen({ host: address, port, exclusive: true }, () => {
        server.on('error', () => {});
        const bound = server.address();
        resolve(typeof bound === 'object' && bound ? bound.port : port);
      });
    });
  }

  /** Nobody can register any more. */
  closeDoor(): void {
    this.#server.close();
  }

  close(): void {
    this.closeDoor();
    for (const talk of this.#talks) talk.finish();
  }

  async #accept(socket: Socket): Promise<void> {
    const talk = new LabTalk(socket);
    this.#talks.add(talk);
    void talk.ended.then(() => this.#talks.delete(talk));
    const number = ++this.#arrived;
    talk.say(number);
    const message = await talk.next(introduction);
    const port = message && readNumber(message.toString('latin1'), 65_535);
    if (!port || !this.#server.listening) {
      talk.finish();
      return;
    }
    talk.say(this.expected(number));
    this.registered({ number, address: talk.address, port, talk });
  }
}
