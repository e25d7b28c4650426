// Which receiver lacks which block, from their reports. One bit a receiver and block, 64 receivers at most: 12 MB of
// words for 4 GiB and 32 receivers, and as much for the number of the datagram that carried each block last.
import { Bitmap, ones } from './bitmap.ts';
import type { Report } from './report.ts';

export const mostReceivers = 64;

/** What the sender knows of a receiver. Blocks from `upto` on are not known to have come. */
export type Progress = {
  /** Every datagram up to this number has come to it or is lost. */
  number: number;
  upto: number;
  /** Blocks below `upto` that it lacks. */
  missing: number;
  /** Blocks that it had reported as missing and that came after all. */
  repaired: number;
  /** Totals of its reports: datagrams, payload in bytes, datagrams lost, and of them dropped by its own kernel. */
  received: number;
  bytes: number;
  lost: number;
  drops: number;
  /** Whether repairs wait for it; false when it has stalled and is served apart. */
  active: boolean;
  /** Whether it has reported anything: before, nothing waits for it. */
  known: boolean;
};

/** Why a report was refused. */
export type Contradiction = 'no-such-receiver' | 'number' | 'upto' | 'missing' | 'repaired' | 'totals';

export class SenderLedger {
  /** Blocks below have been sent, or all receivers had them. */
  front = 0;
  /** The number of the last datagram sent. */
  number = 0;
  /** Blocks that somebody lacks for certain. */
  readonly wanted: Bitmap;
  readonly #receivers: (Progress | undefined)[] = [];
  /** Who lacks a block: slots 0 to 31, and 32 to 63 once they are needed. */
  readonly #low: Uint32Array;
  #high: Uint32Array | undefined;
  readonly #sentAt: Uint32Array;

  constructor(readonly blocks: number) {
    this.wanted = new Bitmap(blocks);
    this.#low = new Uint32Array(blocks);
    this.#sentAt = new Uint32Array(blocks);
  }

  /** The slot of a new receiver, which lacks everything until it says otherwise; -1 when all 64 are taken. */
  join(): number {
    const free = this.#receivers.indexOf(undefined);
    const slot = free >= 0 ? free : this.#receivers.length;
    if (slot >= mostReceivers) return -1;
    if (slot >= 32) this.#high ??= new Uint32Array(this.blocks);
    const none = { number: 0, upto: 0, missing: 0, repaired: 0, received: 0, bytes: 0, lost: 0, drops: 0 };
    this.#receivers[slot] = { ...none, active: true, known: false };
    return slot;
  }

  /** Forgets a receiver and all that only it lacked. */
  leave(slot: number): void {
    if (!this.#receivers[slot]) return;
    for (let block = this.wanted.nextSet(0); block < this.blocks; block = this.wanted.nextSet(block + 1)) {
      this.#has(slot, block);
    }
    this.#receivers[slot] = undefined;
  }

  progress(slot: number): Readonly<Progress> | undefined {
    return this.#receivers[slot];
  }

  /** Blocks that a receiver has for certain. */
  had(slot: number): number {
    const receiver = this.#receivers[slot];
    return receiver ? receiver.upto - receiver.missing : 0;
  }

  setActive(slot: number, active: boolean): void {
    const receiver = this.#receivers[slot];
    if (receiver) receiver.active = active;
  }

  /** Every receiver, of those that are active, has all. */
  get complete(): boolean {
    return this.#receivers.every(
      (_, slot) => !this.#receivers[slot]?.active || this.had(slot) === this.blocks,
    );
  }

  /** Whether a receiver lacks a block, as far as the sender knows. */
  lacks(slot: number, block: number): boolean {
    const receiver = this.#receivers[slot];
    if (!receiver) return false;
    const words = slot < 32 ? this.#low : this.#high!;
    return block >= receiver.upto || (words[block]! & (1 << (slot & 31))) !== 0;
  }

  /** Who lacks a block for certain: slots 0 to 31. */
  low(block: number): number {
    return this.#low[block]!;
  }

  /** The same for slots 32 to 63. */
  high(block: number): number {
    return this.#high === undefined ? 0 : this.#high[block]!;
  }

  /** The number of the datagram that carried a block last; 0 when none has. */
  sentAt(block: number): number {
    return this.#sentAt[block]!;
  }

  /** The next blocks to send for the first time, at most `most` in a row, skipping what nobody lacks; undefined at the end. */
  next(most: number): { first: number; count: number } | undefined {
    const unknown = this.#receivers.reduce((least, r) => (r ? Math.min(least, r.upto) : least), this.blocks);
    const first = this.front >= unknown ? this.front : this.wanted.nextSet(this.front, unknown);
    this.front = first;
    if (first >= this.blocks) return undefined;
    const stop = Math.min(this.blocks, first + most);
    const end = first >= unknown ? stop : this.wanted.nextClear(first, Math.min(stop, unknown));
    return { first, count: (end === unknown ? stop : end) - first };
  }

