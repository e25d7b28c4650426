// Where receivers register: accepts control connections, few enough that nobody can exhaust this host, and hands each
// on once it has said who it is.
import { createServer, type Server, type Socket } from 'node:net';
import { Fault } from '../core/fault.ts';
import { codeOf } from '../session/disk.ts';
import { decodeHello, encode, type Hello, kinds } from './control.ts';
import { ControlLink } from './control-link.ts';
import type { Frame } from './frames.ts';
import { mostReportBytes } from './report.ts';

const mostConnections = 256;
/** A connection that has not said who it is after so long is closed, ms. */
const introduction = 5000;

export type Caller = { onFrame(frame: Frame): void; onEnd(): void };

export class ControlServer {
  readonly #links = new Set<ControlLink>();
  #server: Server | undefined;

  /** `called`: a receiver has said hello; undefined turns it away. */
  constructor(private readonly called: (hello: Hello, link: ControlLink) => Caller | { refused: string }) {}

  /** Listens there; resolves with the port. Rejects with Fault `port-busy` or `socket-failed`. */
  listen(address: string, port: number): Promise<number> {
    const server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
    this.#server = server;
    server.maxConnections = mostConnections;
    return new Promise((resolve, reject) => {
      server.once('error', (error) => {
        const code = codeOf(error);
        reject(
          code === 'EADDRINUSE'
            ? new Fault('port-busy', { port })
            : new Fault('socket-failed', { code, port }),
        );
      });
      server.listen({ host: address, port, exclusive: true }, () => {
        server.on('error', () => {});
        const bound = server.address();
        resolve(typeof bound === 'object' && bound ? bound.port : port);
      });
    });
  }

  close(): void {
    this.#server?.close();
    for (const link of this.#links) link.finish();
  }

  #accept(socket: Socket): void {
    let caller: Caller | undefined;
    const link = new ControlLink(socket, mostReportBytes + 1, {
      frame: (frame) => {
        if (caller) caller.onFrame(frame);
        else {
          caller = this.#introduce(frame, link);
          clearTimeout(timer);
        }
      },
      ended: () => {
        this.#links.delete(link);
        caller?.onEnd();
      },
    });
    const timer = setTimeout(() => link.close(), introduction);
    socket.once('close', () => {
      clearTimeout(timer);
      this.#links.delete(link);
    });
    this.#links.add(link);
  }

  #introduce({ kind, body }: Frame, link: ControlLink): Caller | undefined {
    const hello = kind === kinds.hello ? decodeHello(body) : undefined;
    if (!hello) {
      link.close();
      return undefined;
    }
    const answer = this.called(hello, link);
    if (!('refused' in answer)) return answer;
    link.send(kinds.end, encode({ reason: answer.refused }));
    link.finish();
    return undefined;
  }
}
