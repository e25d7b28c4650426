// A client of the lab protocol: registers, takes what comes until nothing comes any more, and says how much that was.

import { setTimeout as sleep } from 'node:timers/promises';
import { withoutZone } from '../core/address.ts';
import type { Transfer } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import type { TransferPhase } from '../core/share.ts';
import type { DataIn } from '../net/data-in.ts';
import { codeOf } from '../session/disk.ts';
import { ControlLink } from './control-link.ts';
import type { DataNet } from './data-net.ts';
import { EventTap } from './event-tap.ts';
import { LabFile } from './lab-file.ts';
import { LabProgress } from './lab-progress.ts';
import { LabHead, LabIntake, mostClients, readNumber, silence } from './lab-protocol.ts';
import { LabTalk } from './lab-talk.ts';
import type { ReceiverOptions } from './options.ts';
import { prepareFolder } from './output-folder.ts';

/** A server that does not answer is given up, ms. */
const patience = 10_000;
/** Between two looks whether anything still comes, ms. */
const lookEvery = 100;

export type LabReceiverParts = {
  /** The network on the interface that has this address. */
  netAt(address: string): DataNet;
  onEvent(event: Transfer): void;
};

export class LabReceiver {
  /** Resolves when it is over, however; the last event says how. */
  readonly ended: Promise<void>;
  readonly #intake = new LabIntake();
  readonly #progress: LabProgress;
  readonly #events: EventTap;
  #talk: LabTalk | undefined;
  #input: DataIn | undefined;
  #file: LabFile | undefined;
  #folder = '';
  #failure: unknown;
  #isCancelled = false;
  readonly #woken = new AbortController();

  constructor(
    private readonly options: ReceiverOptions,
    private readonly parts: LabReceiverParts,
  ) {
    this.#progress = new LabProgress(options, this.#intake);
    this.#events = new EventTap(() => this.#progress.facts(), parts.onEvent);
    this.ended = this.#run();
  }

  cancel(): void {
    this.#isCancelled = true;
    this.#talk?.cut();
    this.#woken.abort();
  }

  async #run(): Promise<void> {
    let phase: TransferPhase;
    try {
      await this.#register();
      await this.#listen();
      phase = await this.#settle();
    } catch (error) {
      this.#progress.reason =
        error instanceof Fault ? error : new Fault('engine-died', { reason: String(error) }, 1);
      phase = 'failed';
    }
    if (this.#isCancelled) phase = 'cancelled';
    if (phase !== 'done') await this.#keepWhatCame();
    await this.#input?.close();
    this.#talk?.finish();
    this.#progress.phase = phase;
    this.#events.stop();
    this.#events.show(true);
  }

  async #register(): Promise<void> {
    this.#folder = await prepareFolder(this.options.out);
    const talk = await this.#call();
    if (this.#isCancelled) return;
    this.#progress.number = await this.#number(talk);
    const net = this.parts.netAt(talk.localAddress);
    const sender = withoutZone(talk.address);
    // The scripts ask for no larger buffer than the system gives, and that is what a class measures.
    const input = await net.openPlainIn((bytes, address) => {
      if (withoutZone(address) === sender) this.#take(() => this.#intake.datagram(bytes));
    });
    this.#input = input;
    Object.assign(this.#progress, { address: net.address, port: input.port });
    talk.say(input.port);
    await this.#number(talk);
    this.#events.show(true);
  }

  async #call(): Promise<LabTalk> {
    const { address, port } = this.options;
    const socket = await ControlLink.connect(address, port, patience).catch((error) => {
      throw new Fault('lab-failed', { address, port, reason: 'unreachable', code: codeOf(error) }, 1);
    });
    this.#talk = new LabTalk(socket);
    return this.#talk;
  }

  async #number(talk: LabTalk): Promise<number> {
    const message = await talk.next(patience);
    const number = message && readNumber(message.toString('latin1'), mostClients);
    if (number !== undefined || this.#isCancelled) return number ?? 0;
    const { address, port } = this.options;
    throw new Fault('lab-failed', { address, port, reason: 'protocol' }, 1);
  }

  /** Until all has come, or nothing more does. A server that hangs up before it sends anything is as silent as another. */
  async #listen(): Promise<void> {
    const talk = this.#talk!;
    void this.#hear(talk);
    let closedAt: number | undefined;
    while (!this.#isOver) {
      await sleep(lookEvery, undefined, { signal: this.#woken.signal }).catch(() => {});
      const now = performance.now();
      if (talk.isOver) closedAt ??= now;
      const since = this.#progress.lastAt || closedAt;
      if (since === undefined || now - since < silence) continue;
      // What waited while this thread was held up has its turn before that is called silence.
      const before = this.#progress.lastAt;
      await sleep(0);
      if (this.#progress.lastAt === before) return;
    }
  }

  get #isOver(): boolean {
    return this.#isCancelled || this.#failure !== undefined || this.#intake.isFull;
  }

  /** Some scripts say name and size over the control connection. */
  async #hear(talk: LabTalk): Promise<void> {
    const head = new LabHead();
    while (!talk.isOver && head.size === undefined) {
      const message = await talk.next(lookEvery);
      if (message && head.take(message) && head.size !== undefined)
        this.#take(() => void this.#intake.adopt(head));
    }
  }

  #take(work: () => Uint8Array | undefined): void {
    if (this.#isOver) return;
    try {
      const bytes = work();
      this.#progress.heard();
      const { name, size } = this.#intake.head;
      if (name !== undefined && size !== undefined) this.#file ??= this.#begin(name, size);
      if (bytes) this.#file?.append(bytes);
    } catch (error) {
      this.#failure = error;
    }
    if (this.#isOver) this.#woken.abort();
  }

  #begin(name: string, size: number): LabFile {
    const { maxSize } = this.options;
    if (maxSize !== undefined && size > maxSize) {
      throw new Fault('share-over-limit', { bytes: size, limit: maxSize }, 1);
    }
    const file = LabFile.create(this.#folder, name, size);
    this.#progress.path = file.path;
    return file;
  }

  async #settle(): Promise<TransferPhase> {
    const { address, port } = this.options;
    this.#progress.drops = (await this.#input?.drops()) ?? 0;
    if (this.#isCancelled) return 'cancelled';
    if (this.#failure !== undefined) throw this.#failure;
    const { bytes, head, isWhole } = this.#intake;
    const { name, size } = head;
    // Only what has its name is whole; the disk may yet fail.
    if (isWhole) this.#progress.path = await this.#file!.finish();
    this.#talk?.say(this.#intake.had);
    if (isWhole) return 'done';
    if (size === undefined) {
      const reason = bytes > 0 || name !== undefined ? 'head-lost' : 'nothing-came';
      throw new Fault('lab-failed', { address, port, reason, bytes }, 1);
    }
    const { drops } = this.#progress;
    throw new Fault('lab-incomplete', { bytes, size, drops, path: this.#file!.path }, 1);
  }

  /** What came is there to be looked at, unless nothing did. */
  async #keepWhatCame(): Promise<void> {
    try {
      if (this.#intake.bytes > 0) this.#file?.close();
      else {
        await this.#file?.discard();
        this.#progress.path = undefined;
      }
    } catch (error) {
      if (error instanceof Fault) this.#progress.reason ??= error;
    }
  }
}
