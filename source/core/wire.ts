// Reads a datagram: a message of ours, foreign text, foreign bytes, or something that claims to be ours and is
// not valid. Everything here is hostile until checked, and every string that leaves is safe to draw.
import type { HearingReport, Received } from './event.ts';
import { isCount, isIdentity, isRecord, type Wire } from './fields.ts';
import { messageLimit, reportLimit, titleLimit } from './message.ts';
import { safeName, safeText, textLimit } from './safe-text.ts';
import { type Offer, shareModes } from './share.ts';

/** What a datagram says, without the facts of its arrival. */
export type Body = Omit<
  Received,
  'type' | 'at' | 'group' | 'address' | 'port' | 'bytes' | 'unicast' | 'worker' | 'payload'
>;

/** Bytes of foreign text that are looked at, and bytes of the hexadecimal preview. */
const textBytes = 10_240;
const previewBytes = 32;
/** The last instant that a JavaScript date can show, ms (ECMA-262 §21.4.1.1). */
const lastInstant = 8.64e15;
const longestInterval = 86_400_000;

const utf8 = new TextDecoder('utf-8', { fatal: true });
const ours = /^\s*\{\s*"mcast"\s*:/;
const fingerprint = /^[0-9a-f]{64}$/;

/** Never throws, whatever the bytes. `bytes` is only read during the call. */
export function decode(bytes: Uint8Array): Body {
  if (isReserved(bytes)) return { kind: 'binary', hex: preview(bytes) };
  const text = toText(bytes);
  if (text === undefined) {
    // Not UTF-8, but the ASCII at its start may still claim to be ours.
    return ours.test(asciiHead(bytes)) ? malformed(bytes, 'utf-8') : { kind: 'binary', hex: preview(bytes) };
  }
  if (bytes.length > messageLimit) return ours.test(text) ? malformed(bytes, 'too-long') : foreign(text);
  if (!text.includes('"mcast"')) return foreign(text);
  const value = parse(text);
  if (value === undefined) return ours.test(text) ? malformed(bytes, 'json') : foreign(text);
  if (!isRecord(value) || !Object.hasOwn(value, 'mcast')) return foreign(text);
  return message(value, bytes);
}

/** `MCF1` and `MCS1` begin binary file blocks and sealed messages: not text, even where they could be read as such. */
function isReserved(bytes: Uint8Array): boolean {
  return (
    bytes.length >= 4 &&
    bytes[0] === 0x4d &&
    bytes[1] === 0x43 &&
    (bytes[2] === 0x46 || bytes[2] === 0x53) &&
    bytes[3] === 0x31
  );
}

function toText(bytes: Uint8Array): string | undefined {
  try {
    if (bytes.length <= textBytes) return utf8.decode(bytes);
    // The cut may fall inside a character: `stream` allows that, and needs a decoder of its own.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, textBytes), { stream: true });
  } catch {
    return undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function foreign(text: string): Body {
  return { kind: 'text', text: safeText(text.replace(/\r?\n$/, ''), textLimit) };
}

function malformed(bytes: Uint8Array, reason: string): Body {
  return { kind: 'malformed', reason, hex: preview(bytes) };
}

function message(wire: Wire, bytes: Uint8Array): Body {
  const { kind, id, seq, at, ttl } = wire;
  if (wire.mcast !== 1) return malformed(bytes, 'version');
  if (typeof kind !== 'string' || kind.trim() === '') return malformed(bytes, 'kind');
  if (!isIdentity(id)) return malformed(bytes, 'id');
  if (typeof wire.name !== 'string') return malformed(bytes, 'name');
  const name = safeName(wire.name);
  if (name === '') return malformed(bytes, 'name');
  if (!isCount(seq)) return malformed(bytes, 'seq');
  if (!isNumber(at, lastInstant)) return malformed(bytes, 'at');
  if (ttl !== undefined && !isCount(ttl, 255)) return malformed(bytes, 'ttl');

  switch (kind) {
    case 'heartbeat': {
      const { every, up } = wire;
      if (!isNumber(every, longestInterval) || every < 1) return malformed(bytes, 'every');
      if (up !== undefined && !isNumber(up, lastInstant)) return malformed(bytes, 'up');
      const hears = wire.hears === undefined ? undefined : reports(wire.hears);
      if (hears === 'invalid') return malformed(bytes, 'hears');
      const body: Body = { kind, id, name, seq, sentAt: at };
      if (ttl !== undefined) body.ttl = ttl;
      body.every = every;
      if (up !== undefined) body.up = up;
      if (hears !== undefined) body.hears = hears;
      return body;
    }
    case 'chat': {
      if (typeof wire.text !== 'string') return malformed(bytes, 'text');
      return withTtl({ kind, text: safeText(wire.text, textLimit), id, name, seq, sentAt: at }, ttl);
    }
    case 'ack': {
      if (!isCount(wire.of)) return malformed(bytes, 'of');
      return withTtl({ kind, id, name, seq, sentAt: at, of: wire.of }, ttl);
    }
    case 'share': {
      const offer = offerIn(wire);
      if (typeof offer === 'string') return malformed(bytes, offer);
      return withTtl({ kind, id, name, seq, sentAt: at, offer }, ttl);
    }
    case 'bye':
      return withTtl({ kind, id, name, seq, sentAt: at }, ttl);
    default: {
      // A later version's: shown as bytes, yet its sender and sequence number count like any other's.
      const unknown = safeName(kind);
      return withTtl({ kind: 'binary', unknown, hex: preview(bytes), id, name, seq, sentAt: at }, ttl);
    }
  }
}

/** The simplest script may leave its TTL out. */
function withTtl(body: Body, ttl: number | undefined): Body {
  if (ttl !== undefined) body.ttl = ttl;
  return body;
}

/** The offer, or the name of the field that is wrong. */
function offerIn({ share, title, files, bytes, control, mode, clients, key }: Wire): Offer | string {
  if (!isIdentity(share)) return 'share';
  if (typeof title !== 'string' || title.trim() === '') return 'title';
  if (!isCount(files) || files === 0) return 'files';
  if (!isCount(bytes)) return 'bytes';
  if (!isCount(control, 65_535) || control === 0) return 'control';
  const known = shareModes.find((one) => one === mode);
  if (known === undefined) return 'mode';
  if (clients !== undefined && (!isCount(clients) || clients === 0)) return 'clients';
  if (key !== undefined && !(typeof key === 'string' && fingerprint.test(key))) return 'key';
  const offer: Offer = {
    share,
    title: safeText(title.trim(), titleLimit),
    files,
    bytes,
    control,
    mode: known,
  };
  if (clients !== undefined) offer.clients = clients;
  if (key !== undefined) offer.key = key as string;
  return offer;
}

function reports(value: unknown): HearingReport[] | 'invalid' {
  if (!Array.isArray(value) || value.length > reportLimit) return 'invalid';
  const hears: HearingReport[] = [];
  for (const entry of value as unknown[]) {
    if (!isRecord(entry)) return 'invalid';
    const { id, seq, got, lost, dup, jitter, at, held } = entry;
    if (!isIdentity(id) || !isCount(seq) || !isCount(got) || !isCount(lost) || !isCount(dup))
      return 'invalid';
    if (!isNumber(jitter, lastInstant) || !isNumber(at, lastInstant) || !isNumber(held, lastInstant)) {
      return 'invalid';
    }
    hears.push({ id, seq, got, lost, duplicates: dup, jitter, at, held });
  }
  return hears;
}

/** A number from 0 to `most`; JSON can also say 1e999, which is infinite. */
function isNumber(value: unknown, most: number): value is number {
  return typeof value === 'number' && value >= 0 && value <= most;
}

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function preview(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes.subarray(0, previewBytes)) hex += hexPairs[byte];
  return hex;
}

function asciiHead(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, previewBytes));
}
