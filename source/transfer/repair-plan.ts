// Which repairs to send: each the XOR of blocks of which no receiver lacks two, so that every receiver can decode the
// one it lacks, and repair traffic follows the receiver that loses most instead of the sum of all losses.
import { farthestMixed, mostMixed } from './block-datagram.ts';
import { type Crowd, mostReceivers, type SenderLedger } from './sender-ledger.ts';

/** Missing blocks that are looked at together. */
const mostDue = 4096;
/** How many of them are tried for one mix. */
const mostTried = 1024;
/** So many consecutive blocks that the same receivers lack are sent as runs: nothing is gained by mixing them. */
const bulk = 64;

export type Mix = { kind: 'mix'; ids: Uint32Array; count: number };
export type Run = { kind: 'run'; first: number; count: number };

/** In blocks behind the newest one that all have reported on. */
export type Waiting = {
  /** How long a block may wait for company; one that serves all receivers goes at once. */
  patience: number;
  /** Older blocks wait for the end, when everything goes. Receivers keep the blocks since in memory, to decode. */
  horizon: number;
};

export class RepairPlan {
  readonly #ledger: SenderLedger;
  readonly #waiting: Waiting;
  /** Missing blocks, ascending, that no datagram under way carries, and who lacks them. */
  readonly #blocks = new Uint32Array(mostDue);
  readonly #low = new Int32Array(mostDue);
  readonly #high = new Int32Array(mostDue);
  readonly #taken = new Uint8Array(mostDue);
  readonly #ids = new Uint32Array(mostMixed);
  readonly #picked = new Uint32Array(mostMixed);
  #count = 0;
  #head = 0;
  #upto = 0;
  #ending = false;
  /** Nothing was worth sending, nor will be before the next look. */
  #idle = false;
  #crowd: Crowd | undefined;
  /** How many due blocks each receiver lacks, by slot, and who lacks any. */
  readonly #left = new Uint32Array(mostReceivers);
  #lowLeft = 0;
  #highLeft = 0;

  constructor(ledger: SenderLedger, waiting: Waiting = { patience: 4096, horizon: 16_384 }) {
    this.#ledger = ledger;
    this.#waiting = waiting;
  }

