// How fast to send, and how much may be under way. It goes by what arrives, not by loss alone: the rate grows threefold
// a round until a queue overflows somewhere; from then on it stays at what the slowest path delivered, probing gently.
// In the manner of BBR (draft-cardwell-iccrg-bbr-congestion-control), with CUBIC's patience after an overflow.
import { type Heard, ReceiverPath } from './receiver-path.ts';
import { RecentBest } from './recent-best.ts';
import type { SentLog } from './sent-log.ts';

/** Before anything is known: 20 MB/s, for 256 KiB. */
const firstRate = 20e6;
const firstWindow = 262_144;
const leastRate = 20e3;
const leastBurst = 3000;
/** ms of a sample while the rate is being found, and later. */
const shortPeriod = 4;
const longPeriod = 50;
/** Growth a round while nothing overflows. */
const startGain = 3;
/** Rate after an overflow over what was delivered in it: alone on a link, and beside others. */
const alone = 0.95;
const beside = 0.7;
const stepDown = 0.98;
/** A link that overflows at a lower rate than it carried before, relative to that, is shared with somebody. */
const sharedBelow = 0.975;
/** Own loss of a path below which what it delivers says how full it is. */
const exactLoss = 0.01;
/** Beside others the rate is not given up below this share of what was carried alone. */
const fairShare = 0.4;
/** The first measurement is a rough one: for so long, ms, a draining queue corrects it, and for twice that the rate
 * grows as if it had been clean for so many seconds. */
const measuring = 1000;
const headStart = 6;
/** A queue is given this long to drain, ms; then the rate goes down by this share a second. */
const patience = 1000;
const yielding = 0.1;
/** What may be under way when a receiver's kernel had to drop: over what it was; never less than this, bytes. */
const lessRoom = 0.8;
const moreRoom = 1.002;
const leastRoom = 65_536;
/** A standing queue is at most this long, ms. */
const mostQueue = 100;
/** What is sent at once is at most the work of so long, ms; less than the queues of slow links hold. */
const burstTime = 4;
/** Growth a second by the seconds since an overflow: so little at first that a new one is the doing of others. */
const growth = [
  { until: 3, share: 0.005 },
  { until: 6, share: 0.03 },
  { until: 8, share: 0.2 },
  { until: Number.POSITIVE_INFINITY, share: 1 },
];

export type Phase = 'finding' | 'holding';

type Receiver = { path: ReceiverPath; best: RecentBest; isQueued: boolean };

export class RateModel {
  phase: Phase = 'finding';
  readonly #log: SentLog;
  readonly #receivers = new Map<number, Receiver>();
  #mostRoom: number;
  #room: number;
  readonly #cap: number;
  #rate = firstRate;
  #changedAt = 0;
  /** The last overflow: when, and the first number sent after it. */
  #overflowAt = 0;
  #overflowNumber = 0;
  /** What was delivered in it, bytes per second; and what was when nobody else seemed to be on the link. */
  #full = 0;
  #capacity = 0;
  /** The first one; and since when the queue is long. */
  #foundAt = 0;
  #queuedAt = 0;
  #isDrained = false;
  #wasShared = false;
  #isBeside = false;

  /** `room`: bytes of payload that the smallest socket buffer of a receiver holds. `cap`: bytes per second. */
  constructor(log: SentLog, { room, cap = Number.POSITIVE_INFINITY }: { room: number; cap?: number }) {
    this.#log = log;
    this.#room = room;
    this.#mostRoom = room;
    this.#cap = cap;
  }

