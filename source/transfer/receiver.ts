// A receiver from its registration to the file under its name. Its control connection may be cut and its sender may be
// started anew: what is on the disk stays, and it goes on from there.
import type { Socket } from 'node:net';
import type { Transfer, TransferPhase, TransferReceiver } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import { type Group, groupName } from '../core/group.ts';
import type { DataIn } from '../net/data-socket.ts';
import type { Shape } from './block-datagram.ts';
import {
  decodeApart,
  decodeEnd,
  decodeTold,
  decodeWelcome,
  encode,
  kinds,
  partBytes,
  type Result,
  type Welcome,
} from './control.ts';
import { ControlLink } from './control-link.ts';
import type { DataNet } from './data-net.ts';
import type { Frame } from './frames.ts';
import { Intake } from './intake.ts';
import { decodeManifest, type Manifest } from './manifest.ts';
import type { ReceiverOptions } from './options.ts';
import { PartStore } from './part-store.ts';
import { encodeReport } from './report.ts';
import { Throughput } from './throughput.ts';
import { Verifier } from './verifier.ts';

/** A sender that cannot be reached for so long is given up, ms; tries in between. */
const patience = 30_000;
const retryEvery = 500;
/** For a whole receiver, the sender's last word. */
const farewell = 3000;
const eventEvery = 250;
/** Every frame of a sender comes in parts. */
const mostFrame = partBytes + 4096;

export type ReceiverParts = {
  net: DataNet;
  hashThread: URL;
  id: string;
  onEvent(event: Transfer): void;
  /** ms, instead of the 30 s above. */
  patience?: number;
};