  /** The next blocks from `from` on that one receiver lacks for certain, at most `most` in a row. */
  nextOf(slot: number, from: number, most: number): { first: number; count: number } | undefined {
    const end = Math.min(this.#receivers[slot]?.upto ?? 0, this.front);
    let first = this.wanted.nextSet(from, end);
    while (first < end && !this.lacks(slot, first)) first = this.wanted.nextSet(first + 1, end);
    if (first >= end) return undefined;
    let count = 1;
    while (count < most && first + count < end && this.lacks(slot, first + count)) count++;
    return { first, count };
  }

  /** A run was sent as datagram `number`. */
  sentRun(number: number, first: number, count: number): void {
    this.number = number;
    this.#sentAt.fill(number, first, first + count);
    this.front = Math.max(this.front, first + count);
  }

  /** A repair was sent as datagram `number`. */
  sentRepair(number: number, ids: Uint32Array, count: number): void {
    this.number = number;
    for (let index = 0; index < count; index++) this.#sentAt[ids[index]!] = number;
  }

  /** Takes a report, or says what in it cannot be. Nothing has changed then, but its sender is not to be trusted. */
  report(slot: number, report: Report): Contradiction | undefined {
    const receiver = this.#receivers[slot];
    if (!receiver) return 'no-such-receiver';
    const flaw = this.#flawOf(receiver, report);
    if (flaw) return flaw;
    const { upto, missing, repaired } = report;
    for (let index = 0; index < missing.length; index += 2) {
      for (let block = missing[index]!; block < missing[index + 1]!; block++) this.#lost(slot, block);
    }
    for (let index = 0; index < repaired.length; index += 2) {
      for (let block = repaired[index]!; block < repaired[index + 1]!; block++) {
        if (this.#has(slot, block)) receiver.repaired++;
      }
    }
    const { number, received, bytes, lost, drops } = report;
    Object.assign(receiver, { number, upto, received, bytes, lost, drops, known: true });
    return undefined;
  }

  /** Missing blocks lie between the `upto` before and the new one, repaired ones below; nothing counts backwards. */
  #flawOf(receiver: Progress, report: Report): Contradiction | undefined {
    const { missing, repaired } = report;
    if (report.number > this.number || report.number < receiver.number) return 'number';
    if (report.upto < receiver.upto || report.upto > this.blocks) return 'upto';
    if (missing.length > 0 && (missing[0]! < receiver.upto || missing.at(-1)! > report.upto))
      return 'missing';
    if (repaired.length > 0 && repaired.at(-1)! > receiver.upto) return 'repaired';
    const backwards = (['received', 'bytes', 'lost', 'drops'] as const).some(
      (it) => report[it] < receiver[it],
    );
    return backwards || report.received + report.lost > report.number ? 'totals' : undefined;
  }

  #lost(slot: number, block: number): void {
    const words = slot < 32 ? this.#low : this.#high!;
    words[block]! |= 1 << (slot & 31);
    this.wanted.set(block);
    this.#receivers[slot]!.missing++;
  }

  /** False when the receiver was not known to lack it. */
  #has(slot: number, block: number): boolean {
    const words = slot < 32 ? this.#low : this.#high!;
    const bit = 1 << (slot & 31);
    if ((words[block]! & bit) === 0) return false;
    words[block]! &= ~bit;
    this.#receivers[slot]!.missing--;
    if (this.low(block) === 0 && this.high(block) === 0) this.wanted.clear(block);
    return true;
  }

  /** What a repair plan must know of the receivers that repairs wait for. */
  crowd(): Crowd {
    const seen = new Float64Array(mostReceivers).fill(Number.POSITIVE_INFINITY);
    const crowd: Crowd = {
      low: 0,
      high: 0,
      count: 0,
      upto: this.front,
      seen,
      leastSeen: Number.POSITIVE_INFINITY,
    };
    this.#receivers.forEach((receiver, slot) => {
      if (!receiver?.active || !receiver.known) return;
      if (slot < 32) crowd.low |= 1 << slot;
      else crowd.high |= 1 << (slot - 32);
      crowd.upto = Math.min(crowd.upto, receiver.upto);
      seen[slot] = receiver.number;
      crowd.leastSeen = Math.min(crowd.leastSeen, receiver.number);
    });
    crowd.count = ones(crowd.low) + ones(crowd.high);
    return crowd;
  }
}

export type Crowd = {
  /** Their slots, as bits. */
  low: number;
  high: number;
  count: number;
  /** All of them have said of each block below whether they have it. */
  upto: number;
  /** By slot: the number up to which datagrams have come to it or are lost. */
  seen: Float64Array;
  /** The least of these numbers. */
  leastSeen: number;
};
