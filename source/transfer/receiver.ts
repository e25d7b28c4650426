// A receiver from its registration to the file under its name. Its control connection may be cut and its sender may be
// started anew: what is on the disk stays, and it goes on from there.
import type { Transfer } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import type { Group } from '../core/group.ts';
import type { TransferPhase } from '../core/share.ts';
import type { DataIn } from '../net/data-in.ts';
import type { Shape } from './block-datagram.ts';
import { encode, groupOf, kinds, type Ready, type Result, type Welcome } from './control.ts';
import type { DataNet } from './data-net.ts';
import { EventTap } from './event-tap.ts';
import { Intake } from './intake.ts';
import { decodeManifest } from './manifest.ts';
import type { ReceiverOptions } from './options.ts';
import { PartStore } from './part-store.ts';
import { ReceiverProgress } from './receiver-progress.ts';
import { encodeReport } from './report.ts';
import { SenderLink } from './sender-link.ts';
import { Verifier } from './verifier.ts';

/** A sender that cannot be reached for so long is given up, ms. */
const patience = 30_000;
/** Once all is here, the sender's last word is waited for no longer than this, ms. */
const farewell = 3000;

export type ReceiverParts = {
  net: DataNet;
  hashThread: URL;
  /** 16 hexadecimal digits. */
  id: string;
  onEvent(event: Transfer): void;
  /** ms, instead of the 30 s above. */
  patience?: number;
};

