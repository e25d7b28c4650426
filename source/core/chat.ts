// Lines of the chat pane: what was said, foreign datagrams, and notices of what happened in the group.
import type { GroupName, Millis, Received, Sent } from './event.ts';
import type { Facts } from './fault.ts';
import { pushRing } from './ring.ts';
import type { ChatLine } from './snapshot.ts';
import type { State } from './state.ts';

/** Own lines whose delivery is still followed. */
const followed = 50;
/** One malformed datagram is shown in this time, ms; the others are counted, or a flood would bury the chat. */
const malformedEvery = 1000;

/** Notices of peers shown in a second: more would bury the chat, as when thousands of names are made up. */
const peerNoticesASecond = 20;

export function showReceived(state: State, event: Received): void {
  switch (event.kind) {
    case 'chat':
      say(state, event, event.name ?? '', event.text ?? '');
      break;
    case 'text':
      say(state, event, sender(event), event.text ?? '');
      break;
    case 'binary':
      if (event.unknown === undefined) say(state, event, sender(event), event.hex ?? '');
      break;
    case 'malformed':
      showMalformed(state, event);
  }
}

const sender = ({ address, port }: Received): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

function say(state: State, event: Received, from: string, text: string): void {
  const line: ChatLine = {
    n: state.chat.total,
    at: event.at,
    group: event.group,
    from,
    own: false,
    kind: event.kind as ChatLine['kind'],
    text,
    bytes: event.bytes,
  };
  if (event.seq !== undefined) line.seq = event.seq;
  pushRing(state.chat, line);
}

function showMalformed(state: State, event: Received): void {
  state.malformedQuietly++;
  if (event.at - state.malformedShownAt < malformedEvery) return;
  const count = state.malformedQuietly;
  state.malformedQuietly = 0;
  state.malformedShownAt = event.at;
  pushRing(state.chat, {
    n: state.chat.total,
    at: event.at,
    group: event.group,
    from: sender(event),
    own: false,
    kind: 'malformed',
    text: event.hex ?? '',
    code: event.reason ?? 'json',
    facts: { count },
    bytes: event.bytes,
  });
}

export function showSent(state: State, event: Sent): void {
  const n = state.chat.total;
  const line: ChatLine = {
    n,
    at: event.at,
    group: event.group,
    from: event.name ?? state.self.name,
    own: true,
    kind: 'chat',
    text: event.text ?? '',
    bytes: event.bytes,
  };
  if (event.seq !== undefined) line.seq = event.seq;
  pushRing(state.chat, line);
  let of = 0;
  for (const peer of state.peers.values()) if (peer.group === event.group && peer.state === 'alive') of++;
  state.outbox.push({
    n,
    group: event.group,
    seq: event.seq ?? -1,
    of,
    delivered: new Set(),
    acks: new Set(),
  });
  if (state.outbox.length > followed) state.outbox.shift();
  state.ticked.add(n);
}

/** `text` is the English sentence where there is one; the screen translates by code and facts. */
export function notice(
  state: State,
  at: Millis,
  group: GroupName,
  code: string,
  facts: Facts,
  text = '',
): void {
  const n = state.chat.total;
  pushRing(state.chat, { n, at, group, from: '', own: false, kind: 'notice', text, code, facts });
}

/** A notice of a peer; many in one second are summed up when the next second has one. */
export function notePeer(state: State, at: Millis, group: GroupName, code: string, facts: Facts): void {
  const { peerNotices } = state;
  const second = Math.floor(at / 1000);
  if (second !== peerNotices.second) {
    if (peerNotices.hidden > 0) notice(state, at, group, 'peers-more', { count: peerNotices.hidden });
    state.peerNotices = { second, shown: 1, hidden: 0 };
  } else if (peerNotices.shown >= peerNoticesASecond) {
    peerNotices.hidden++;
    return;
  } else peerNotices.shown++;
  notice(state, at, group, code, facts);
}
