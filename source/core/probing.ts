// How doctor and a node probe the way between them: numbered probes, echoes of them, and what each counted. They are
// messages like all others, with a padding that nobody reads, so that a datagram gets the size that is to be tried.
// A node that does not know these kinds ignores them.
import type { Millis } from './event.ts';
import { isCount, isIdentity, isRecord, type Wire } from './fields.ts';
import { safeName } from './safe-text.ts';

/** Kinds of datagrams that are told apart by number in one run, and datagrams of each. */
export const lanes = 16;
export const eachLane = 32;
/** Bytes of the largest datagram that is taken for a probe. */
export const probeLimit = 9_216;
/** Bytes that an ask is filled up to: the answer to it is never larger, and both pass where long messages do not. */
export const askBytes = 720;

/** What every message of ours begins with. */
export type ProbingEnvelope = { id: string; name: string; seq: number; at: Millis; ttl: number };

/** Where an answer goes: back where the question came from, to a port that never sent to this node, or to the group. */
export type Back = 'here' | 'reply' | 'group';

/** Number `n` of a lane. `to` names the node that is meant; `port` is where an answer of `back: 'reply'` goes. */
export type Probe = { kind: 'probe'; to?: string; lane: number; n: number; back?: Back; port?: number };
/** The probe `lane`, `n` of the node `of`, in the same size. */
export type Echo = { kind: 'echo'; of: string; lane: number; n: number };
/** Asks what came. A new `run` begins the count anew; `turn` tells a late answer from one to a later ask. */
export type Ask = { kind: 'ask'; to?: string; run: number; turn: number; back: Back };
/** What the kernel of the answering host counted since the run began; absent where the system does not tell. */
export type KernelCounts = {
  /** Multicast packets that came in and passed the reverse-path filter. */
  inMulticast: number;
  /** Dropped by the reverse-path filter. */
  reversePath: number;
  /** Multicast datagrams to a port where nobody listens. */
  ignored: number;
  /** Datagrams that found a full receive buffer, and those that were broken. */
  bufferErrors: number;
  inErrors: number;
};
/** The answer to an ask: what came since the run began. */
export type Tell = {
  kind: 'tell';
  of: string;
  run: number;
  turn: number;
  /** By lane: different probes that came, those that came again, and echoes that were sent. */
  got: number[];
  twice: number[];
  echoed: number[];
  /** Datagrams of anybody that reached this program by the group, and those that it sent there in all. */
  heard: number;
  sent: number;
  /** What the kernel dropped at the group's own socket, as far as it is known. */
  drops: number;
  counted?: KernelCounts;
};
export type Probing = Probe | Echo | Ask | Tell;

const encoder = new TextEncoder();

/**
 * The datagram's JSON, filled up to `size` bytes; a tell is as short as it can be. Undefined when it needs more than
 * that: an answer is never larger than the question, so that nobody can make a flood of forged questions.
 */
export function encodeProbing(envelope: ProbingEnvelope, message: Probing, size: number): string | undefined {
  const { kind, ...fields } = message;
  const text = JSON.stringify({ mcast: 1, kind, ...envelope, ...fields, pad: '' });
  const room = size - encoder.encode(text).length;
  if (kind === 'tell') return room < 0 ? undefined : text;
  return room < 0 ? undefined : `${text.slice(0, -2)}${'.'.repeat(room)}"}`;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const start = encoder.encode('{"mcast":1,"kind":"');
const names = (['probe', 'echo', 'ask', 'tell'] as const).map((kind) => encoder.encode(`${kind}"`));

/** Whether it may be one, by its first bytes alone: this runs for every datagram. */
export function looksLikeProbing(bytes: Uint8Array): boolean {
  if (bytes.length > probeLimit || bytes.length < start.length + 5) return false;
  for (let i = start.length - 1; i >= 0; i--) if (bytes[i] !== start[i]) return false;
  return names.some((name) => name.every((byte, i) => bytes[start.length + i] === byte));
}

/** Never throws, whatever the bytes; undefined for all that is not whole and within its bounds. */
export function parseProbing(bytes: Uint8Array): (Probing & { id: string; name: string }) | undefined {
  if (!looksLikeProbing(bytes)) return undefined;
  const wire = parse(bytes);
  if (!wire || !isIdentity(wire.id) || typeof wire.name !== 'string') return undefined;
  const name = safeName(wire.name);
  const message = messageIn(wire);
  return message && name !== '' ? { ...message, id: wire.id, name } : undefined;
}

/** The port that a heartbeat says unicast probes may come to; 0 when they go to the port that it came from itself. */
export function doorOf(bytes: Uint8Array): number | undefined {
  const door = parse(bytes)?.door;
  return isCount(door, 65_535) ? door : undefined;
}

function messageIn(wire: Wire): Probing | undefined {
  const { kind, to, lane, n, back, port, of, run, turn } = wire;
  if (to !== undefined && !isIdentity(to)) return undefined;
  const target = to === undefined ? {} : { to };
  const way = back === undefined || back === 'here' || back === 'reply' || back === 'group';
  const numbered = isCount(lane, lanes - 1) && isCount(n, eachLane - 1);
  switch (kind) {
    case 'probe': {
      if (!numbered || !way) return undefined;
      if (back !== undefined && back !== 'reply') return { kind, ...target, lane, n, back };
      if (back === undefined) return { kind, ...target, lane, n };
      return isCount(port, 65_535) && port > 0 ? { kind, ...target, lane, n, back, port } : undefined;
    }
    case 'echo':
      return numbered && isIdentity(of) ? { kind, of, lane, n } : undefined;
    case 'ask':
      if (!isCount(run) || !isCount(turn) || (back !== 'here' && back !== 'group')) return undefined;
      return { kind, ...target, run, turn, back };
    case 'tell':
      return tellIn(wire);
    default:
      return undefined;
  }
}

function tellIn({ of, run, turn, got, twice, echoed, heard, sent, drops, counted }: Wire): Tell | undefined {
  if (!isIdentity(of) || !isCount(run) || !isCount(turn)) return undefined;
  if (!isTable(got, eachLane) || !isTable(echoed, eachLane) || !isTable(twice)) return undefined;
  if (!isCount(heard) || !isCount(sent) || !isCount(drops)) return undefined;
  const tell: Tell = { kind: 'tell', of, run, turn, got, twice, echoed, heard, sent, drops };
  if (counted === undefined) return tell;
  if (!isRecord(counted)) return undefined;
  const { inMulticast, reversePath, ignored, bufferErrors, inErrors } = counted;
  if (!isCount(inMulticast) || !isCount(reversePath) || !isCount(ignored)) return undefined;
  if (!isCount(bufferErrors) || !isCount(inErrors)) return undefined;
  return { ...tell, counted: { inMulticast, reversePath, ignored, bufferErrors, inErrors } };
}

function parse(bytes: Uint8Array): Wire | undefined {
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isTable = (value: unknown, most?: number): value is number[] =>
  Array.isArray(value) && value.length === lanes && value.every((each) => isCount(each, most));