  /** Looks anew at what is missing, if reports have told enough. `ending`: nothing is left to send but repairs. */
  refresh(ending: boolean): void {
    const crowd = this.#ledger.crowd();
    // Each look goes over all that waits for company: it is worth its time only when there is new company.
    if (!ending && crowd.upto - this.#upto < this.#waiting.patience / 16 && this.#upto <= crowd.upto) return;
    const { wanted } = this.#ledger;
    this.#crowd = crowd;
    this.#ending = ending;
    this.#upto = crowd.upto;
    this.#idle = false;
    this.#count = 0;
    this.#head = 0;
    this.#left.fill(0);
    this.#lowLeft = 0;
    this.#highLeft = 0;
    const from = ending ? 0 : Math.max(0, crowd.upto - this.#waiting.horizon);
    let block = wanted.nextSet(from, crowd.upto);
    for (; block < crowd.upto && this.#count < mostDue; block = wanted.nextSet(block + 1, crowd.upto)) {
      const low = this.#ledger.low(block) & crowd.low;
      const high = this.#ledger.high(block) & crowd.high;
      if ((low | high) !== 0 && isSettled(low, high, this.#ledger.sentAt(block), crowd))
        this.#add(block, low, high);
    }
  }

  /** The next repair, to be sent at once and told to the ledger; undefined when none is worth sending yet. Its ids are reused. */
  next(mostInRun: number): Mix | Run | undefined {
    while (this.#head < this.#count && this.#taken[this.#head] === 1) this.#head++;
    if (this.#idle || this.#head >= this.#count) return undefined;
    const same = this.#sameFrom(this.#head);
    if (same >= bulk) return this.#run(Math.min(same, mostInRun));
    const isOld = this.#ending || this.#upto - this.#blocks[this.#head]! > this.#waiting.patience;
    const count = isOld || this.#mayServeAll() ? this.#mix() : 0;
    this.#idle = count === 0 || (!isOld && count < mostMixed && !this.#servesAll(count));
    if (this.#idle) return undefined;
    for (let index = 0; index < count; index++) {
      const at = this.#picked[index]!;
      this.#take(at);
      this.#ids[index] = this.#blocks[at]!;
    }
    return { kind: 'mix', ids: this.#ids, count };
  }

  #add(block: number, low: number, high: number): void {
    const at = this.#count++;
    this.#blocks[at] = block;
    this.#low[at] = low;
    this.#high[at] = high;
    this.#taken[at] = 0;
    this.#lowLeft |= low;
    this.#highLeft |= high;
    for (let bits = low; bits !== 0; bits &= bits - 1) this.#left[lowest(bits)]!++;
    for (let bits = high; bits !== 0; bits &= bits - 1) this.#left[32 + lowest(bits)]!++;
  }

  #take(at: number): void {
    this.#taken[at] = 1;
    for (let bits = this.#low[at]!; bits !== 0; bits &= bits - 1) {
      if (--this.#left[lowest(bits)]! === 0) this.#lowLeft &= ~(bits & -bits);
    }
    for (let bits = this.#high[at]!; bits !== 0; bits &= bits - 1) {
      if (--this.#left[32 + lowest(bits)]! === 0) this.#highLeft &= ~(bits & -bits);
    }
  }

  /** Picks the oldest block, then each in turn that no receiver of those picked lacks. Says how many. */
  #mix(): number {
    let low = 0;
    let high = 0;
    let count = 0;
    const end = Math.min(this.#count, this.#head + mostTried);
    for (let at = this.#head; at < end && count < mostMixed; at++) {
      if (this.#taken[at] === 1 || (this.#low[at]! & low) !== 0 || (this.#high[at]! & high) !== 0) continue;
      if (count > 0 && this.#blocks[at]! - this.#blocks[this.#picked[count - 1]!]! > farthestMixed) break;
      low |= this.#low[at]!;
      high |= this.#high[at]!;
      this.#picked[count++] = at;
      if (low === this.#lowLeft && high === this.#highLeft) break;
    }
    return count;
  }

  /** Whether each receiver lacks something, so that one mix might be of use to all, or is as large as can be. */
  #mayServeAll(): boolean {
    const crowd = this.#crowd!;
    return crowd.count > mostMixed || (this.#lowLeft === crowd.low && this.#highLeft === crowd.high);
  }

  #servesAll(count: number): boolean {
    let low = 0;
    let high = 0;
    for (let index = 0; index < count; index++) {
      low |= this.#low[this.#picked[index]!]!;
      high |= this.#high[this.#picked[index]!]!;
    }
    return low === this.#crowd!.low && high === this.#crowd!.high;
  }

  /** How many consecutive blocks from here on are lacked by the same receivers; stops counting when that is enough. */
  #sameFrom(head: number): number {
    let at = head + 1;
    while (
      at < this.#count &&
      at - head < bulk &&
      this.#taken[at] === 0 &&
      this.#blocks[at] === this.#blocks[at - 1]! + 1 &&
      this.#low[at] === this.#low[head] &&
      this.#high[at] === this.#high[head]
    ) {
      at++;
    }
    return at - head;
  }

  #run(count: number): Run {
    const first = this.#blocks[this.#head]!;
    for (let at = this.#head; at < this.#head + count; at++) this.#take(at);
    return { kind: 'run', first, count };
  }
}

/** Everybody who lacks the block has reported on the datagram that carried it last: it is not under way. */
function isSettled(low: number, high: number, sentAt: number, { seen, leastSeen }: Crowd): boolean {
  if (sentAt <= leastSeen) return true;
  for (let bits = low; bits !== 0; bits &= bits - 1) if (seen[lowest(bits)]! < sentAt) return false;
  for (let bits = high; bits !== 0; bits &= bits - 1) if (seen[32 + lowest(bits)]! < sentAt) return false;
  return true;
}

/** Index of the lowest set bit. */
const lowest = (bits: number): number => 31 - Math.clz32(bits & -bits);
