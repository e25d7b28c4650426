// A client of the lab protocol as its server knows it: what was sent to it, and what it says of that, if anything.
import type { TransferPhase, TransferReceiver } from '../core/share.ts';
import type { DataOut } from '../net/data-out.ts';
import type { DataNet } from './data-net.ts';
import { type LabContent, LabCopy } from './lab-copy.ts';
import { datagramBytes, readNumber } from './lab-protocol.ts';
import type { LabClient } from './lab-server.ts';
import { stateIn } from './receiver-states.ts';
import { Throughput } from './throughput.ts';

/** A client may be silent at the barrier, and while the data come, for as long as that takes, ms. */
const patience = 2 ** 31 - 1;

export class LabMember {
  readonly number: number;
  copy: LabCopy | undefined;
  /** Resolves when it has said what came, or has hung up without a word. */
  readonly said: Promise<void>;
  /** Bytes that came, by what it said. */
  #had: number | undefined;
  #out: DataOut | undefined;
  #startedAt = 0;
  #sentAt = 0;
  #isSettled = false;
  readonly #rate = new Throughput();

  constructor(private readonly client: LabClient) {
    this.number = client.number;
    this.said = this.#listen();
  }

  async open(net: DataNet, rate: number | undefined): Promise<void> {
    const { address, port } = this.client;
    const family = address.includes(':') ? 6 : 4;
    // A client that is gone shows in what it does not say.
    this.#out = await net.openOut({ address, port, family }, () => {});
    this.copy = new LabCopy(this.#out, rate);
  }

  /** Resolves with false when the file was shorter than its size. */
  async send(content: LabContent): Promise<boolean> {
    this.#startedAt = performance.now();
    const isComplete = await this.copy!.send(content);
    this.#sentAt = performance.now();
    return isComplete;
  }

  isWhole(total: number): boolean {
    return this.#had === total;
  }

  /** It is waited for no longer. */
  settle(): void {
    this.#isSettled = true;
  }

  async close(): Promise<void> {
    this.copy?.stop();
    await this.#out?.close();
  }

  row(total: number, phase: TransferPhase, now: number): TransferReceiver {
    const { number, client } = this;
    const { address, port } = client;
    const isOver = this.#isSettled || phase === 'failed' || phase === 'cancelled' || this.#had !== undefined;
    // While it runs the server knows what it sent; in the end what came is what the client says, and else nothing is known.
    const bytes = this.#had ?? (isOver ? 0 : (this.copy?.sent ?? 0));
    if (!isOver) this.#rate.see(bytes, now);
    const isWhole = this.isWhole(total);
    return {
      ...{ number, name: address, address, port, bytes },
      lost: this.#had === undefined ? 0 : Math.max(0, Math.ceil((total - this.#had) / datagramBytes)),
      repaired: 0,
      drops: 0,
      rate: this.#rate.rate,
      state: !isOver ? stateIn[phase] : isWhole ? 'whole' : 'failed',
      ...(isOver && !isWhole ? { reason: this.#had === undefined ? 'not-told' : 'not-whole' } : {}),
      ...(this.#startedAt > 0 && { seconds: ((this.#sentAt || now) - this.#startedAt) / 1000 }),
    };
  }

  async #listen(): Promise<void> {
    const { talk } = this.client;
    while (this.#had === undefined) {
      const message = await talk.next(patience);
      if (message === undefined) return;
      // Before the data there is nothing that could have come.
      if (this.#startedAt > 0) this.#had = readNumber(message.toString('latin1'), Number.MAX_SAFE_INTEGER);
    }
  }
}
