// One stream of datagrams to some receivers: blocks for the first time, repairs mixed in as reports ask for them, and
// nothing but repairs at the end; as fast as the slowest of them takes it. To a group, or to one receiver alone.
import type { DataOut } from '../net/data-out.ts';
import type { Shape } from './block-datagram.ts';
import { Outbox } from './outbox.ts';
import { RateModel } from './rate-model.ts';
import { RepairPlan } from './repair-plan.ts';
import type { Report } from './report.ts';
import { framesOf, RunLength, type Wire } from './run-length.ts';
import { type Contradiction, type Progress, SenderLedger } from './sender-ledger.ts';
import { SentLog } from './sent-log.ts';
import type { SourceStream } from './source-stream.ts';

/** Datagrams, and bytes of them, that are sent before the event loop turns: only then does a read from disk end. */
const burst = 256;
const burstBytes = 384 * 1024;
/** A timer that is later than this, ms, has no more to make up for: what it would send is a burst, not a rate. */
const mostLate = 20;
/** After so long without a datagram, ms, receivers are told what the last one was: they may wait for it in vain. */
const quiet = 15;
/** Room for more than anybody has; receivers tell theirs when they join. */
const mostRoom = 2 ** 26;

export type DistributionOptions = {
  shape: Shape;
  wire: Wire;
  stream: SourceStream;
  out: DataOut;
  /** Bytes per second. */
  cap?: number;
  /** Nothing was sent for a while: tells a receiver how far the sender is. */
  tell(slot: number, number: number, front: number): void;
  /** The file cannot be read any more. */
  failed(error: unknown): void;
};

type Member = { room: number; told: number };
type Turn = 'sent' | 'rate' | 'window' | 'queue' | 'disk' | 'idle';

export class Distribution {
  readonly ledger: SenderLedger;
  /** Payload bytes sent. */
  get sent(): number {
    return this.#log.bytes;
  }
  readonly #log = new SentLog();
  readonly #rate: RateModel;
  readonly #runLength: RunLength;
  readonly #plan: RepairPlan;
  readonly #outbox: Outbox;
  readonly #members = new Map<number, Member>();
  #running = false;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #loading = false;
  /** Reports came since the plan looked last. */
  #news = false;
  /** Every block was sent, or had by all. */
  #ending = false;
  #allowance = 0;
  /** Nothing but the rate held the last turn back. */
  #isPaced = false;
  #filledAt = 0;
  #sentAt = 0;

  constructor(private readonly options: DistributionOptions) {
    const { shape, wire, out, cap } = options;
    this.ledger = new SenderLedger(shape.blocks);
    this.#plan = new RepairPlan(this.ledger);
    this.#rate = new RateModel(this.#log, { room: mostRoom, ...(cap === undefined ? {} : { cap }) });
    this.#runLength = new RunLength(wire);
    this.#outbox = new Outbox(out, shape);
  }

