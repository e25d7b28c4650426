// What one receiver has and lacks, and what it has told the sender of it. Blocks are missing from the moment that a
// settled datagram shows the sender to be past them, however they were lost.
import { Arrivals } from './arrivals.ts';
import { Bitmap } from './bitmap.ts';
import { mostRanges, type Ranges, type Report } from './report.ts';

export class ReceiverLedger {
  readonly arrivals = new Arrivals();
  /** Blocks that came as repairs of what had been reported missing. */
  repaired = 0;
  /** Repairs that told nothing new, and those that mixed two or more blocks unknown here. */
  useless = 0;
  undecodable = 0;
  #reportedUpto = 0;
  /** Come since the last report, of what was missing in it: pairs in order of arrival. */
  #mended: Ranges = [];
  #last: Report | undefined;

  /** `have`: what is there from before, when a transfer resumes; it is kept up to date here. */
  constructor(
    readonly blocks: number,
    readonly have = new Bitmap(blocks),
  ) {
    if (have.count > 0) this.arrivals.front = blocks;
  }

  get complete(): boolean {
    return this.have.count === this.blocks;
  }

  /** A repair came. The block that it yields, to be decoded and then given to `put`; -1 when it yields none. */
  repair(number: number, bytes: number, ids: Uint32Array, count: number, at: number): number {
    this.arrivals.came(number, bytes, 0, at);
    let unknown = -1;
    for (let index = 0; index < count; index++) {
      if (this.have.has(ids[index]!)) continue;
      if (unknown >= 0) {
        this.undecodable++;
        return -1;
      }
      unknown = ids[index]!;
    }
    if (unknown < 0) this.useless++;
    return unknown;
  }

  /** Blocks are here: they came in a run, were decoded from a repair, or came another way. */
  put(first: number, end: number): void {
    const { have } = this;
    for (let block = first; block < Math.min(end, this.#reportedUpto); block++) {
      if (!have.has(block)) this.#mend(block);
    }
    have.setRange(first, end);
  }

  /** The sender says that it has sent every block below `front`, and no datagram beyond `number`. */
  told(number: number, front: number): void {
    this.arrivals.told(number, Math.min(front, this.blocks));
  }

  /** All that is new for the sender: one report, or several in order after much has changed. `drops`: see Report. */
  reports(drops: number): Report[] {
    this.arrivals.tick();
    const { settled, heard, at, received, bytes, lost, front } = this.arrivals;
    const missing: Ranges = [];
    this.have.gaps(this.#reportedUpto, front, (from, end) => missing.push(from, end));
    const repaired = merged(this.#mended);
    const now = { number: settled, heard, at, received, bytes, lost, drops };
    const before = this.#last ?? {
      ...now,
      number: 0,
      heard: 0,
      at: 0,
      received: 0,
      bytes: 0,
      lost: 0,
      drops: 0,
    };
    const pairs = Math.max(missing.length, repaired.length) / 2;
    const reports: Report[] = [];
    for (let from = 0; from === 0 || from < pairs; from += mostRanges) {
      const isLast = from + mostRanges >= pairs;
      const part = missing.slice(from * 2, (from + mostRanges) * 2);
      const more = missing.length > (from + mostRanges) * 2;
      reports.push({
        // Only the last one has told all that there was to tell of the datagrams up to its number.
        ...(isLast ? now : before),
        upto: more ? part.at(-1)! : front,
        missing: part,
        repaired: repaired.slice(from * 2, (from + mostRanges) * 2),
      });
    }
    this.#reportedUpto = front;
    this.#mended = [];
    this.#last = reports.at(-1)!;
    return reports;
  }

  #mend(block: number): void {
    this.repaired++;
    if (this.#mended.at(-1) === block) this.#mended[this.#mended.length - 1] = block + 1;
    else this.#mended.push(block, block + 1);
  }
}

/** Pairs in any order, none of which overlap, as ascending ranges that do not touch. */
function merged(pairs: Ranges): Ranges {
  const starts = new Map<number, number>();
  for (let index = 0; index < pairs.length; index += 2) starts.set(pairs[index]!, pairs[index + 1]!);
  const ranges: Ranges = [];
  for (const from of [...starts.keys()].sort((a, b) => a - b)) {
    if (ranges.at(-1) === from) ranges[ranges.length - 1] = starts.get(from)!;
    else ranges.push(from, starts.get(from)!);
  }
  return ranges;
}