export class Receiver {
  /** Resolves when it is over, however; the last event says how. */
  readonly ended: Promise<void>;
  #markEnded!: () => void;
  readonly #progress: ReceiverProgress;
  readonly #events: EventTap;
  readonly #sender: SenderLink;
  /** Under which the data come, and from where; from a port of our own when undefined. */
  #token = 0;
  #group: Group | undefined;
  #input: DataIn | undefined;
  #intake: Intake | undefined;
  #verifier: Verifier | undefined;
  #result: Result | undefined;
  #isOver = false;
  /** One thing at a time, in the order in which it came: opening, listening, verifying. */
  #work: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: ReceiverOptions,
    private readonly parts: ReceiverParts,
  ) {
    const { share, name, address, port } = options;
    this.ended = new Promise((resolve) => {
      this.#markEnded = resolve;
    });
    const progress = new ReceiverProgress(share, name, parts.net.address);
    this.#progress = progress;
    this.#events = new EventTap(() => progress.facts(), parts.onEvent);
    const hello = () => ({
      share,
      id: parts.id,
      name,
      ...(progress.manifest && { key: progress.manifest.key }),
    });
    const words = {
      welcome: (welcome: Welcome, manifest: string | undefined) => this.#welcomed(welcome, manifest),
      start: () => this.#started(),
      told: ({ number, front }: { number: number; front: number }) => this.#intake?.told(number, front),
      apart: (token: number) => this.#apart(token),
      answer: (kind: number, body: Buffer) => this.#verifier?.take(kind, body) ?? true,
      end: (reason: string | undefined) => this.#dismissed(reason),
      gone: () => this.#fail(new Fault('share-gone', { address, port }, 1)),
    };
    this.#sender = new SenderLink(address, port, hello, words, parts.patience ?? patience);
  }

  /** The sender is found there now: it was started again. */
  moved(address: string, port: number): void {
    this.#sender.address = address;
    this.#sender.port = port;
  }

  cancel(): void {
    this.#sender.send(kinds.result, encode({ whole: false, reason: 'cancelled' } satisfies Result));
    this.#end('cancelled');
  }

  #welcomed(welcome: Welcome, manifest: string | undefined): boolean {
    const { manifest: known, welcome: before } = this.#progress;
    if (!manifest && !known) return false;
    if (known && (welcome.key !== known.key || welcome.blockSize !== before!.blockSize)) {
      this.#fail(new Fault('share-refused', { reason: 'changed' }, 1));
      return true;
    }
    this.#progress.welcome = welcome;
    this.#token = welcome.token;
    this.#group = groupOf(welcome);
    if (this.#progress.phase === 'verifying') {
      this.#sender.send(kinds.complete);
      this.#verifier?.askAgain();
    } else this.#do(() => this.#begin(manifest));
    return true;
  }

  #started(): void {
    this.#progress.started();
    if (this.#progress.phase === 'waiting') this.#setPhase('running');
  }

  #apart(token: number): void {
    this.#token = token;
    this.#group = undefined;
    this.#do(() => this.#listen());
  }

  /** Does the next piece of work after the one before; a Fault ends the transfer. */
  #do(work: () => Promise<void>): void {
    this.#work = this.#work
      .then(() => (this.#isOver ? undefined : work()))
      .catch((error) => this.#fail(error));
  }

  async #begin(text: string | undefined): Promise<void> {
    const progress = this.#progress;
    if (text !== undefined && !progress.manifest) {
      const manifest = decodeManifest(text);
      const { maxSize } = this.options;
      if (maxSize !== undefined && manifest.total > maxSize) {
        throw new Fault('share-over-limit', { bytes: manifest.total, limit: maxSize }, 1);
      }
      progress.manifest = manifest;
    }
    progress.store ??= await PartStore.open({
      folder: this.options.out,
      manifest: progress.manifest!,
      blockSize: progress.welcome!.blockSize,
      hashThread: this.parts.hashThread,
      onFault: (fault) => this.#fail(fault),
    });
    if (this.#result) this.#sender.send(kinds.result, encode(this.#result));
    else await this.#listen();
  }

  /** Opens the way in and tells the sender what is here already. */
  async #listen(): Promise<void> {
    await this.#stopListening();
    const store = this.#progress.store!;
    const group = this.#group;
    const { blocks, total, blockSize } = store.layout;
    const shape: Shape = { token: this.#token, blocks, blockSize, total };
    let intake: Intake | undefined;
    const input = await this.parts.net.openIn(group, (bytes, at) => intake?.datagram(bytes, at));
    this.#input = input;
    this.#progress.port = input.port;
    const dropsBefore = (await input.drops()) ?? 0;
    intake = new Intake(store, shape, async () => ((await input.drops()) ?? 0) - dropsBefore, {
      report: (report) => this.#sender.send(kinds.report, encodeReport(report)),
      complete: () => this.#do(() => this.#completed()),
    });
    this.#intake = intake;
    this.#progress.listens(intake);
    const port = group ? {} : { port: input.port };
    const ready: Ready = { receiveBuffer: input.receiveBuffer ?? 0, token: shape.token, ...port };
    this.#sender.send(kinds.ready, encode(ready));
    intake.begin();
  }

  async #stopListening(): Promise<void> {
    this.#intake?.stop();
    this.#progress.listens(undefined);
    this.#intake = undefined;
    await this.#input?.close();
    this.#input = undefined;
  }

  /** All blocks are here: whether they are the right ones, the hashes tell. */
  async #completed(): Promise<void> {
    const { store, manifest } = this.#progress;
    this.#progress.completed();
    this.#sender.send(kinds.complete);
    await this.#stopListening();
    this.#setPhase('verifying');
    this.#verifier ??= new Verifier(store!, manifest!.files.length);
    const outcome = await this.#verifier.verify((kind, body) => this.#sender.send(kind, body));
    if (outcome === 'stopped') return;
    if (outcome === 'again') {
      this.#setPhase('running');
      await this.#listen();
      return;
    }
    this.#progress.path = await store!.finish();
    this.#result = { whole: true };
    this.#sender.send(kinds.result, encode(this.#result));
    this.#setPhase('done');
    setTimeout(() => this.#end('done'), farewell).unref();
  }

  #dismissed(reason: string | undefined): void {
    if (this.#progress.phase === 'done') this.#end('done');
    else if (reason === 'cancelled') this.#end('cancelled');
    else this.#fail(new Fault('share-refused', { reason: reason ?? 'over' }, 1));
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    const fault = error instanceof Fault ? error : new Fault('engine-died', { reason: String(error) }, 1);
    this.#progress.reason = fault;
    this.#sender.send(kinds.result, encode({ whole: false, reason: fault.code } satisfies Result));
    this.#end('failed');
  }

  #end(phase: TransferPhase): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#progress.phase = phase;
    this.#events.stop();
    this.#verifier?.stop();
    this.#intake?.stop();
    this.#sender.close();
    void this.#work
      .then(() => this.#stopListening())
      .then(() => (this.#progress.path === undefined ? this.#progress.store?.close() : undefined))
      .catch(() => {})
      .then(() => {
        this.#events.show(true);
        this.#markEnded();
      });
  }

  #setPhase(phase: TransferPhase): void {
    this.#progress.phase = phase;
    this.#events.show(true);
  }
}
