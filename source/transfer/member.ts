// A receiver as its sender knows it.
import type { ReceiverState, TransferReceiver } from '../core/share.ts';
import { encode, type Hello, kinds } from './control.ts';
import type { ControlLink } from './control-link.ts';
import type { Distribution } from './distribution.ts';
import { type Report, sizeOf } from './report.ts';
import { Throughput } from './throughput.ts';

/** Of a socket buffer, the part that may be filled with payload: the kernel's own bookkeeping takes the rest. */
const usableRoom = 0.75;
const leastRoom = 8192;
const mostRoom = 2 ** 26;
/** Reports that may come before the stream is there. */
const mostEarly = 4096;

export class Member {
  readonly id: string;
  readonly name: string;
  /** Where its control connection comes from; it may come again from another port. */
  address = '';
  port = 0;
  link: ControlLink | undefined;
  /** Since when it has no connection, ms. */
  cutAt: number | undefined;
  /** The stream that it takes part in, once it is ready and until it has all. */
  place: { distribution: Distribution; slot: number } | undefined;
  /** Reports that came before its stream was there. */
  readonly early: Report[] = [];
  /** It has told what it has: the barrier counts it. */
  known = false;
  state: ReceiverState = 'registered';
  reason: string | undefined;
  /** Served by a stream of its own since then, ms, because it held the others back. */
  apartAt: number | undefined;
  /** When it last got anything, ms. */
  movedAt = 0;
  startedAt = 0;
  #doneAt = 0;
  /** Blocks that it has. */
  #had = 0;
  #lost = 0;
  /** Datagrams of the current stream, and whether any report came in it. */
  #received = 0;
  #hasReported = false;
  /** Of the stream that it takes part in, and of those before. */
  readonly #current = { repaired: 0, drops: 0 };
  readonly #before = { repaired: 0, drops: 0 };
  readonly #throughput = new Throughput();

  /** `token`: under which its data come. */
  constructor(
    readonly number: number,
    { id, name }: Hello,
    public token: number,
  ) {
    this.id = id;
    this.name = name;
  }

  /** It is whole, or given up. */
  get isOver(): boolean {
    return this.state === 'whole' || this.state === 'failed';
  }

  get isApart(): boolean {
    return this.apartAt !== undefined;
  }

  /** Bytes per second. */
  get rate(): number {
    return this.#throughput.rate;
  }

  /** It has all that was sent: nothing can come. */
  get isCaughtUp(): boolean {
    if (!this.place) return true;
    const { distribution, slot } = this.place;
    const progress = distribution.progress(slot)!;
    return progress.missing === 0 && progress.number === distribution.number;
  }

  send(kind: number, message: object = {}): void {
    this.link?.send(kind, encode(message));
  }

  connect(link: ControlLink): void {
    this.link = link;
    this.cutAt = undefined;
    this.address = link.address;
    this.port = link.port;
  }

  /** Its connection ended by itself: it may come again. */
  cut(): void {
    this.leave();
    this.link = undefined;
    this.cutAt = performance.now();
  }

  disconnect(): void {
    this.link?.finish();
    this.link = undefined;
    this.leave();
  }

  /** Its socket has so many bytes of buffer. False when the stream takes no more receivers. */
  join(distribution: Distribution, receiveBuffer: number): boolean {
    const room = Math.max(leastRoom, Math.min(receiveBuffer * usableRoom, mostRoom));
    const slot = distribution.join(room);
    if (slot < 0) return false;
    this.place = { distribution, slot };
    this.movedAt = performance.now();
    return true;
  }

  /** Takes part in no stream any more, for now or for good. */
  leave(): void {
    this.#before.repaired += this.#current.repaired;
    this.#before.drops += this.#current.drops;
    this.#current.repaired = 0;
    this.#current.drops = 0;
    this.#received = 0;
    this.#hasReported = false;
    this.early.length = 0;
    this.place?.distribution.leave(this.place.slot);
    this.place = undefined;
  }

  /** The data begin to come. */
  begin(): void {
    this.send(kinds.start);
    this.movedAt = performance.now();
    this.startedAt ||= performance.now();
    // One that had all proves it already, unless it has joined again for what was wrong.
    if (this.state === 'registered' || (this.state === 'verifying' && this.place)) this.state = 'receiving';
  }

  /** It held the others back; what follows comes under another token. */
  setApart(token: number, now: number): void {
    this.apartAt = now;
    this.state = 'stalled';
    this.token = token;
    this.leave();
    this.send(kinds.apart, { token });
  }

  /** It has all blocks, as it says, and proves them now. */
  complete(blocks: number): void {
    this.known = true;
    this.#had = blocks;
    this.state = 'verifying';
    this.#doneAt = performance.now();
    this.leave();
  }

  /** `reason`: why it is given up; undefined when it is whole. */
  end(blocks: number, reason: string | undefined): void {
    this.state = reason === undefined ? 'whole' : 'failed';
    this.reason = reason;
    if (reason === undefined) this.#had = blocks;
    this.#doneAt ||= performance.now();
    this.disconnect();
  }

  /** False for a report that cannot be true. */
  report(report: Report): boolean {
    if (!this.place) {
      if (this.early.length < mostEarly) this.early.push(report);
      return true;
    }
    const now = performance.now();
    const { distribution, slot } = this.place;
    if (distribution.report(slot, report, now)) return false;
    const { repaired, drops, received } = distribution.progress(slot)!;
    // The first report tells what was missing before; that is no loss of this stream.
    if (this.#hasReported) this.#lost += sizeOf(report.missing);
    this.#hasReported = true;
    this.known = true;
    Object.assign(this.#current, { repaired, drops });
    const had = distribution.ledger.had(slot);
    // Not by what it settled: one that nothing reaches settles all as lost.
    if (had > this.#had || received > this.#received) this.movedAt = now;
    this.#had = had;
    this.#received = received;
    return true;
  }

  /** Every block was sent to it, and it lacks some. */
  get #isMending(): boolean {
    const progress = this.place?.distribution.progress(this.place.slot);
    return this.state === 'receiving' && progress?.upto === this.place?.distribution.ledger.blocks;
  }

  /** `bytesOf`: bytes of so many blocks. */
  row(bytesOf: (blocks: number) => number, now: number): TransferReceiver {
    const { number, name, address, port, state, reason, startedAt } = this;
    const bytes = bytesOf(this.#had);
    this.#throughput.see(bytes, now);
    return {
      ...{ number, name, address, port, bytes, lost: this.#lost },
      repaired: this.#before.repaired + this.#current.repaired,
      drops: this.#before.drops + this.#current.drops,
      rate: this.#throughput.rate,
      state: this.#isMending ? 'repairing' : state,
      ...(reason === undefined ? {} : { reason }),
      ...(startedAt > 0 && { seconds: ((this.#doneAt || now) - startedAt) / 1000 }),
    };
  }
}
