// What we say: heartbeat, chat, ack, share and bye, as one JSON object a datagram, so that Wireshark shows it readable
// and any script can speak it. Reading is in wire.ts.
import type { HearingReport, Millis } from './event.ts';
import { Fault } from './fault.ts';
import { safeText } from './safe-text.ts';
import type { Offer } from './share.ts';

/** Bytes of the largest datagram of ours: it passes every tunnel unfragmented. */
export const messageLimit = 1_200;
/** Reports that a heartbeat may carry; fewer fit, unless the numbers are short. */
export const reportLimit = 64;
/** Graphemes of the title of a share. */
export const titleLimit = 120;

type Envelope = {
  /** 16 lower-case hexadecimal digits, random per start. */
  id: string;
  name: string;
  /** Counts every multicast datagram of this sender in this group; an ack, which is unicast, repeats the newest. */
  seq: number;
  /** The sender's clock. */
  at: Millis;
  ttl: number;
};

export type Heartbeat = Envelope & {
  kind: 'heartbeat';
  /** Interval to the next heartbeat, and time since the start, ms. */
  every: number;
  up: number;
  /** What this node hears of others, most pressing first. */
  hears: HearingReport[];
  /** Port at which it answers probes by unicast; 0: at the port that this comes from. Absent: not at all. */
  door?: number;
};
export type Chat = Envelope & { kind: 'chat'; text: string };
/** `of` is the sequence number of the chat that it answers. */
export type Ack = Envelope & { kind: 'ack'; of: number };
/** Said each second while files are there for the group: at the sender's address, TCP port `control`. */
export type Share = Envelope & { kind: 'share'; offer: Offer };
export type Bye = Envelope & { kind: 'bye' };
export type Message = Heartbeat | Chat | Ack | Share | Bye;

/**
 * The datagram's JSON, at most 1,200 bytes in UTF-8. A heartbeat carries as many reports as fit, in the order
 * given (`reportsThatFit` tells how many), and the title of a share is cut to what fits. Throws Fault `too-long` {bytes, limit} for what cannot be shortened.
 */
export function encode(message: Message): string {
  const line = writeWhatFits(message);
  const bytes = utf8Length(line);
  if (bytes > messageLimit) throw new Fault('too-long', { bytes, limit: messageLimit }, 2);
  return line;
}

function writeWhatFits(message: Message): string {
  if (message.kind === 'heartbeat') return write(message, message.hears.slice(0, reportsThatFit(message)));
  if (message.kind !== 'share') return write(message, []);
  let line = '';
  for (let graphemes = titleLimit; graphemes >= 1; graphemes >>= 1) {
    const title = safeText(message.offer.title, graphemes);
    line = write({ ...message, offer: { ...message.offer, title } }, []);
    if (utf8Length(line) <= messageLimit) break;
  }
  return line;
}

/** How many of the heartbeat's reports, from the first, fit its datagram. */
export function reportsThatFit(message: Heartbeat): number {
  let bytes = utf8Length(write(message, []));
  let count = 0;
  for (const report of message.hears.slice(0, reportLimit)) {
    // Reports are ASCII, so characters are bytes; a comma stands between two.
    bytes += JSON.stringify(wireReport(report)).length + (count > 0 ? 1 : 0);
    if (bytes > messageLimit) break;
    count++;
  }
  return count;
}

function write(message: Message, hears: HearingReport[]): string {
  const { kind, id, name, seq, ttl } = message;
  const envelope = { mcast: 1, kind, id, name, seq, at: toMicros(message.at), ttl };
  switch (message.kind) {
    case 'heartbeat':
      return JSON.stringify({
        ...envelope,
        every: message.every,
        up: toMicros(message.up),
        ...(message.door === undefined ? {} : { door: message.door }),
        hears: hears.map(wireReport),
      });
    case 'chat':
      return JSON.stringify({ ...envelope, text: message.text });
    case 'ack':
      return JSON.stringify({ ...envelope, of: message.of });
    case 'share': {
      const { share, title, files, bytes, control, mode, clients, key } = message.offer;
      return JSON.stringify({ ...envelope, share, title, files, bytes, control, mode, clients, key });
    }
    case 'bye':
      return JSON.stringify(envelope);
  }
}

function wireReport({ id, seq, got, lost, duplicates, jitter, at, held }: HearingReport) {
  // `at` is an echo: the sender recognises its own clock in it, so it is passed on as it came.
  return { id, seq, got, lost, dup: duplicates, jitter: toMicros(jitter), at, held: toMicros(held) };
}

/** Clocks are not finer than a microsecond, and the digits beyond cost a tenth of a datagram. */
export function toMicros(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}

const encoder = new TextEncoder();

function utf8Length(text: string): number {
  return encoder.encode(text).length;
}
