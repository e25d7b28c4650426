// A cable with faults, between an engine and a real network: it loses a share of the datagrams in both
// directions, or it is cut. For demonstrations, and for tests that need loss without a lab.
import type { Transport, TransportListener, TransportOptions } from './transport.ts';

type Connect = (options: TransportOptions, listener: TransportListener) => Promise<Transport>;

export class Cable {
  /** Nothing passes any more, and nobody is told. */
  cut = false;

  /** `loss`: share of datagrams lost, 0 to 1; `random`: 0 to 1, drawn once a datagram. */
  constructor(
    private readonly plug: Connect,
    private readonly loss: number,
    private readonly random: () => number,
  ) {}

  readonly connect: Connect = async (options, listener) => {
    const transport = await this.plug(options, {
      ...listener,
      datagram: (...datagram) => {
        if (this.#passes()) listener.datagram(...datagram);
      },
      ...(listener.door && { door: (...probe) => void (this.#passes() && listener.door?.(...probe)) }),
    });
    return new CabledTransport(transport, () => this.#passes());
  };

  #passes(): boolean {
    return !this.cut && this.random() >= this.loss;
  }
}

class CabledTransport implements Transport {
  constructor(
    private readonly transport: Transport,
    private readonly passes: () => boolean,
  ) {}

  get settings() {
    return this.transport.settings;
  }

  get receiveBuffer() {
    return this.transport.receiveBuffer;
  }

  get replyPort() {
    return this.transport.replyPort;
  }

  get door() {
    return this.transport.door;
  }

  get membership() {
    return this.transport.membership;
  }

  get joined() {
    return this.transport.joined;
  }

  async send(bytes: Uint8Array): Promise<void> {
    if (this.passes()) await this.transport.send(bytes);
  }

  async reply(bytes: Uint8Array, address: string, port: number): Promise<void> {
    if (this.passes()) await this.transport.reply(bytes, address, port);
  }

  close(): Promise<void> {
    return this.transport.close();
  }
}
