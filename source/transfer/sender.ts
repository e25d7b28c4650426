// The sender of a share: receivers register and wait at the barrier, then the data go out, until each of them has all
// and has proved it, or has been given up with a reason.
import { randomInt } from 'node:crypto';
import type { Transfer } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import type { TransferPhase } from '../core/share.ts';
import { blockSizeFor, type Shape } from './block-datagram.ts';
import { Content } from './content.ts';
import type { Hello, Ready, Result } from './control.ts';
import { decodeReady, decodeResult, kinds } from './control.ts';
import type { ControlLink } from './control-link.ts';
import { type Caller, ControlServer } from './control-server.ts';
import { dataGroup } from './data-group.ts';
import type { DataNet } from './data-net.ts';
import { EventTap } from './event-tap.ts';
import type { Frame } from './frames.ts';
import type { Member } from './member.ts';
import type { SenderOptions } from './options.ts';
import { decodeReport, type Report } from './report.ts';
import { Roster } from './roster.ts';
import { senderFacts } from './sender-facts.ts';
import { stallOf } from './stall.ts';
import { Streams } from './streams.ts';
import { welcomeOf } from './welcome.ts';

/** A receiver whose connection was cut may come back for so long, ms. */
const grace = 15_000;
const tokens = 2 ** 32;

export type SenderParts = {
  net: DataNet;
  hashThread: URL;
  onEvent(event: Transfer): void;
  /** ms, instead of the 15 s above. */
  grace?: number;
};

/** What to announce; `control` is the TCP port, `key` the SHA-256 that says which content it is. */
export type Announced = { control: number; title: string; files: number; bytes: number; key: string };

export class Sender {
  /** Resolves when it is over, however; the last event says how. */
  readonly ended: Promise<void>;
  #markEnded!: () => void;
  announced!: Announced;
  #phase: TransferPhase = 'waiting';
  #reason: Fault | undefined;
  readonly #shape: Shape;
  readonly #streams: Streams;
  readonly #server: ControlServer;
  readonly #roster = new Roster();
  readonly #openedAt = performance.now();
  #startedAt = 0;
  #doneAt = 0;
  readonly #events: EventTap;
  #isOver = false;

  /** Lists and begins to hash the files, and waits for receivers. Rejects with a Fault of files or sockets. */
  static async open(options: SenderOptions, parts: SenderParts): Promise<Sender> {
    const blockSize = blockSizeFor(parts.net.mtu, options.group.family === 6);
    const content = await Content.open(options.paths, blockSize, parts.hashThread);
    const sender = new Sender(options, parts, content);
    try {
      await sender.#open();
      return sender;
    } catch (error) {
      sender.#end('failed');
      throw error;
    }
  }