  /** Payload bytes per second; so high while nothing but the machines limits it that it need not be kept. */
  get rate(): number {
    return Math.min(this.#rate, this.#cap);
  }

  /** Payload bytes that may be sent at once, to make up for time that a timer was late. */
  get burst(): number {
    return Math.max(leastBurst, (this.rate * burstTime) / 1000);
  }

  /** Bytes that may be under way to the receiver that is farthest behind. */
  get window(): number {
    const wait = this.#roundTrip() * 2 + mostQueue;
    const carried = this.phase === 'finding' ? this.#rate / startGain : this.#rate;
    return Math.min(this.#room, Math.max(firstWindow, (carried * wait) / 1000));
  }

  /** Bytes under way to the receiver that is farthest behind. */
  get inFlight(): number {
    let settled = Number.POSITIVE_INFINITY;
    for (const { path } of this.#receivers.values()) settled = Math.min(settled, path.number);
    return settled === Number.POSITIVE_INFINITY ? 0 : this.#log.bytes - this.#log.bytesUpto(settled);
  }

  /** A receiver that the sender must not outrun. What was sent before concerns it not. */
  join(receiver: number): void {
    const path = new ReceiverPath();
    path.number = this.#log.number;
    this.#receivers.set(receiver, { path, best: new RecentBest(400), isQueued: false });
  }

  /** A receiver that left, or has stalled and is served apart. */
  leave(receiver: number): void {
    this.#receivers.delete(receiver);
    // The others may carry more.
    this.#overflowAt -= headStart * 1000;
  }

  /** The smallest socket buffer changed: bytes of payload. */
  setRoom(bytes: number): void {
    this.#mostRoom = bytes;
    this.#room = Math.min(this.#room, bytes);
  }

  /** Share of datagrams that a receiver loses whatever the rate, 0 to 1. */
  ownLoss(receiver: number): number {
    return this.#receivers.get(receiver)?.path.ownLoss ?? 0;
  }

  /** A report came at `now` ms. */
  report(id: number, heard: Heard, now: number): void {
    const receiver = this.#receivers.get(id);
    if (!receiver) return;
    const { path } = receiver;
    const sample = path.report(heard, this.#log, now, this.phase === 'finding' ? shortPeriod : longPeriod);
    // What was sent before an overflow was noticed tells no more of it.
    if (!sample || sample.from < this.#overflowNumber) return;
    this.#fit(sample.drops);
    const isOverflow = this.phase === 'finding' ? path.floods(sample) : path.overflows(sample);
    path.learn(sample, isOverflow);
    const carried = sample.delivered / (1 - path.ownLoss);
    receiver.best.add(carried, now);
    receiver.isQueued = path.isLong(sample.queue);
    if (isOverflow) this.#overflow(carried, path.ownLoss < exactLoss, now);
    else if (this.phase === 'finding') this.#find(now);
    else if (receiver.isQueued) this.#wait(carried, now);
    else if (![...this.#receivers.values()].some(({ isQueued }) => isQueued)) this.#probe(now);
  }

  /** Has less under way after a receiver's kernel had to drop, and then slowly more again. */
  #fit(drops: number): void {
    if (drops === 0) this.#room = Math.min(this.#mostRoom, this.#room * moreRoom);
    else {
      this.#room = Math.max(leastRoom, this.#room * lessRoom);
      this.#overflowNumber = this.#log.number + 1;
    }
  }

  #overflow(carried: number, isExact: boolean, now: number): void {
    const isFirst = this.phase === 'finding';
    this.#overflowNumber = this.#log.number + 1;
    if (!isFirst && !this.#isDrained) {
      // The same overflow, as long as its queue has not drained: the step down was not quite enough.
      this.#rate *= stepDown;
      return;
    }
    // Once may be chance where loss makes what is delivered a rough measure.
    const isShared = !isFirst && this.#rate < this.#full * sharedBelow;
    this.#isBeside = isShared && (this.#wasShared || isExact);
    this.#wasShared = isShared;
    this.#full = isFirst ? carried : Math.min(this.#rate, carried);
    if (!this.#isBeside) this.#capacity = this.#full;
    const least = this.#isBeside ? Math.min(this.#full, this.#capacity * fairShare) : leastRate;
    this.#rate = Math.max(least, this.#full * (this.#isBeside ? beside : alone));
    this.#isDrained = false;
    if (isFirst) this.#foundAt = now;
    this.phase = 'holding';
    this.#overflowAt = now;
    this.#queuedAt = now;
    this.#changedAt = now;
  }

  /** Nothing has overflowed yet. */
  #find(now: number): void {
    const slowest = this.#slowest(now);
    if (slowest > 0) this.#rate = Math.max(firstRate, slowest * startGain);
  }

  /** A queue is long: what drains from it is what the path carries. It should be gone soon, or is not ours. */
  #wait(carried: number, now: number): void {
    const passed = this.#passed(now);
    if (now < this.#foundAt + measuring) this.#rate = Math.max(this.#rate, carried * alone);
    else if (now > this.#queuedAt + patience) this.#giveWay(passed);
  }

  /** A queue that stays although we do not fill it is filled by somebody else, who should get a share. */
  #giveWay(passed: number): void {
    this.#isBeside = true;
    const least = Math.min(this.#rate, this.#capacity * fairShare);
    this.#rate = Math.max(least, this.#rate * (1 - yielding * passed));
  }

  /** No queue: there may be more to have. */
  #probe(now: number): void {
    const passed = this.#passed(now);
    this.#isDrained = true;
    this.#queuedAt = now;
    // What is not used is not a rate that was found to be clean.
    if (this.#slowest(now) < this.#rate * 0.75) return;
    const quiet = (now - this.#overflowAt) / 1000 + (now < this.#foundAt + measuring * 2 ? headStart : 0);
    this.#rate *= 1 + growth.find(({ until }) => quiet < until)!.share * passed;
  }

  /** Seconds since the rate was changed, within bounds. */
  #passed(now: number): number {
    const passed = Math.min(200, now - this.#changedAt) / 1000;
    this.#changedAt = now;
    return passed;
  }

  /** What the slowest path delivered at best lately, as sent; 0 before all have been measured. */
  #slowest(now: number): number {
    let slowest = Number.POSITIVE_INFINITY;
    for (const { best } of this.#receivers.values()) slowest = Math.min(slowest, best.value(now));
    return slowest === Number.POSITIVE_INFINITY ? 0 : slowest;
  }

  #roundTrip(): number {
    let longest = 0;
    for (const { path } of this.#receivers.values()) {
      if (path.roundTrip !== Number.POSITIVE_INFINITY) longest = Math.max(longest, path.roundTrip);
    }
    return longest;
  }
}