  /** What the model thinks, for whoever wonders why it is not faster. */
  get state(): { rate: number; window: number; inFlight: number; run: number; phase: string } {
    const { rate, window, inFlight, phase } = this.#rate;
    return { rate, window, inFlight, phase, run: this.#runLength.blocks };
  }

  /** A receiver that is ready, whose socket has `room` for so many bytes of payload. Its slot; -1 when there is none. */
  join(room: number): number {
    const slot = this.ledger.join();
    if (slot < 0) return slot;
    this.#members.set(slot, { room, told: -1 });
    this.#rate.join(slot);
    this.#fitRoom();
    this.wake();
    return slot;
  }

  /** A receiver that has all, or is given up. */
  leave(slot: number): void {
    if (!this.#members.delete(slot)) return;
    this.ledger.leave(slot);
    this.#rate.leave(slot);
    this.#runLength.leave(slot);
    this.#fitRoom();
    this.wake();
  }

  progress(slot: number): Readonly<Progress> | undefined {
    return this.ledger.progress(slot);
  }

  /** The number of the last datagram sent. */
  get number(): number {
    return this.#log.number;
  }

  /** A receiver reported. Says what in it cannot be. */
  report(slot: number, report: Report, now: number): Contradiction | undefined {
    const before = this.ledger.progress(slot);
    if (!before) return 'no-such-receiver';
    const { lost: lostBefore, received: receivedBefore } = before;
    const flaw = this.ledger.report(slot, report);
    if (flaw) return flaw;
    const lost = report.lost - lostBefore;
    const datagrams = report.received - receivedBefore + lost;
    if (datagrams > 0) {
      const frames =
        this.#log.framesUpto(report.number) - this.#log.framesUpto(Math.max(0, report.number - datagrams));
      if (frames > 0) this.#runLength.observe(slot, datagrams, frames, lost);
    }
    this.#rate.report(slot, report, now);
    this.#news = true;
    this.wake();
    return undefined;
  }

  start(): void {
    this.#running = true;
    this.#filledAt = performance.now();
    this.wake();
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
  }

  /** Something changed: there may be something to send. */
  wake(): void {
    if (!this.#running || this.#loading || this.#immediate) return;
    clearTimeout(this.#timer);
    this.#immediate = setImmediate(() => {
      this.#immediate = undefined;
      this.#turn();
    });
  }

  #turn(): void {
    if (!this.#running || this.#members.size === 0) return;
    const now = performance.now();
    const turn = this.#sendBurst(now);
    this.#isPaced = turn === 'rate' || turn === 'sent';
    if (turn === 'disk') return;
    if (turn === 'sent' || this.#news) {
      this.wake();
      return;
    }
    if (turn === 'idle' || turn === 'window') this.#tellAll(now);
    const wait = turn === 'rate' || turn === 'queue' ? 1 : quiet;
    this.#timer = setTimeout(() => this.#turn(), wait);
  }

  #sendBurst(now: number): Turn {
    this.#fill(now);
    if (this.#news) {
      this.#news = false;
      this.#plan.refresh(this.#ending);
    }
    let window = this.#rate.window - this.#rate.inFlight;
    // Nothing in the socket's queue points into the stream's memory any more.
    if (this.#outbox.isEmpty) this.options.stream.recycle();
    let sent = 0;
    for (let count = 0; count < burst && sent < burstBytes; count++) {
      if (this.#allowance <= 0) return 'rate';
      if (window <= 0) return 'window';
      if (this.#outbox.isFull) return 'queue';
      const bytes = this.#sendNext(now);
      if (bytes === 0) return 'idle';
      if (bytes < 0) return 'disk';
      this.#allowance -= bytes;
      window -= bytes;
      sent += bytes;
      this.#sentAt = now;
    }
    return 'sent';
  }

  /** What a timer was late is made up for; what was not sent for want of room in the window is not. */
  #fill(now: number): void {
    const { rate, burst: most } = this.#rate;
    const due = (rate * Math.min(mostLate, now - this.#filledAt)) / 1000;
    this.#allowance = Math.min(this.#isPaced ? Math.max(most, due) : most, this.#allowance + due);
    this.#filledAt = now;
  }

  /** Bytes of payload; 0 when there is nothing to send, -1 while the disk is asked. */
  #sendNext(now: number): number {
    const most = this.#runLength.blocks;
    const repair = this.#plan.next(most);
    if (repair?.kind === 'mix') return this.#sendMix(repair.ids.slice(0, repair.count), now);
    const run = repair ?? this.ledger.next(most);
    if (run) return this.#sendRun(run.first, run.count, now);
    // From now on the plan holds nothing back: it must look once more, whether or not a report comes.
    if (!this.#ending) this.#news = true;
    this.#ending = true;
    return 0;
  }

  #sendRun(first: number, count: number, now: number): number {
    const { stream, shape } = this.options;
    const view = stream.run(first, count);
    if (!view) return this.#load([first], () => this.#sendRun(first, count, performance.now()));
    const number = this.#log.number + 1;
    this.ledger.sentRun(number, first, Math.ceil(view.length / shape.blockSize));
    return this.#logged(number, this.#outbox.run(number, first, view), now);
  }

  #sendMix(ids: Uint32Array, now: number): number {
    const blocks: Uint8Array[] = [];
    for (const id of ids) {
      const block = this.options.stream.run(id, 1);
      if (!block) return this.#load(ids, () => this.#sendMix(ids, performance.now()));
      blocks.push(block);
    }
    const number = this.#log.number + 1;
    this.ledger.sentRepair(number, ids, ids.length);
    return this.#logged(number, this.#outbox.mix(number, ids, blocks), now);
  }

  #logged(number: number, bytes: number, now: number): number {
    this.#log.sent(number, bytes, framesOf(bytes, this.options.wire), now);
    return bytes;
  }

  /** Brings blocks into memory, sends what was to be sent, and goes on. */
  #load(blocks: Iterable<number>, send: () => number): number {
    this.#loading = true;
    const { stream } = this.options;
    Promise.all(Array.from(blocks, (block) => stream.load(block)))
      .then(() => {
        this.#loading = false;
        if (!this.#running) return;
        this.#allowance -= Math.max(0, send());
        this.wake();
      })
      .catch((error) => {
        this.stop();
        this.options.failed(error);
      });
    return -1;
  }

  #tellAll(now: number): void {
    if (now - this.#sentAt < quiet) return;
    for (const [slot, member] of this.#members) {
      const progress = this.ledger.progress(slot)!;
      const isBehind = progress.number < this.#log.number || progress.upto < this.ledger.front;
      if (isBehind && member.told !== this.#log.number) this.#tell(slot, member);
    }
  }

  #tell(slot: number, member: Member): void {
    member.told = this.#log.number;
    this.options.tell(slot, this.#log.number, this.ledger.front);
  }

  #fitRoom(): void {
    let least = Number.POSITIVE_INFINITY;
    for (const { room } of this.#members.values()) least = Math.min(least, room);
    if (least !== Number.POSITIVE_INFINITY) this.#rate.setRoom(least);
  }
}