export class Receiver {
  readonly ended: Promise<void>;
  #markEnded!: () => void;
  #phase: TransferPhase = 'waiting';
  #link: ControlLink | undefined;
  #address: string;
  #port: number;
  #welcome: Welcome | undefined;
  #token = 0;
  #manifestParts: Buffer[] = [];
  #manifest: Manifest | undefined;
  #store: PartStore | undefined;
  #input: DataIn | undefined;
  #intake: Intake | undefined;
  #verifier: Verifier | undefined;
  #path: string | undefined;
  #reason: Fault | undefined;
  #result: Result | undefined;
  #heardAt = performance.now();
  #startedAt = 0;
  #doneAt = 0;
  /** Of the intakes before this one. */
  readonly #before = { lost: 0, repaired: 0, drops: 0 };
  readonly #rate = new Throughput();
  readonly #events: NodeJS.Timeout;
  #shown = '';
  #retry: NodeJS.Timeout | undefined;
  /** One thing at a time, in the order in which it came: opening, listening, verifying. */
  #work: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: ReceiverOptions,
    private readonly parts: ReceiverParts,
  ) {
    this.#address = options.address;
    this.#port = options.port;
    this.ended = new Promise((resolve) => {
      this.#markEnded = resolve;
    });
    this.#events = setInterval(() => this.#show(), eventEvery);
    this.#connect();
  }

  /** The sender is found there now: it was started again. */
  moved(address: string, port: number): void {
    this.#address = address;
    this.#port = port;
  }

  cancel(): void {
    this.#link?.send(kinds.result, encode({ whole: false, reason: 'cancelled' } satisfies Result));
    this.#end('cancelled');
  }

  #connect(): void {
    if (this.#isOver) return;
    ControlLink.connect(this.#address, this.#port, 5000).then(
      (socket) => this.#connected(socket),
      () => this.#tryAgain(),
    );
  }

  #tryAgain(): void {
    if (this.#isOver) return;
    if (performance.now() - this.#heardAt > (this.parts.patience ?? patience)) {
      this.#fail(new Fault('share-gone', { address: this.#address, port: this.#port }, 1));
    } else this.#retry = setTimeout(() => this.#connect(), retryEvery);
  }

  #connected(socket: Socket): void {
    if (this.#isOver) {
      socket.destroy();
      return;
    }
    const link = new ControlLink(socket, mostFrame, {
      frame: (frame) => this.#take(link, frame),
      ended: () => {
        if (this.#link === link) this.#cut();
      },
    });
    this.#link = link;
    this.#manifestParts = [];
    const { share, name } = this.options;
    const key = this.#manifest?.key;
    link.send(kinds.hello, encode({ share, id: this.parts.id, name, ...(key === undefined ? {} : { key }) }));
  }

  #cut(): void {
    this.#link = undefined;
    this.#tryAgain();
  }

  #take(link: ControlLink, { kind, body }: Frame): void {
    if (link !== this.#link || this.#isOver) return;
    this.#heardAt = performance.now();
    const understood = this.#understand(kind, body);
    if (!understood) link.close();
  }

  /** False for what no sender says. Kinds of later versions are passed over. */
  #understand(kind: number, body: Buffer): boolean {
    if (kind === kinds.welcome) return this.#welcomed(decodeWelcome(body));
    if (kind === kinds.manifest) return this.#takeManifest(body);
    if (kind === kinds.start) {
      if (this.#phase === 'waiting') this.#setPhase('running');
      this.#startedAt ||= performance.now();
    } else if (kind === kinds.told) {
      const told = decodeTold(body);
      if (!told) return false;
      this.#intake?.told(told.number, told.front);
    } else if (kind === kinds.apart) {
      const apart = decodeApart(body);
      if (!apart) return false;
      this.#token = apart.token;
      this.#do(() => this.#listen(undefined));
    } else if (kind === kinds.digests || kind === kinds.sections) {
      return this.#verifier?.take(kind, body) ?? true;
    } else if (kind === kinds.end) {
      const end = decodeEnd(body);
      if (!end) return false;
      this.#dismissed(end.reason);
    }
    return true;
  }

  #welcomed(welcome: Welcome | undefined): boolean {
    if (!welcome) return false;
    if (
      this.#manifest &&
      (welcome.key !== this.#manifest.key || welcome.blockSize !== this.#welcome!.blockSize)
    ) {
      this.#fail(new Fault('share-refused', { reason: 'changed' }, 1));
      return true;
    }
    this.#welcome = welcome;
    this.#token = welcome.token;
    if (welcome.manifestBytes > 0) return true;
    if (!this.#manifest) return false;
    if (this.#phase === 'verifying') {
      this.#link?.send(kinds.complete);
      this.#verifier?.askAgain();
    } else this.#do(() => this.#begin());
    return true;
  }

  #takeManifest(body: Buffer): boolean {
    const wanted = this.#welcome?.manifestBytes ?? 0;
    this.#manifestParts.push(Buffer.from(body));
    const have = this.#manifestParts.reduce((sum, { length }) => sum + length, 0);
    if (have > wanted) return false;
    if (have < wanted) return true;
    const text = Buffer.concat(this.#manifestParts).toString();
    this.#manifestParts = [];
    this.#do(async () => {
      if (!this.#manifest) {
        const manifest = decodeManifest(text);
        const { maxSize } = this.options;
        if (maxSize !== undefined && manifest.total > maxSize) {
          throw new Fault('share-over-limit', { bytes: manifest.total, limit: maxSize }, 1);
        }
        this.#manifest = manifest;
      }
      await this.#begin();
    });
    return true;
  }

  /** Does the next piece of work after the one before; a Fault ends the transfer. */
  #do(work: () => Promise<void>): void {
    this.#work = this.#work
      .then(() => (this.#isOver ? undefined : work()))
      .catch((error) => this.#fail(error));
  }

  async #begin(): Promise<void> {
    const { blockSize, group } = this.#welcome!;
    this.#store ??= await PartStore.open({
      folder: this.options.out,
      manifest: this.#manifest!,
      blockSize,
      hashThread: this.parts.hashThread,
      onFault: (fault) => this.#fail(fault),
    });
    if (this.#result) this.#link?.send(kinds.result, encode(this.#result));
    else await this.#listen(group && { ...group, family: group.address.includes(':') ? 6 : 4 });
  }

  /** Opens the way in and tells the sender what is here already. */
  async #listen(group: Group | undefined): Promise<void> {
    await this.#stopListening();
    const store = this.#store!;
    const { blocks, total } = store.layout;
    const shape: Shape = { token: this.#token, blocks, blockSize: this.#welcome!.blockSize, total };
    let intake: Intake | undefined;
    const input = await this.parts.net.openIn(group, (bytes, _address, _port, at) => {
      intake?.datagram(bytes as Buffer, at);
    });
    this.#input = input;
    const dropsBefore = (await input.drops()) ?? 0;
    intake = new Intake(store, shape, async () => ((await input.drops()) ?? 0) - dropsBefore, {
      report: (report) => this.#link?.send(kinds.report, encodeReport(report)),
      complete: () => this.#do(() => this.#completed()),
    });
    this.#intake = intake;
    const receiveBuffer = input.receiveBuffer ?? 0;
    const port = group ? {} : { port: input.port };
    this.#link?.send(kinds.ready, encode({ receiveBuffer, token: shape.token, ...port }));
    intake.begin();
  }

  async #stopListening(): Promise<void> {
    const intake = this.#intake;
    intake?.stop();
    if (intake) {
      this.#before.lost += intake.lost;
      this.#before.repaired += intake.repaired;
      this.#before.drops += intake.dropped;
    }
    this.#intake = undefined;
    await this.#input?.close();
    this.#input = undefined;
  }

  /** All blocks are here: whether they are the right ones, the hashes tell. */
  async #completed(): Promise<void> {
    this.#doneAt = performance.now();
    this.#link?.send(kinds.complete);
    await this.#stopListening();
    this.#setPhase('verifying');
    this.#verifier ??= new Verifier(this.#store!, this.#manifest!.files.length);
    const outcome = await this.#verifier.verify((kind, body) => this.#link?.send(kind, body));
    if (outcome === 'stopped') return;
    if (outcome === 'again') {
      this.#setPhase('running');
      const { group } = this.#welcome!;
      await this.#listen(
        this.#token === this.#welcome!.token && group ? { ...group, family: familyOf(group) } : undefined,
      );
      return;
    }
    this.#path = await this.#store!.finish();
    this.#result = { whole: true };
    this.#link?.send(kinds.result, encode(this.#result));
    this.#setPhase('done');
    // The sender's last word is only a courtesy now: the file is here.
    const timer = setTimeout(() => this.#finish(), farewell);
    timer.unref();
  }

  #dismissed(reason: string | undefined): void {
    if (this.#phase === 'done') this.#finish();
    else if (reason === 'cancelled') this.#end('cancelled');
    else this.#fail(new Fault('share-refused', { reason: reason ?? 'over' }, 1));
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#reason = error instanceof Fault ? error : new Fault('engine-died', { reason: String(error) }, 1);
    this.#link?.send(kinds.result, encode({ whole: false, reason: this.#reason.code } satisfies Result));
    this.#end('failed');
  }

  #over = false;
  get #isOver(): boolean {
    return this.#over;
  }

  #finish(): void {
    this.#end('done');
  }

  #end(phase: TransferPhase): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#retry);
    clearInterval(this.#events);
    this.#phase = phase;
    this.#verifier?.stop();
    this.#intake?.stop();
    this.#link?.finish();
    void this.#work
      .then(() => this.#stopListening())
      .then(() => (this.#path === undefined ? this.#store?.close() : undefined))
      .catch(() => {})
      .then(() => {
        this.#show(true);
        this.#markEnded();
      });
  }

  #setPhase(phase: TransferPhase): void {
    this.#phase = phase;
    this.#show(true);
  }

  #show(always = false): void {
    const event = this.#event();
    const { at: _at, ...rest } = event;
    const shown = JSON.stringify(rest);
    if (shown === this.#shown && !always) return;
    this.#shown = shown;
    this.parts.onEvent(event);
  }

  #event(): Transfer {
    const manifest = this.#manifest;
    const welcome = this.#welcome;
    const { timeOrigin } = performance;
    const group = welcome?.group;
    return {
      type: 'transfer',
      at: timeOrigin + performance.now(),
      share: this.options.share,
      role: 'receiver',
      phase: this.#phase,
      title: manifest?.title ?? '',
      files: manifest?.files.length ?? 0,
      total: manifest?.total ?? 0,
      mode: welcome?.mode ?? 'multicast',
      from: welcome?.from ?? '',
      receivers: welcome ? [this.#row()] : [],
      ...(group && { group: groupName({ ...group, family: familyOf(group) }) }),
      ...(this.#path === undefined ? {} : { path: this.#path }),
      ...(this.#reason && { reason: { code: this.#reason.code, facts: this.#reason.facts } }),
      ...this.#seconds(),
    };
  }

  #row(): TransferReceiver {
    const store = this.#store;
    const bytes = store ? Math.min(store.had.count * store.layout.blockSize, store.layout.total) : 0;
    this.#rate.see(bytes, performance.now());
    return {
      number: this.#welcome!.number,
      name: this.options.name,
      address: this.parts.net.address,
      port: this.#input?.port ?? 0,
      bytes,
      lost: this.#before.lost + (this.#intake?.lost ?? 0),
      repaired: this.#before.repaired + (this.#intake?.repaired ?? 0),
      drops: this.#before.drops + (this.#intake?.dropped ?? 0),
      rate: this.#rate.rate,
      state: this.#state(),
      ...this.#seconds(),
    };
  }

  #state(): TransferReceiver['state'] {
    const states: Record<TransferPhase, TransferReceiver['state']> = {
      waiting: 'registered',
      running: 'receiving',
      verifying: 'verifying',
      done: 'whole',
      failed: 'failed',
      cancelled: 'failed',
    };
    return states[this.#phase];
  }

  #seconds(): { seconds?: number } {
    if (this.#startedAt === 0) return {};
    return { seconds: ((this.#doneAt || performance.now()) - this.#startedAt) / 1000 };
  }
}

const familyOf = ({ address }: { address: string }) => (address.includes(':') ? 6 : 4);
