// Makes a pcapng file out of events, a piece at a time: whoever has the events, from a session or as they happen,
// adds them and takes the bytes.
import type { Event, GroupName, GroupSettings, Joined, Received, Sent } from '../core/event.ts';
import { type Group, isMulticast, parseGroup } from '../core/group.ts';
import type { Lang } from '../words/lang.ts';
import { pcapWords } from '../words/pcap.ts';
import { InOrder } from './in-order.ts';
import { interfaceOf, type PacketBlock, packet, section } from './pcapng.ts';
import { udpPacket } from './udp-packet.ts';

/** Packets that wait for an older one. */
const mostWaiting = 4096;
/** Groups, and interfaces, of one file: a session that is not ours may name a new one in every line. */
const mostPlaces = 1024;
/** Of unicast replies, whose own is not known: what Linux sends with. */
const unicastTtl = 64;

/** Where a group is joined, and where its replies come to. */
type Place = GroupSettings & { replyPort: number };

const unknownDevice = '?';

type Waiting = PacketBlock & { device: string };

export type PcapCounts = {
  packets: number;
  /** Of them, those whose payload was not kept, or not whole. */
  short: number;
  /** Datagrams whose addresses make no packet. */
  skipped: number;
};

export class PcapStream {
  readonly counts: PcapCounts = { packets: 0, short: 0, skipped: 0 };
  readonly #waiting = new InOrder<Waiting>();
  readonly #places = new Map<GroupName, Place>();
  /** Names of interfaces, by the place of their blocks. */
  readonly #devices = new Map<string, number>();
  #pieces: Buffer[];

  constructor(
    groups: readonly GroupSettings[],
    private readonly options: { version: string; name: string; lang: Lang },
  ) {
    const { version, name, lang } = options;
    this.#pieces = [section(`mcast-tui ${version}`, pcapWords(lang).section(name))];
    for (const group of groups) this.#places.set(group.group, { ...group, replyPort: 0 });
  }

  add(event: Event): void {
    if (event.type === 'joined') this.#join(event);
    if (event.type !== 'received' && event.type !== 'sent') return;
    const made = this.#packetOf(event);
    if (!made) {
      this.counts.skipped++;
      return;
    }
    this.#waiting.add(made);
    while (this.#waiting.size > mostWaiting) this.#write(this.#waiting.take()!);
  }

  /** What is ready to be written: packets older than `before`, and all with none given. */
  take(before?: number): Buffer {
    for (let next = this.#waiting.take(before); next; next = this.#waiting.take(before)) this.#write(next);
    return this.takeReady();
  }

  /** Only what no older packet can precede any more. */
  takeReady(): Buffer {
    const bytes = Buffer.concat(this.#pieces);
    this.#pieces = [];
    return bytes;
  }

  #join(event: Joined): void {
    if (this.#places.size >= mostPlaces && !this.#places.has(event.group)) return;
    this.#places.set(event.group, { ...event, replyPort: event.replyPort ?? 0 });
  }

  #write(waiting: Waiting): void {
    this.#pieces.push(packet({ ...waiting, interface: this.#deviceOf(waiting.device) }));
  }

  /** Number of the interface, whose block comes before its first packet. */
  #deviceOf(name: string): number {
    const known = this.#devices.get(name);
    if (known !== undefined) return known;
    const number = this.#devices.size;
    if (number >= mostPlaces && name !== unknownDevice) return this.#deviceOf(unknownDevice);
    this.#devices.set(name, number);
    this.#pieces.push(interfaceOf(name));
    return number;
  }

  #packetOf(event: Received | Sent): Waiting | undefined {
    const group = groupOf(event.group);
    if (!group) return undefined;
    const place = this.#places.get(event.group);
    const own = { address: bare(place?.address ?? ''), port: place?.replyPort ?? 0 };
    const ends = event.type === 'sent' ? endsOfSent(event, group, own) : endsOfReceived(event, group, own);
    const payload = Buffer.from(event.payload ?? '', 'base64');
    const multicast = isMulticast(ends.to.address);
    const told = event.type === 'received' ? event.ttl : place?.ttl;
    const bytes = udpPacket({
      from: ends.from.address,
      fromPort: ends.from.port,
      to: ends.to.address,
      toPort: ends.to.port,
      ttl: multicast ? (told ?? 1) : unicastTtl,
      identification: this.counts.packets,
      payload: payload.subarray(0, event.bytes),
      bytes: event.bytes,
    });
    if (!bytes) return undefined;
    this.counts.packets++;
    if (payload.length < event.bytes) this.counts.short++;
    const words = pcapWords(this.options.lang);
    return {
      at: event.at,
      device: place?.interface ?? unknownDevice,
      interface: 0,
      bytes,
      length: bytes.length - Math.min(payload.length, event.bytes) + event.bytes,
      outbound: event.type === 'sent',
      multicast,
      comment: event.type === 'sent' ? words.sent(event.kind) : words.received(event.kind, event.worker),
    };
  }
}

type End = { address: string; port: number };

function endsOfSent({ to }: Sent, group: Group, own: End): { from: End; to: End } {
  return { from: own, to: to === undefined ? group : endpoint(to) };
}

function endsOfReceived({ address, port, unicast }: Received, group: Group, own: End) {
  return { from: { address: bare(address), port }, to: unicast ? own : group };
}

/** Of a file that may come from anywhere. */
function groupOf(name: GroupName): Group | undefined {
  try {
    return parseGroup(name);
  } catch {
    return undefined;
  }
}

/** `address:port` or `[address]:port`; what is neither makes no packet. */
function endpoint(text: string): End {
  const found = /^(?:\[(.+)\]|([^:]+)):(\d{1,5})$/.exec(text);
  const port = Number(found?.[3] ?? 0);
  return { address: bare(found?.[1] ?? found?.[2] ?? ''), port: port < 65_536 ? port : 0 };
}

/** An address on the wire has no zone. */
const bare = (address: string): string => address.replace(/%.*$/, '');
