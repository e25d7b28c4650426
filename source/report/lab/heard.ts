// What one session heard of one sender in one group, kept to the end of the report: the rows of the screen make
// room for others after a while, a report does not forget.
import type { GroupName, Received } from '../../core/event.ts';
import { hear, newPeer, type OwnDatagram, type Peer, peerKey } from '../../core/peer.ts';
import { Histogram } from './histogram.ts';
import { Series } from './series.ts';

/** Senders of one session; a flood of made-up identities is counted, and no more. */
const mostHeard = 1000;
/** ms: a heartbeat a second. */
const bucketMs = 1000;

export type Heard = {
  peer: Peer;
  /** Round trips in ms, each by one heartbeat, and how they and the jitter went over time. */
  trips: Histogram;
  tripsOverTime: Series;
  jitterOverTime: Series;
};

export class Hearings {
  readonly #all = new Map<string, Heard>();
  /** Datagrams of senders beyond those kept. */
  beyond = 0;

  all(): Heard[] {
    return [...this.#all.values()];
  }

  get(id: string, group: GroupName): Heard | undefined {
    return this.#all.get(peerKey(id, group));
  }

  /** A datagram of ours that came to the group. */
  add(event: OwnDatagram, selfId: string): Heard | undefined {
    const key = peerKey(event.id, event.group);
    let heard = this.#all.get(key);
    const first = heard === undefined;
    if (!heard) {
      if (this.#all.size >= mostHeard) {
        this.beyond++;
        return undefined;
      }
      heard = {
        peer: newPeer(event),
        trips: new Histogram(),
        tripsOverTime: new Series(bucketMs),
        jitterOverTime: new Series(bucketMs),
      };
      this.#all.set(key, heard);
    }
    const news = hear(heard.peer, event, first, this.#all.size);
    if (news && event.kind === 'heartbeat') measure(heard, event, selfId);
    return heard;
  }
}

export const isOwnProtocol = (event: Received): event is OwnDatagram =>
  event.id !== undefined && event.seq !== undefined && event.name !== undefined && event.kind !== 'malformed';

/** A round trip longer than this is a clock that was set, ms. */
const longestTrip = 60_000;

function measure(
  { peer, trips, tripsOverTime, jitterOverTime }: Heard,
  event: OwnDatagram,
  selfId: string,
): void {
  jitterOverTime.add(event.at, peer.jitter.value);
  const report = event.hears?.find(({ id }) => id === selfId);
  if (!report) return;
  // RFC 3550 §6.4.1: arrival − LSR − DLSR.
  const trip = event.at - report.at - report.held;
  if (trip < -1 || trip > longestTrip) return;
  trips.add(Math.max(0, trip));
  tripsOverTime.add(event.at, Math.max(0, trip));
}
