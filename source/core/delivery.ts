// Who has our chat lines. Heartbeats carry what each peer heard of us, so delivery costs no extra datagram;
// an acknowledgement says it outright.
import type { Received } from './event.ts';
import { firstHeard } from './hearing.ts';
import { type OwnDatagram, type Peer, peerKey } from './peer.ts';
import { maxPeers, type Outgoing, type State } from './state.ts';

/** A round trip longer than this is a clock that was set, ms. */
const longestTrip = 60_000;

/** Reads what a heartbeat says of this node: round-trip time, and which of our lines arrived there. */
export function readHearing(state: State, peer: Peer, event: OwnDatagram): void {
  const report = event.hears?.find(({ id }) => id === state.self.id);
  if (!report) return;
  // RFC 3550 §6.4.1: arrival − LSR − DLSR, both of them in our own clock or as a difference.
  const trip = event.at - report.at - report.held;
  if (trip >= -1 && trip < longestTrip) {
    const sample = Math.max(trip, 0);
    // RFC 6298 §2.3 with α = 1/8.
    peer.rtt = peer.rtt === undefined ? sample : peer.rtt + (sample - peer.rtt) / 8;
  }
  const before = peer.aboutMe;
  peer.aboutMe = report;
  const first = firstHeard(report);
  const sameCount = before !== undefined && firstHeard(before) === first;
  for (const line of state.outbox) {
    if (line.group !== peer.group || line.seq > report.seq || line.seq < first) continue;
    // It is certain when nothing was lost between the report before the line and this one.
    const certain = report.lost === 0 || (sameCount && before.seq < line.seq && report.lost <= before.lost);
    if (certain) deliver(state, line, peer.id);
  }
}

/** An `ack` message names the line; the three plain bytes answer the newest. */
export function acknowledge(state: State, event: Received): void {
  const { of } = event;
  const line =
    of === undefined
      ? state.outbox.at(-1)
      : state.outbox.find(({ seq, group }) => seq === of && group === event.group);
  if (!line) return;
  // Addresses and identities can be made up: no more of them are kept than there can be peers.
  if (line.acks.size < maxPeers) line.acks.add(`${event.address}:${event.port}`);
  state.ticked.add(line.n);
  if (event.id !== undefined && state.peers.has(peerKey(event.id, line.group)))
    deliver(state, line, event.id);
}

function deliver(state: State, line: Outgoing, id: string): void {
  // Of peers that come and go there may be more than can be at once.
  if (line.delivered.size < maxPeers) line.delivered.add(id);
  state.ticked.add(line.n);
}
