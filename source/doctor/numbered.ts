// Speaks to the group for the probe, as a node does: each message has the next number, so that others see what they
// miss.
import { hostname } from 'node:os';
import { encodeProbing, type Probing, type ProbingEnvelope } from '../core/probing.ts';
import { safeName } from '../core/safe-text.ts';
import type { Transport } from '../net/transport.ts';

/** It is silent while it waits, and must not be taken for dead meanwhile, ms. */
const every = 10_000;

export class Numbered {
  #seq = 0;
  readonly #name = safeName(`doctor ${hostname()}`);

  constructor(
    private readonly transport: Transport,
    private readonly id: string,
  ) {}

  envelope(): ProbingEnvelope {
    const { ttl } = this.transport.settings;
    return { id: this.id, name: this.#name, seq: this.#seq, at: Date.now(), ttl };
  }

  /** It makes no reports, so that it is not taken for a node that hears nobody. */
  async say(kind: 'heartbeat' | 'bye'): Promise<void> {
    this.#seq++;
    await this.#send(JSON.stringify({ mcast: 1, kind, ...this.envelope(), every, up: 0 }));
  }

  async probe(message: Probing, size: number): Promise<void> {
    this.#seq++;
    await this.#send(encodeProbing(this.envelope(), message, size) ?? '');
  }

  /** A datagram that cannot be sent is one that nobody hears. */
  #send(text: string): Promise<void> {
    return this.transport.send(Buffer.from(text)).catch(() => {});
  }
}
