// Sends messages to one or more groups and matches what comes back: the whole of `send` but its words. It joins
// nothing, so it hears only unicast replies to its own port.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { GroupName, Kind, Received, Sent } from '../core/event.ts';
import { encode } from '../core/message.ts';
import { decode } from '../core/wire.ts';
import { now } from '../net/clock.ts';
import { openSender, type Sender } from '../net/multicast.ts';
import type { TransportOptions } from '../net/transport.ts';

export type CourierOptions = {
  groups: TransportOptions[];
  id: string;
  name: string;
  /** Bare UTF-8 text instead of our chat message, and no bye: what plain UDP scripts expect. */
  raw: boolean;
};

/** `rtt` is ms since the message that it answers; of a reply that names none, since the newest before it. */
export type Reply = Received & { rtt: number };

/** Messages whose replies can still be matched. */
const remembered = 1000;

export class Courier {
  readonly #senders: { sender: Sender; group: GroupName; ttl: number }[] = [];
  /** When each of the newest messages was sent, by number; oldest first. */
  readonly #sentAt = new Map<number, number>();
  /** Who acknowledged which message: one node answers a message once, however often its answer arrives. */
  readonly #answered = new Map<number, Set<string>>();
  #messages = 0;
  #acknowledged = false;
  #lastNews = now();

  private constructor(
    private readonly options: CourierOptions,
    private readonly tell: (event: Sent | Reply) => void,
  ) {}

  /** `tell` is called for every datagram out and every reply in. Rejects with a Fault of `openSender`. */
  static async open(options: CourierOptions, tell: (event: Sent | Reply) => void): Promise<Courier> {
    const courier = new Courier(options, tell);
    try {
      for (const group of options.groups) await courier.#openSender(group);
    } catch (error) {
      await courier.#closeSenders();
      throw error;
    }
    return courier;
  }

  /** Sends to every group. Returns the message's number, from 1. Rejects with Fault `too-long`, `send-failed` … */
  async say(text: string): Promise<number> {
    const n = this.#messages + 1;
    // All are built first: a message that is too long goes to no group and takes no number.
    const datagrams = this.#senders.map(({ ttl }) => this.#build(text, n, ttl));
    this.#messages = n;
    this.#remember(n);
    const kind = this.options.raw ? 'text' : 'chat';
    for (const [i, datagram] of datagrams.entries()) await this.#send(i, datagram, kind, n, text);
    // Sends complete without the event loop turning; replies are read only when it turns.
    await nextTurn();
    return n;
  }

  /** Acknowledgements of one message. */
  acks(n: number): number {
    return this.#answered.get(n)?.size ?? 0;
  }

  /** Some message was acknowledged by somebody. */
  get acknowledged(): boolean {
    return this.#acknowledged;
  }

  /** Resolves when so many ms have passed since the newest message without a reply, or since the newest reply. */
  async silence(ms: number): Promise<void> {
    for (;;) {
      const left = this.#lastNews + ms - now();
      if (left <= 0) {
        // After a stall of this process, timers come before the replies that waited meanwhile: let those be read.
        await nextTurn();
        await nextTurn();
        if (this.#lastNews + ms <= now()) return;
      } else {
        await new Promise((resolve) => setTimeout(resolve, Math.ceil(left)));
      }
    }
  }

  /** Says bye, unless it was speaking bare text, and closes its sockets. */
  async close(): Promise<void> {
    const { raw, id, name } = this.options;
    if (!raw && this.#messages > 0) {
      const seq = this.#messages + 1;
      for (const [i, { ttl }] of this.#senders.entries()) {
        const bye = encode({ kind: 'bye', id, name, seq, at: now(), ttl });
        await this.#send(i, Buffer.from(bye), 'bye', seq).catch(() => {});
      }
    }
    await this.#closeSenders();
  }

  async #openSender(options: TransportOptions): Promise<void> {
    const sender = await openSender(options, (bytes, address, port, at) => {
      this.#take(bytes, address, port, at, sender.settings.group);
    });
    this.#senders.push({ sender, group: sender.settings.group, ttl: options.ttl });
  }

  async #closeSenders(): Promise<void> {
    await Promise.all(this.#senders.map(({ sender }) => sender.close()));
  }

  #build(text: string, seq: number, ttl: number): Uint8Array {
    const { raw, id, name } = this.options;
    return Buffer.from(raw ? text : encode({ kind: 'chat', id, name, seq, at: now(), ttl, text }));
  }

  async #send(i: number, datagram: Uint8Array, kind: Kind, seq: number, text?: string): Promise<void> {
    const { sender, group } = this.#senders[i]!;
    const { raw, id, name } = this.options;
    const at = now();
    await sender.send(datagram);
    this.tell({
      type: 'sent',
      at,
      group,
      bytes: datagram.length,
      kind,
      ...(text === undefined ? {} : { text }),
      ...(raw ? {} : { id, name, seq }),
    });
  }

  #remember(n: number): void {
    this.#lastNews = now();
    this.#sentAt.set(n, this.#lastNews);
    this.#sentAt.delete(n - remembered);
    this.#answered.delete(n - remembered);
  }

  #take(bytes: Uint8Array, address: string, port: number, at: number, group: GroupName): void {
    const body = decode(bytes);
    // Scripts acknowledge with these three bytes.
    const bare = body.kind === 'text' && body.text === 'ack';
    const kind = bare ? 'ack' : body.kind;
    const n = body.of ?? this.#messages;
    const sentAt = this.#sentAt.get(n);
    // Not an answer to anything of ours.
    if (sentAt === undefined) return;
    this.#lastNews = Math.max(this.#lastNews, at);
    if (kind === 'ack') {
      this.#acknowledged = true;
      const answered = this.#answered.get(n) ?? new Set();
      // Two scripts on one host may answer from one address and port, so bare ones are all different.
      answered.add(body.id ?? `${address} ${port} ${answered.size}`);
      this.#answered.set(n, answered);
    }
    const { text, ...rest } = body;
    this.tell({
      type: 'received',
      at,
      group,
      address,
      port,
      bytes: bytes.length,
      ...rest,
      kind,
      ...(bare || text === undefined ? {} : { text }),
      unicast: true,
      rtt: Math.max(0, Math.round((at - sentAt) * 1000) / 1000),
    });
  }
}