  private constructor(
    private readonly options: SenderOptions,
    private readonly parts: SenderParts,
    private readonly content: Content,
  ) {
    const { net, onEvent } = parts;
    const { rate } = options;
    const { blocks, total, blockSize } = content.layout;
    this.#shape = { token: randomInt(tokens), blocks, blockSize, total };
    this.#streams = new Streams({
      net,
      shape: this.#shape,
      wire: { blockSize, mtu: net.mtu, ipv6: options.group.family === 6 },
      stream: content.stream,
      ...(rate === undefined ? {} : { cap: rate }),
      tell: (token, slot, number, front) => {
        this.#roster.at(token, slot)?.send(kinds.told, { number, front });
      },
      failed: (error) => this.#fail(error),
    });
    this.#server = new ControlServer((hello, link) => this.#called(hello, link));
    this.ended = new Promise((resolve) => {
      this.#markEnded = resolve;
    });
    this.#events = new EventTap(
      () => this.#facts(),
      onEvent,
      () => this.#tick(),
    );
    content.onFault((fault) => this.#fail(fault));
  }

  cancel(): void {
    this.#end('cancelled', 'cancelled');
  }

  async #open(): Promise<void> {
    const { options, parts } = this;
    if (options.mode === 'multicast') {
      await this.#streams.openMain(dataGroup(options.group, options.share), (fault) => this.#fail(fault));
    }
    const control = await this.#server.listen(parts.net.address, options.controlPort ?? 0);
    const { title, files, total: bytes, key } = this.content.manifest;
    this.announced = { control, title, files: files.length, bytes, key };
    this.#events.show(true);
  }

  #called(hello: Hello, link: ControlLink): Caller | { refused: string } {
    const { key } = this.content.manifest;
    if (this.#isOver) return { refused: 'over' };
    if (hello.share !== this.options.share && hello.key !== key) return { refused: 'not-here' };
    const known = this.#roster.find(hello.id);
    if (known?.isOver) return { refused: 'over' };
    if (!known && this.#roster.isFull) return { refused: 'full' };
    const member = known ?? this.#roster.add(hello, this.#shape.token);
    // What it had told over its connection of before says nothing any more.
    member.disconnect();
    member.connect(link);
    this.#welcome(member, hello.key === key);
    this.#events.show(true);
    return {
      onFrame: (frame) => this.#take(member, link, frame),
      onEnd: () => {
        if (member.link === link) member.cut();
      },
    };
  }

  #welcome(member: Member, hasManifest: boolean): void {
    const { options, content } = this;
    const { group } = this.#streams;
    member.send(kinds.welcome, welcomeOf(member, options, content, { group, hasManifest }));
    if (!hasManifest) member.link?.sendParts(kinds.manifest, content.encoded);
    if (this.#startedAt > 0) member.send(kinds.start);
  }

  #take(member: Member, link: ControlLink, { kind, body }: Frame): void {
    if (member.link !== link || member.isOver) return;
    const failed = (error: unknown) => this.#fail(error);
    if (kind === kinds.report) this.#reported(member, decodeReport(body, this.#shape.blocks));
    else if (kind === kinds.ready) this.#ready(member, link, decodeReady(body)).catch(failed);
    else if (kind === kinds.complete) this.#hasAll(member);
    else if (kind === kinds.result) this.#told(member, decodeResult(body));
    else this.content.answer(kind, body, link).catch(failed);
  }

  /** It listens now, for the first time or again: what it has its reports tell. */
  async #ready(member: Member, link: ControlLink, ready: Ready | undefined): Promise<void> {
    const isOwn = member.isApart || !this.#streams.group;
    if (!ready || (isOwn && ready.port === undefined)) {
      link.close();
      return;
    }
    // An answer to what was said before it was told of another stream.
    if (ready.token !== member.token) return;
    member.leave();
    const distribution = await this.#streams.of(member, ready.port);
    if (member.link !== link || this.#isOver) return;
    if (!member.join(distribution, ready.receiveBuffer)) {
      this.#drop(member, 'full');
      return;
    }
    if (this.#startedAt > 0) member.begin();
    for (const report of member.early.splice(0)) this.#reported(member, report);
  }

  #reported(member: Member, report: Report | undefined): void {
    const wasKnown = member.known;
    if (!report || !member.report(report)) this.#drop(member, 'bad-report');
    else if (!wasKnown && member.known) this.#checkBarrier();
  }

  #hasAll(member: Member): void {
    if (!member.place) return;
    member.complete(this.#shape.blocks);
    this.#streams.close(member);
    this.#checkBarrier();
    this.#checkEnd();
  }

  #told(member: Member, result: Result | undefined): void {
    if (!result) member.link?.close();
    else if (result.whole) {
      member.send(kinds.end, {});
      this.#over(member, undefined);
    } else this.#over(member, result.reason);
  }

  /** Gives a receiver up, and tells it why. */
  #drop(member: Member, reason: string): void {
    member.send(kinds.end, { reason });
    this.#over(member, reason);
  }

  #over(member: Member, reason: string | undefined): void {
    member.end(this.#shape.blocks, reason);
    this.#streams.close(member);
    this.#events.show(true);
    this.#checkEnd();
  }

  #checkBarrier(): void {
    if (this.#phase !== 'waiting') return;
    if (!this.#roster.passes(this.options, performance.now() - this.#openedAt)) return;
    this.#startedAt = performance.now();
    this.#setPhase('running');
    for (const member of this.#roster.open) member.begin();
    this.#streams.start();
  }

  #checkEnd(): void {
    if (this.#isOver || this.#startedAt === 0) return;
    const { open, allWhole } = this.#roster;
    if (open.length === 0) {
      this.#end(allWhole ? 'done' : 'failed');
    } else if (!open.every(({ state }) => state === 'verifying')) {
      if (this.#phase === 'verifying') this.#setPhase('running');
    } else if (this.#phase === 'running') {
      this.#doneAt = performance.now();
      this.#setPhase('verifying');
    }
  }

  #tick(): void {
    this.#checkBarrier();
    const now = performance.now();
    for (const member of this.#roster.open) {
      const isGone = member.cutAt !== undefined && now - member.cutAt > (this.parts.grace ?? grace);
      if (isGone) this.#drop(member, 'connection-lost');
      else if (this.#startedAt > 0) this.#judge(member, now);
    }
  }

  #judge(member: Member, now: number): void {
    const others = this.#roster.open.some((other) => other !== member && this.#streams.isOnMain(other));
    const verdict = stallOf(member, now, { others, minRate: this.options.minRate ?? 0 });
    if (verdict === 'drop') this.#drop(member, 'too-slow');
    else if (verdict === 'apart') member.setApart(randomInt(tokens), now);
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#reason = error instanceof Fault ? error : new Fault('engine-died', { reason: String(error) }, 1);
    this.#end('failed', this.#reason.code);
  }

  #end(phase: TransferPhase, reason = 'over'): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#events.stop();
    for (const member of this.#roster.open) {
      member.send(kinds.end, { reason });
      member.end(this.#shape.blocks, reason);
    }
    this.#server.close();
    this.#doneAt ||= performance.now();
    this.#setPhase(phase);
    void Promise.allSettled([this.#streams.closeAll(), this.content.close()]).then(() => this.#markEnded());
  }

  #setPhase(phase: TransferPhase): void {
    this.#phase = phase;
    this.#events.show(true);
  }

  #facts(): Omit<Transfer, 'at'> {
    const now = performance.now();
    return senderFacts({
      options: this.options,
      content: this.content,
      streams: this.#streams,
      members: this.#roster.members,
      phase: this.#phase,
      reason: this.#reason,
      time: this.#startedAt === 0 ? undefined : (this.#doneAt || now) - this.#startedAt,
      now,
    });
  }
}
