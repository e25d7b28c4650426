// Speaks for this node in one group: numbers its messages, heartbeats at the group's pace, chats, says bye.
import type { Sent } from '../core/event.ts';
import { reportOn, reportOrder } from '../core/hearing.ts';
import { jittered, stretchedInterval } from '../core/heartbeat-interval.ts';
import { encode, type Heartbeat, type Message, reportLimit, reportsThatFit } from '../core/message.ts';
import type { Peer } from '../core/peer.ts';
import type { Offer } from '../core/share.ts';
import { now } from '../net/clock.ts';
import type { Transport } from '../net/transport.ts';
import type { EngineOptions } from './options.ts';

/** IPv4 and UDP headers, which count for the bandwidth as well. */
const headerBytes = 28;
/** A node that just started is heard soon, but not in step with others started by the same script, ms. */
const firstBeatWithin = 200;

export type SpeakerOptions = {
  group: string;
  transport: Transport;
  settings: Pick<EngineOptions, 'id' | 'name' | 'heartbeat' | 'bandwidth'> & { payloads: boolean };
  startedAt: number;
  /** Peers of this group that are not gone. */
  peers(): Peer[];
  onSent(event: Sent): void;
  onFault(error: unknown): void;
};

export class Speaker {
  #seq = 0;
  #beats = 0;
  /** Reports that the newest heartbeat held, and its size. */
  #held = 4;
  #bytes = 300;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: SpeakerOptions) {}

  start(): void {
    const { heartbeat } = this.options.settings;
    if (heartbeat === 0) return;
    this.#timer = setTimeout(() => this.#beat(), Math.random() * Math.min(firstBeatWithin, heartbeat));
  }

  /** Throws Fault('too-long') when the text does not fit a datagram. */
  chat(text: string): void {
    void this.#toGroup({ ...this.#envelope(), kind: 'chat', text });
  }

  /** Says what there is for the group; the title is cut to what fits. */
  share(offer: Offer): void {
    void this.#toGroup({ ...this.#envelope(), kind: 'share', offer });
  }

  /** Answers by unicast: a chat line of ours (`of`) with a message, anything else with the plain bytes `ack`. */
  async acknowledge(address: string, port: number, of: number | undefined): Promise<void> {
    const { transport, onSent } = this.options;
    // A unicast reply is not in the group's numbering: it repeats the newest number.
    const seq = this.#seq;
    const answer = of === undefined ? 'ack' : encode({ ...this.#envelope(), kind: 'ack', of, seq });
    await transport.reply(Buffer.from(answer), address, port);
    const event = this.#sent('ack', answer);
    onSent({ ...event, to: endpoint(address, port), ...(of === undefined ? {} : { of }) });
  }

  /** Datagrams sent to the group so far. */
  get sent(): number {
    return this.#seq;
  }

  /** Answers a probe to the group: `write` gets the envelope of the next message, and gives nothing if it has none. */
  echo(write: (envelope: Envelope) => string | undefined): boolean {
    const envelope = this.#envelope();
    const text = write(envelope);
    if (text === undefined) return false;
    const { transport, onSent, onFault } = this.options;
    this.#seq = envelope.seq;
    onSent({ ...this.#sent('binary', text), seq: envelope.seq });
    transport.send(Buffer.from(text)).catch(onFault);
    return true;
  }

  /** The same to one host; it is not in the group's numbering, nor part of what is said there. */
  answer(
    write: (envelope: Envelope) => string | undefined,
    from: 'reply' | 'door',
    address: string,
    port: number,
  ): boolean {
    const text = write({ ...this.#envelope(), seq: this.#seq });
    if (text === undefined) return false;
    const { transport } = this.options;
    const bytes = Buffer.from(text);
    // What cannot be sent is as lost as what the network loses, and that is what a probe looks for.
    if (from === 'door') void transport.door?.send(bytes, address, port);
    else transport.reply(bytes, address, port).catch(() => {});
    return true;
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#toGroup({ ...this.#envelope(), kind: 'bye' });
  }

  #beat(): void {
    const { settings, peers, startedAt, transport } = this.options;
    const known = peers();
    const every = stretchedInterval(
      settings.heartbeat,
      known.filter(isConfirmed).length + 1,
      this.#bytes + headerBytes,
      settings.bandwidth,
    );
    const at = now();
    const reported = reportOrder(known, this.#beats++, this.#held).slice(0, reportLimit);
    const message: Heartbeat = {
      ...this.#envelope(),
      kind: 'heartbeat',
      every: Math.round(every),
      up: at - startedAt,
      hears: reported.map((peer) => reportOn(peer, at)),
      door: transport.door?.port ?? 0,
    };
    this.#held = Math.max(1, reportsThatFit(message));
    void this.#toGroup(message);
    this.#timer = setTimeout(() => this.#beat(), jittered(every, Math.random()));
  }

  /** Encodes first: what does not fit is refused before it is numbered. */
  #toGroup(message: Message): Promise<void> {
    const { transport, onSent, onFault } = this.options;
    const text = encode(message);
    this.#seq = message.seq;
    const event: Sent = { ...this.#sent(message.kind, text), seq: message.seq };
    if (message.kind === 'heartbeat') this.#bytes = event.bytes;
    if (message.kind === 'chat') event.text = message.text;
    if (message.kind === 'share') event.offer = message.offer;
    onSent(event);
    return transport.send(Buffer.from(text)).catch(onFault);
  }

  #envelope(): Envelope {
    const { settings, transport } = this.options;
    return {
      id: settings.id,
      name: settings.name,
      seq: this.#seq + 1,
      at: now(),
      ttl: transport.settings.ttl,
    };
  }

  #sent(kind: Sent['kind'], text: string): Sent {
    const { group, settings } = this.options;
    const bytes = Buffer.from(text);
    const { id, name, payloads } = settings;
    const event: Sent = { type: 'sent', at: now(), group, bytes: bytes.length, kind, id, name };
    if (payloads) event.payload = bytes.toString('base64');
    return event;
  }
}

/** RFC 3550 §6.2.1: heard more than once. Identities made up by the thousand must not silence this node. */
const isConfirmed = ({ beats }: Peer): boolean => beats.intervals.length > 0;

type Envelope = { id: string; name: string; seq: number; at: number; ttl: number };

const endpoint = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
