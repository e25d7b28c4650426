// An event as one line for people, where there is no screen: `12:00:00.123 ana (10.0.0.1) chat: hello`.
// The sentences come in as an argument, so that core knows no language.
import { parseAddress } from './address.ts';
import { isLive } from './diagnoses.ts';
import type { Diagnosis, Event, PeerState, Received, Sent, Transfer } from './event.ts';
import type { Facts } from './fault.ts';
import type { TransferPhase } from './share.ts';
import { sizeText } from './size-text.ts';
import { isOver } from './transfers.ts';

/** Sentences with {places} for facts. */
export type PlainWords = {
  started: string;
  joined: string;
  left: string;
  sentTo: string;
  peer: string;
  peerWas: string;
  states: Record<PeerState, string>;
  task: string;
  dropped: string;
  shed: string;
  warning: string;
  bytes: string;
  acknowledges: string;
  offers: string;
  transfer: string;
  transferFailed: string;
  phases: Record<TransferPhase, string>;
  stopped: string;
  /** Why it left or stopped; a reason that is not here, such as a signal's name, stands for itself. */
  reasons: Readonly<Record<string, string>>;
};

export type PlainOptions = {
  words: PlainWords;
  fill(sentence: string, facts: Facts): string;
  /** A warning's sentence in the person's language. */
  explain(code: string, facts: Facts, text: string): string;
  /** What is told of a diagnosis. */
  diagnose(event: Diagnosis): string;
  /** Name the group in each line: there are several. */
  showGroup: boolean;
};

/**
 * The line, without its end; undefined for what is of no interest to a reader of lines: work that was done, and
 * what this node itself says to the group.
 */
export function plainLine(event: Event, options: PlainOptions): string | undefined {
  const said = describe(event, options);
  if (said === undefined) return undefined;
  const named =
    event.type === 'received' || event.type === 'sent' || event.type === 'peer' || event.type === 'diagnosis';
  const group = options.showGroup && named ? ` ${event.group}` : '';
  return `${clock(event.at)}${group} ${said}`;
}

/** Local time, HH:MM:SS.mmm. */
export function clock(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  const ms = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${ms}`;
}

/** `10.0.0.1:50000`, `[fe80::1]:50000` */
export function endpoint(address: string, port: number): string {
  return parseAddress(address)?.family === 6 || address.includes(':')
    ? `[${address}]:${port}`
    : `${address}:${port}`;
}

function describe(event: Event, options: PlainOptions): string | undefined {
  const { words, fill, explain } = options;
  switch (event.type) {
    case 'received':
      return describeReceived(event, words, fill);
    case 'sent':
      return describeSent(event, words, fill);
    case 'started':
      return fill(words.started, { name: event.name, id: event.id, version: event.version });
    case 'joined': {
      const { group, interface: on, address, ttl } = event;
      return fill(words.joined, { group, interface: on, address, ttl });
    }
    case 'left':
      return fill(words.left, { group: event.group, reason: because(event.reason, words) });
    case 'peer': {
      const { name, address, state, was } = event;
      const facts = { name, address, state: words.states[state] };
      return was ? fill(words.peerWas, { ...facts, was: words.states[was] }) : fill(words.peer, facts);
    }
    case 'task':
      return event.failed ? fill(words.task, { worker: event.worker, items: event.items }) : undefined;
    case 'dropped':
      return fill(words.dropped, { count: event.count, group: event.group });
    case 'shed':
      return fill(words.shed, { count: event.count, what: event.what });
    case 'transfer':
      return describeTransfer(event, words, fill, explain);
    case 'warning':
      return fill(words.warning, { text: explain(event.code, event.facts, event.text) });
    case 'diagnosis':
      // Of the doctor's many checks those that are not well.
      return isLive(event) || event.status === 'fail' || event.status === 'warn'
        ? options.diagnose(event)
        : undefined;
    case 'stopped': {
      const { received, sent, lost, duplicates, kernelDrops } = event.totals;
      const figures = { received, sent, lost, duplicates, kernelDrops };
      return fill(words.stopped, { reason: because(event.reason, words), ...known(figures) });
    }
  }
}

/** A file from elsewhere may lack some, or hold something else. */
function known(figures: Record<string, unknown>): Facts {
  const facts = Object.entries(figures).map(([name, value]) => [
    name,
    typeof value === 'number' ? value : '?',
  ]);
  return Object.fromEntries(facts);
}

function because(reason: string, { reasons }: PlainWords): string {
  return Object.hasOwn(reasons, reason) ? reasons[reason]! : reason;
}

function describeReceived(event: Received, words: PlainWords, fill: PlainOptions['fill']): string {
  const { name, address, port, kind, bytes, text, seq, of, hex, reason, unknown, offer } = event;
  const from = name === undefined ? endpoint(address, port) : `${name} (${address})`;
  const size = ` (${fill(words.bytes, { bytes })})`;
  switch (kind) {
    case 'chat':
      return `${from} chat: ${text ?? ''}`;
    case 'text':
      return `${from} text${size}: ${text ?? ''}`;
    case 'heartbeat':
      return `${from} heartbeat ${seq ?? ''}`.trimEnd();
    case 'ack':
      return of === undefined ? `${from} ack` : `${from} ack ${fill(words.acknowledges, { of })}`;
    case 'bye':
      return `${from} bye`;
    case 'share':
      return `${from} ${fill(words.offers, { title: offer?.title ?? '', size: sizeText(offer?.bytes ?? 0) })}`;
    case 'binary':
      return `${from} ${unknown ?? 'binary'}${size}: ${hex ?? ''}`;
    case 'malformed':
      return `${from} malformed${size}, ${reason ?? '?'}: ${hex ?? ''}`;
  }
}

/** Its steps; how far it is meanwhile is for a bar to show, not for lines. */
function describeTransfer(
  event: Transfer,
  words: PlainWords,
  fill: PlainOptions['fill'],
  explain: PlainOptions['explain'],
): string | undefined {
  if (event.phase !== 'waiting' && !isOver(event)) return undefined;
  const { title, total, from, receivers, reason } = event;
  const whole = receivers.filter(({ state }) => state === 'whole').length;
  const of = receivers.length + (event.more ?? 0);
  const facts = { title, size: sizeText(total), name: from, phase: words.phases[event.phase], whole, of };
  if (!reason) return fill(words.transfer, facts);
  return fill(words.transferFailed, { ...facts, reason: explain(reason.code, reason.facts, reason.code) });
}

/** Heartbeats of our own would drown the rest; an acknowledgement is an answer to a line just printed. */
function describeSent(event: Sent, words: PlainWords, fill: PlainOptions['fill']): string | undefined {
  return event.to === undefined ? undefined : fill(words.sentTo, { kind: event.kind, to: event.to });
}
