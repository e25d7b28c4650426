// A receiver as its sender knows it.
import type { ReceiverState, TransferReceiver } from '../core/event.ts';
import type { Hello } from './control.ts';
import type { ControlLink } from './control-link.ts';
import type { Distribution } from './distribution.ts';
import type { Report } from './report.ts';
import { Throughput } from './throughput.ts';

export class Member {
  readonly id: string;
  readonly name: string;
  /** Where its control connection comes from; it may come again from another port. */
  address = '';
  port = 0;
  link: ControlLink | undefined;
  /** Under which its data come. */
  token: number;
  /** The stream that it takes part in, once it is ready and until it has all. */
  place: { distribution: Distribution; slot: number } | undefined;
  /** Reports that came before its stream was there. */
  readonly early: Report[] = [];
  /** It has told what it has: the barrier counts it. */
  known = false;
  state: ReceiverState = 'registered';
  reason: string | undefined;
  /** Served by a stream of its own because it held the others back. */
  isApart = false;
  apartAt = 0;
  /** Blocks that it has; when it last got anything, ms. */
  had = 0;
  movedAt = 0;
  cutAt: number | undefined;
  startedAt = 0;
  doneAt = 0;
  #lost = 0;
  /** Datagrams of the current stream. */
  #received = 0;
  /** Of the stream that it takes part in, and of those before. */
  readonly #current = { repaired: 0, drops: 0 };
  readonly #before = { repaired: 0, drops: 0 };
  readonly #throughput = new Throughput();

  constructor(
    readonly number: number,
    { id, name }: Hello,
    token: number,
  ) {
    this.id = id;
    this.name = name;
    this.token = token;
  }

  get isOver(): boolean {
    return this.state === 'whole' || this.state === 'failed';
  }

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

  /** Its stream took a report of it. */
  reported(report: Report, now: number): void {
    const { distribution, slot } = this.place!;
    const progress = distribution.progress(slot)!;
    // The first report tells what was missing before; that is no loss of this transfer.
    if (this.known) {
      for (let at = 0; at < report.missing.length; at += 2)
        this.#lost += report.missing[at + 1]! - report.missing[at]!;
    }
    this.known = true;
    this.#current.repaired = progress.repaired;
    this.#current.drops = progress.drops;
    const had = distribution.ledger.had(slot);
    // Not by what it settled: one that nothing reaches settles all as lost.
    if (had > this.had || progress.received > this.#received) this.movedAt = now;
    this.had = had;
    this.#received = progress.received;
    if (this.state === 'stalled' && !this.isApart) this.state = 'receiving';
  }

  /** Takes part in no stream any more, for now or for good. */
  leave(): void {
    this.#before.repaired += this.#current.repaired;
    this.#before.drops += this.#current.drops;
    this.#current.repaired = 0;
    this.#current.drops = 0;
    this.#received = 0;
    this.early.length = 0;
    this.place?.distribution.leave(this.place.slot);
    this.place = undefined;
  }

  /** `bytesOf`: bytes of so many blocks. */
  row(bytesOf: (blocks: number) => number, now: number): TransferReceiver {
    const bytes = bytesOf(this.had);
    this.#throughput.see(bytes, now);
    return {
      number: this.number,
      name: this.name,
      address: this.address,
      port: this.port,
      bytes,
      lost: this.#lost,
      repaired: this.#before.repaired + this.#current.repaired,
      drops: this.#before.drops + this.#current.drops,
      rate: this.#throughput.rate,
      state: this.state,
      ...(this.reason === undefined ? {} : { reason: this.reason }),
      ...(this.startedAt > 0 ? { seconds: ((this.doneAt || now) - this.startedAt) / 1000 } : {}),
    };
  }
}
