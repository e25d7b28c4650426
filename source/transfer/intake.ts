// A receiver's path from datagram to disk, and its reports. What every datagram passes through is here, and nothing
// that could be done less often.
import { Bitmap } from './bitmap.ts';
import { type Datagram, newDatagram, readDatagram, runKind, type Shape } from './block-datagram.ts';
import type { PartStore } from './part-store.ts';
import { ReceiverLedger } from './receiver-ledger.ts';
import { type Report, sizeOf } from './report.ts';
import { xorInto } from './xor.ts';

/** A report is due after so many datagrams or bytes; whatever has come is reported every `reportEvery` ms. */
const reportDatagrams = 200;
const reportBytes = 786_432;
export const reportEvery = 10;
/** Repairs that may wait for blocks to be read back from the disk. */
const mostWaiting = 64;

export type IntakeListener = {
  report(report: Report): void;
  /** Every block is here. */
  complete(): void;
};

export class Intake {
  /** Datagrams that were none of this transfer, or wrong. */
  refused = 0;
  /** Blocks that were reported as missing, but for those that were missing when it began. */
  lost = 0;
  readonly #ledger: ReceiverLedger;
  readonly #found: Datagram = newDatagram();
  readonly #blocks: Uint8Array[] = [];
  readonly #timer: NodeJS.Timeout;
  /** Since the last report. */
  #datagrams = 0;
  #bytes = 0;
  #changed = true;
  #isQuiet = true;
  #told: { number: number; front: number } | undefined;
  #waiting = 0;
  #reported = false;
  #drops = 0;
  #stopped = false;
  #complete = false;

  /** `drops`: how many datagrams the kernel has dropped at the socket; undefined where that is not known. */
  constructor(
    private readonly store: PartStore,
    private readonly shape: Shape,
    private readonly drops: () => Promise<number | undefined>,
    private readonly listener: IntakeListener,
  ) {
    this.#ledger = new ReceiverLedger(shape.blocks, Bitmap.deserialize(store.had.serialize(), shape.blocks)!);
    this.#timer = setInterval(() => this.#tick(), reportEvery);
  }

  get repaired(): number {
    return this.#ledger.repaired;
  }

  get dropped(): number {
    return this.#drops;
  }

  /** Tells what is here, for the first time; may complete at once. */
  begin(): void {
    this.#report();
    this.#checkComplete();
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
  }

  /** The sender says how far it is. It counts once the socket is quiet: datagrams may still wait there. */
  told(number: number, front: number): void {
    this.#told = { number, front };
  }

  /** `at`: ms. The bytes are not used after the call. */
  datagram(bytes: Buffer, at: number): void {
    if (this.#stopped) return;
    const found = this.#found;
    if (readDatagram(bytes, this.shape, found) !== undefined) {
      this.refused++;
      return;
    }
    this.#isQuiet = false;
    this.#changed = true;
    if (found.kind === runKind) this.#run(bytes, found, at * 1000);
    else this.#repair(bytes, found, at * 1000);
    this.#bytes += bytes.length;
    if (++this.#datagrams >= reportDatagrams || this.#bytes >= reportBytes) this.#report();
    this.#checkComplete();
  }

  #run(bytes: Buffer, { number, first, count, offset }: Datagram, at: number): void {
    const { layout } = this.store;
    const last = first + count;
    this.#ledger.arrivals.came(number, bytes.length, last, at);
    for (let from = first, end: number; from < last; from = end) {
      end = Math.min(last, layout.endBlock(layout.sectionOf(from)));
      const start = offset + (from - first) * layout.blockSize;
      const blocks = bytes.subarray(start, start + layout.bytesIn(from, end));
      // What the disk has no room for stays missing, and is asked for again.
      if (this.store.write(from, blocks) === 'taken') this.#ledger.put(from, end);
    }
  }

  #repair(bytes: Buffer, { number, ids, count, offset }: Datagram, at: number): void {
    const block = this.#ledger.repair(number, bytes.length, ids, count, at);
    if (block < 0) return;
    const others = this.#blocks;
    others.length = 0;
    for (let index = 0; index < count; index++) {
      if (ids[index] === block) continue;
      const other = this.store.peek(ids[index]!);
      if (!other) {
        this.#repairFromDisk(block, ids.slice(0, count), Buffer.from(bytes.subarray(offset)));
        return;
      }
      others.push(other);
    }
    const mix = bytes.subarray(offset);
    for (const other of others) xorInto(mix, other);
    this.#solve(block, mix);
  }

  #repairFromDisk(block: number, ids: Uint32Array, mix: Buffer): void {
    if (this.#waiting >= mostWaiting) return;
    this.#waiting++;
    const others = Array.from(ids).filter((id) => id !== block);
    Promise.all(others.map((id) => this.store.read(id)))
      .then((blocks) => {
        if (this.#stopped) return;
        for (const other of blocks) xorInto(mix, other);
        this.#solve(block, mix);
        this.#checkComplete();
      })
      // The store tells of a failure of the disk itself; to the sender the block stays missing.
      .catch(() => {})
      .finally(() => this.#waiting--);
  }

  #solve(block: number, mix: Buffer): void {
    const taken = this.store.write(block, mix.subarray(0, this.store.layout.blockLength(block)));
    if (taken === 'taken') this.#ledger.put(block, block + 1);
    this.#changed = true;
  }

  #tick(): void {
    if (this.#told && this.#isQuiet) {
      this.#ledger.told(this.#told.number, this.#told.front);
      this.#told = undefined;
      this.#changed = true;
    }
    // Twice after the last datagram: what was overtaken is waited for from one report to the next.
    if (this.#changed || !this.#isQuiet) {
      this.#changed = !this.#isQuiet;
      this.#isQuiet = true;
      this.#report();
    }
  }

  #report(): void {
    this.#datagrams = 0;
    this.#bytes = 0;
    // No reports, no more data: the window closes until the disk has caught up.
    if (this.store.congested && this.#reported && !this.#complete) {
      this.#changed = true;
      return;
    }
    for (const report of this.#ledger.reports(this.#drops)) {
      if (this.#reported) this.lost += sizeOf(report.missing);
      this.listener.report(report);
    }
    this.#reported = true;
    this.#lookForDrops();
  }

  /** Only when something was lost that nobody has asked about yet. */
  #lookForDrops(): void {
    const { lost } = this.#ledger.arrivals;
    if (lost === this.#lostWhenLooked || this.#looking) return;
    this.#lostWhenLooked = lost;
    this.#looking = true;
    setTimeout(async () => {
      this.#drops = (await this.drops()) ?? this.#drops;
      this.#looking = false;
    }, 100);
  }
  #looking = false;
  #lostWhenLooked = 0;

  #checkComplete(): void {
    if (!this.#ledger.complete || this.#complete) return;
    this.#complete = true;
    this.#report();
    this.stop();
    this.listener.complete();
  }
}
