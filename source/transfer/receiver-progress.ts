// How far a receiver is, as its events tell it.
import type { Transfer } from '../core/event.ts';
import type { Fault } from '../core/fault.ts';
import { groupName } from '../core/group.ts';
import type { TransferPhase, TransferReceiver } from '../core/share.ts';
import { groupOf, type Welcome } from './control.ts';
import type { Intake } from './intake.ts';
import type { Manifest } from './manifest.ts';
import type { PartStore } from './part-store.ts';
import { stateIn } from './receiver-states.ts';
import { Throughput } from './throughput.ts';

export class ReceiverProgress {
  phase: TransferPhase = 'waiting';
  welcome: Welcome | undefined;
  manifest: Manifest | undefined;
  store: PartStore | undefined;
  /** Where it was written. */
  path: string | undefined;
  reason: Fault | undefined;
  /** Where the data come to. */
  port = 0;
  #intake: Intake | undefined;
  #startedAt = 0;
  #doneAt = 0;
  /** Of the intakes before this one. */
  readonly #before = { lost: 0, repaired: 0, drops: 0 };
  readonly #rate = new Throughput();

  constructor(
    private readonly share: string,
    private readonly name: string,
    private readonly address: string,
  ) {}

  /** The data begin to come, and have all come. */
  started(): void {
    this.#startedAt ||= performance.now();
  }

  completed(): void {
    this.#doneAt = performance.now();
  }

  listens(intake: Intake | undefined): void {
    const { lost, repaired, drops } = this.#losses();
    Object.assign(this.#before, { lost, repaired, drops });
    this.#intake = intake;
  }

  facts(): Omit<Transfer, 'at'> {
    const { manifest, welcome, path, reason } = this;
    const group = welcome && groupOf(welcome);
    return {
      type: 'transfer',
      share: this.share,
      role: 'receiver',
      phase: this.phase,
      title: manifest?.title ?? '',
      files: manifest?.files.length ?? 0,
      total: manifest?.total ?? 0,
      mode: welcome?.mode ?? 'multicast',
      from: welcome?.from ?? '',
      receivers: welcome ? [this.#row(welcome)] : [],
      ...(group && { group: groupName(group) }),
      ...(path === undefined ? {} : { path }),
      ...(reason && { reason: { code: reason.code, facts: reason.facts } }),
      ...this.#seconds(),
    };
  }

  #row({ number }: Welcome): TransferReceiver {
    const { store, name, address, port, phase } = this;
    const bytes = store ? Math.min(store.had.count * store.layout.blockSize, store.layout.total) : 0;
    this.#rate.see(bytes, performance.now());
    const { rate } = this.#rate;
    return {
      ...{ number, name, address, port, bytes, rate, state: stateIn[phase] },
      ...this.#losses(),
      ...this.#seconds(),
    };
  }

  #losses(): { lost: number; repaired: number; drops: number } {
    return {
      lost: this.#before.lost + (this.#intake?.lost ?? 0),
      repaired: this.#before.repaired + (this.#intake?.repaired ?? 0),
      drops: this.#before.drops + (this.#intake?.dropped ?? 0),
    };
  }

  #seconds(): { seconds?: number } {
    if (this.#startedAt === 0) return {};
    return { seconds: ((this.#doneAt || performance.now()) - this.#startedAt) / 1000 };
  }
}
