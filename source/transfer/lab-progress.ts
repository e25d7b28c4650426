// How far a client of the lab protocol is, as its events tell it.
import type { Transfer } from '../core/event.ts';
import type { Fault } from '../core/fault.ts';
import type { ReceiverState, TransferPhase, TransferReceiver } from '../core/share.ts';
import { datagramBytes, type LabIntake } from './lab-protocol.ts';
import type { ReceiverOptions } from './options.ts';
import { Throughput } from './throughput.ts';

export class LabProgress {
  phase: TransferPhase = 'waiting';
  /** In the order of arrival at the server, as it said; some count from 0. */
  number: number | undefined;
  /** Where the datagrams come to. */
  address = '';
  port = 0;
  path: string | undefined;
  reason: Fault | undefined;
  /** Datagrams that our own kernel dropped. */
  drops = 0;
  #firstAt = 0;
  #lastAt = 0;
  readonly #rate = new Throughput();

  constructor(
    private readonly options: ReceiverOptions,
    private readonly intake: LabIntake,
  ) {}

  /** When anything last came, ms; 0 before. */
  get lastAt(): number {
    return this.#lastAt;
  }

  heard(): void {
    this.#lastAt = performance.now();
    this.#firstAt ||= this.#lastAt;
    this.phase = 'running';
  }

  facts(): Omit<Transfer, 'at'> {
    const { options, intake, phase, path, reason, number } = this;
    return {
      type: 'transfer',
      share: options.share,
      role: 'receiver',
      phase,
      title: intake.head.name ?? options.lab?.title ?? '',
      files: 1,
      total: intake.head.size ?? options.lab?.bytes ?? 0,
      mode: 'lab',
      from: options.lab?.from ?? '',
      receivers: number === undefined ? [] : [this.#row(number)],
      ...(path === undefined ? {} : { path }),
      ...(reason && { reason: { code: reason.code, facts: reason.facts } }),
      ...this.#seconds(),
    };
  }

  #row(number: number): TransferReceiver {
    const { address, port, drops, phase, intake } = this;
    const { had: bytes, head } = intake;
    const { size = bytes } = head;
    this.#rate.see(bytes, performance.now());
    const isOver = phase !== 'waiting' && phase !== 'running';
    return {
      ...{ number, address, port, bytes, drops },
      name: this.options.name,
      lost: isOver ? Math.max(0, Math.ceil((size - bytes) / datagramBytes)) : 0,
      repaired: 0,
      rate: this.#rate.rate,
      state: states[phase],
      ...this.#seconds(),
    };
  }

  /** From the first datagram to the last: the silence after it is no part of it. */
  #seconds(): { seconds?: number } {
    return this.#firstAt === 0 ? {} : { seconds: (this.#lastAt - this.#firstAt) / 1000 };
  }
}

const states: Record<TransferPhase, ReceiverState> = {
  waiting: 'registered',
  running: 'receiving',
  verifying: 'receiving',
  done: 'whole',
  failed: 'failed',
  cancelled: 'failed',
};
