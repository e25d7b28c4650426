// What the reports of one receiver say of the way to it: how fast it delivers, what it loses anyway, how long its
// queue is. One clock is the sender's and one the receiver's, so a delay counts only against the least one seen.
import type { Report } from './report.ts';
import type { SentLog } from './sent-log.ts';

/** The part of a report that counts here. */
export type Heard = Pick<Report, 'number' | 'heard' | 'at' | 'received' | 'bytes' | 'lost' | 'drops'>;

/** Some ten milliseconds of a path. */
export type Sample = {
  /** Bytes per second that arrived. */
  delivered: number;
  datagrams: number;
  /** Of them, what the network lost, and what the receiver's kernel dropped. */
  lost: number;
  drops: number;
  /** ms that the newest datagram waited on its way, over the least wait seen lately. */
  queue: number;
  /** The first datagram of the sample. */
  from: number;
};

/** Least delays are kept of two spans, so that a drift of clocks (100 µs a second) does not look like a queue. */
const span = 10_000;
/** A shorter one, ms, may be the time that an event loop takes to wake. */
const leastQueue = 1;
/** A longer one is a queue whatever else is known, ms. */
const sureQueue = 5;
/** Overflow that is not worth slowing down for. */
const toleratedLoss = 0.005;
/** A sample of fewer datagrams proves nothing, unless it has taken this many periods. */
const leastDatagrams = 40;
const mostPeriods = 20;
/** Loss beyond it is never taken for the path's own. */
const mostOwnLoss = 0.3;

export class ReceiverPath {
  /** Share of datagrams lost whatever the rate, as far as seen. */
  ownLoss = 0;
  /** The longest queue seen, ms; forgotten slowly. */
  longest = 0;
  /** ms from sending to the report of it: the least seen. */
  roundTrip = Number.POSITIVE_INFINITY;
  /** The highest number that is settled. */
  number = 0;
  /** Datagrams from which the path's own loss was learned. */
  #learned = 0;
  #start: Heard | undefined;
  /** Nothing is known yet of the path's own loss. */
  isNew = true;
  /** Datagrams lost beyond the path's own loss while its queue was long. */
  #excess = 0;
  #least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  #spanEnd = 0;

  /** Takes a report that came at `now` ms. A sample once `period` ms of the receiver's clock have passed. */
  report(report: Heard, log: SentLog, now: number, period: number): Sample | undefined {
    this.number = Math.max(this.number, report.number);
    if (report.heard === 0) return undefined;
    const queue = this.#queue(report, log, now);
    const start = this.#start;
    if (!start) {
      this.#start = report;
      return undefined;
    }
    const time = (report.at - start.at) / 1000;
    // What the receiver's kernel dropped is not the network's doing; less under way is the answer to that.
    const drops = report.drops - start.drops;
    const lost = Math.max(0, report.lost - start.lost - drops);
    const datagrams = report.received - start.received + lost;
    if (time < period || (datagrams < leastDatagrams && time < period * mostPeriods)) return undefined;
    if (datagrams === 0) return undefined;
    this.#start = report;
    const delivered = ((report.bytes - start.bytes) / time) * 1000;
    return { delivered, datagrams, lost, drops, queue, from: start.number + 1 };
  }

  /**
   * Whether a queue of ours overflows: it is long, and since it is, more was lost than the path loses anyway and than
   * chance makes likely (a cumulative sum, so that a little loss shows too when it stays).
   */
  overflows({ datagrams, lost, queue }: Sample): boolean {
    if (this.isNew || !this.isLong(queue)) {
      this.#excess = 0;
      return false;
    }
    this.#excess = Math.max(0, this.#excess + lost - (this.ownLoss + toleratedLoss) * datagrams);
    return this.#excess > 3 + 3.5 * Math.sqrt(this.ownLoss * Math.max(datagrams, 200));
  }

  /**
   * Whether so much was lost as only a rate far too high explains: much more than before, where the queue is long, or
   * very much more even where it is too short to be seen.
   */
  floods({ datagrams, lost, queue }: Sample): boolean {
    const more = lost - this.ownLoss * datagrams;
    if (this.isNew) return more > mostOwnLoss * datagrams;
    const chance = 3 + 5 * Math.sqrt(Math.max(this.ownLoss, 0.02) * datagrams);
    return more > Math.max(chance, (this.isLong(queue) ? 0.1 : 0.2) * datagrams);
  }

  /** Whether what waits, in ms, is more than the work of moments. */
  isLong(queue: number): boolean {
    return queue > Math.max(leastQueue, Math.min(sureQueue, this.longest * 0.4));
  }

  /** Learns the path's own loss, which shows while the queue is short; and doubts slowly that an overflow was one. */
  learn({ datagrams, lost, queue }: Sample, isOverflow: boolean): void {
    this.longest = Math.max(this.longest * 0.998, queue);
    if (isOverflow) this.#excess = 0;
    const share = Math.min(mostOwnLoss, lost / datagrams);
    this.isNew = false;
    const isFree = share < this.ownLoss || !this.isLong(queue);
    // At first the average of all, later of the last two thousand or so.
    this.#learned += isOverflow ? 0 : datagrams;
    const gain = isOverflow
      ? 0.03
      : isFree || this.#learned < 1000
        ? datagrams / Math.min(this.#learned, 2000)
        : 0;
    this.ownLoss += (share - this.ownLoss) * Math.min(1, gain);
  }

  #queue(report: Heard, log: SentLog, now: number): number {
    const sent = log.timeOf(report.heard);
    this.roundTrip = Math.min(this.roundTrip, now - sent);
    const delay = report.at / 1000 - sent;
    if (now > this.#spanEnd) {
      this.#least = [this.#least[1]!, Number.POSITIVE_INFINITY];
      this.#spanEnd = now + span;
    }
    this.#least[1] = Math.min(this.#least[1]!, delay);
    return delay - Math.min(...this.#least);
  }
}
