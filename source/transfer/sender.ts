// The sender of a share: receivers register and wait at the barrier, then the data go out, until each of them has all
// and has proved it, or has been given up with a reason.
import { randomInt } from 'node:crypto';
import type { Transfer, TransferPhase } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import { groupName } from '../core/group.ts';
import type { DataOut } from '../net/data-socket.ts';
import { blockSizeFor, type Shape } from './block-datagram.ts';
import {
  decodeAskSections,
  decodeReady,
  decodeResult,
  encode,
  type Hello,
  kinds,
  type Ready,
  type Result,
  type Welcome,
} from './control.ts';
import type { ControlLink } from './control-link.ts';
import { type Caller, ControlServer } from './control-server.ts';
import { dataGroup } from './data-group.ts';
import type { DataNet } from './data-net.ts';
import { Distribution } from './distribution.ts';
import { FileHashes } from './file-hashes.ts';
import type { Frame } from './frames.ts';
import { Layout } from './layout.ts';
import { encodeManifest } from './manifest.ts';
import { Member } from './member.ts';
import type { SenderOptions } from './options.ts';
import { decodeReport, type Report } from './report.ts';
import { mostReceivers } from './sender-ledger.ts';
import { SourceStream } from './source-stream.ts';
import { stallOf } from './stall.ts';
import { type Listing, listFiles } from './walk.ts';

const eventEvery = 250;
/** A receiver whose connection was cut may come back for so long, ms. */
const grace = 15_000;
/** Sections of the stream in memory: what repairs ask for, which lies up to 23 MB behind. */
const sections = 28;
/** Of a socket buffer, the part that may be filled: the kernel's own bookkeeping takes the rest. */
const usableRoom = 0.75;

export type SenderParts = {
  net: DataNet;
  hashThread: URL;
  onEvent(event: Transfer): void;
  /** ms, instead of the 15 s above. */
  grace?: number;
};

export type Announced = { control: number; title: string; files: number; bytes: number; key: string };

export class Sender {
  readonly ended: Promise<void>;
  #markEnded!: () => void;
  announced!: Announced;
  #phase: TransferPhase = 'waiting';
  #reason: Fault | undefined;
  readonly #layout: Layout;
  readonly #shape: Shape;
  readonly #stream: SourceStream;
  readonly #hashes: FileHashes;
  readonly #manifest: Buffer;
  readonly #server: ControlServer;
  readonly #members: Member[] = [];
  /** The one of the group, and those to one receiver each. */
  #main: { distribution: Distribution; out: DataOut; group: { address: string; port: number } } | undefined;
  readonly #own = new Map<Member, { distribution: Distribution; out: DataOut }>();
  /** Of streams that are over. */
  #sentBefore = 0;
  readonly #openedAt = performance.now();
  #startedAt = 0;
  #doneAt = 0;
  readonly #timer: NodeJS.Timeout;
  #shown = '';

  /** Lists and begins to hash the files, and waits for receivers. Rejects with a Fault of files or sockets. */
  static async open(options: SenderOptions, parts: SenderParts): Promise<Sender> {
    const listing = await listFiles(options.paths);
    const sender = new Sender(options, parts, listing);
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
    private readonly listing: Listing,
  ) {
    const { manifest, sources } = listing;
    const blockSize = blockSizeFor(parts.net.mtu, options.group.family === 6);
    this.#layout = new Layout(
      manifest.files.map(({ size }) => size),
      blockSize,
    );
    const { blocks, total } = this.#layout;
    this.#shape = { token: newToken(), blocks, blockSize, total };
    this.#stream = new SourceStream(sources, this.#layout, sections);
    this.#hashes = new FileHashes(parts.hashThread, sources);
    this.#hashes.advance();
    this.#hashes.digests.catch((error) => {
      if (error instanceof Fault) this.#fail(error);
    });
    this.#manifest = Buffer.from(encodeManifest(manifest));
    this.#server = new ControlServer((hello, link) => this.#called(hello, link));
    this.ended = new Promise((resolve) => {
      this.#markEnded = resolve;
    });
    this.#timer = setInterval(() => this.#tick(), eventEvery);
  }

  cancel(): void {
    this.#end('cancelled', 'cancelled');
  }

  async #open(): Promise<void> {
    const { options, parts, listing } = this;
    if (options.mode === 'multicast') {
      const group = dataGroup(options.group, options.share);
      const out = await parts.net.openOut(group, (fault) => this.#fail(fault));
      this.#main = { distribution: this.#distribution(this.#shape, out), out, group };
    }
    const control = await this.#server.listen(parts.net.address, options.controlPort ?? 0);
    const { title, files, total: bytes, key } = listing.manifest;
    this.announced = { control, title, files: files.length, bytes, key };
    this.#show(true);
  }

  #distribution(shape: Shape, out: DataOut): Distribution {
    const { rate } = this.options;
    return new Distribution({
      shape,
      wire: { blockSize: shape.blockSize, mtu: this.parts.net.mtu, ipv6: this.options.group.family === 6 },
      stream: this.#stream,
      out,
      ...(rate === undefined ? {} : { cap: rate }),
      tell: (slot, number, front) =>
        this.#memberAt(shape.token, slot)?.link?.send(kinds.told, encode({ number, front })),
      failed: (error) => this.#fail(error),
    });
  }

  #memberAt(token: number, slot: number): Member | undefined {
    return this.#members.find((member) => member.token === token && member.place?.slot === slot);
  }

  #called(hello: Hello, link: ControlLink): Caller | { refused: string } {
    const { manifest } = this.listing;
    if (this.#isOver) return { refused: 'over' };
    if (hello.share !== this.options.share && hello.key !== manifest.key) return { refused: 'not-here' };
    const known = this.#members.find(({ id }) => id === hello.id);
    if (known?.isOver) return { refused: 'over' };
    if (!known && this.#members.filter((member) => !member.isOver).length >= mostReceivers)
      return { refused: 'full' };
    const member = known ?? new Member(this.#members.length + 1, hello, this.#shape.token);
    if (!known) this.#members.push(member);
    this.#disconnect(member);
    member.link = link;
    member.cutAt = undefined;
    member.address = link.address;
    member.port = link.port;
    this.#welcome(member, hello.key === manifest.key);
    this.#show(true);
    return {
      onFrame: (frame) => this.#take(member, link, frame),
      onEnd: () => {
        if (member.link !== link) return;
        member.leave();
        member.link = undefined;
        member.cutAt = performance.now();
      },
    };
  }

  /** What it had told over its connection of before says nothing any more. */
  #disconnect(member: Member): void {
    const { link } = member;
    member.link = undefined;
    link?.finish();
    member.leave();
  }

  #welcome(member: Member, hasManifest: boolean): void {
    const { clients, name, mode } = this.options;
    const onGroup = this.#main && !member.isApart;
    member.link!.send(
      kinds.welcome,
      encode({
        number: member.number,
        expected: clients ?? 0,
        token: member.token,
        blockSize: this.#shape.blockSize,
        key: this.listing.manifest.key,
        from: name,
        manifestBytes: hasManifest ? 0 : this.#manifest.length,
        mode: mode === 'unicast' ? 'unicast' : 'multicast',
        ...(onGroup && { group: { address: this.#main!.group.address, port: this.#main!.group.port } }),
      } satisfies Welcome),
    );
    if (!hasManifest) member.link!.sendParts(kinds.manifest, this.#manifest);
    if (this.#phase !== 'waiting') member.link!.send(kinds.start);
  }

  #take(member: Member, link: ControlLink, { kind, body }: Frame): void {
    if (member.link !== link || member.isOver) return;
    if (kind === kinds.report) {
      const report = decodeReport(body, this.#shape.blocks);
      if (!report) this.#drop(member, 'bad-report');
      else this.#reported(member, report);
    } else if (kind === kinds.ready) {
      const ready = decodeReady(body);
      if (ready) void this.#ready(member, link, ready).catch((error) => this.#fail(error));
      else link.close();
    } else if (kind === kinds.complete) this.#hasAll(member);
    else if (kind === kinds.askHashes) this.#tellHashes(link);
    else if (kind === kinds.askSections) this.#tellSections(link, decodeAskSections(body));
    else if (kind === kinds.result) this.#ended(member, decodeResult(body));
  }

  async #ready(member: Member, link: ControlLink, { receiveBuffer, port, token }: Ready): Promise<void> {
    // An answer to what was said before it was told of another stream.
    if (token !== member.token) return;
    const isOwn = member.isApart || !this.#main;
    if (isOwn && port === undefined) return link.close();
    member.leave();
    if (isOwn) await this.#openOwn(member, port!);
    if (member.link !== link || this.#isOver) return;
    const { distribution } = isOwn ? this.#own.get(member)! : this.#main!;
    const slot = distribution.join(Math.max(8192, Math.min(receiveBuffer, 2 ** 26) * usableRoom));
    if (slot < 0) return this.#drop(member, 'full');
    member.place = { distribution, slot };
    member.movedAt = performance.now();
    if (this.#startedAt > 0) this.#begin(member);
    for (const report of member.early.splice(0)) this.#reported(member, report);
  }

  async #openOwn(member: Member, port: number): Promise<void> {
    this.#closeOwn(member);
    const family = member.address.includes(':') ? 6 : 4;
    const out = await this.parts.net.openOut({ address: member.address, port, family }, () => {});
    const distribution = this.#distribution({ ...this.#shape, token: member.token }, out);
    this.#own.set(member, { distribution, out });
    if (this.#startedAt > 0) distribution.start();
  }

  #closeOwn(member: Member): void {
    const own = this.#own.get(member);
    if (!own) return;
    this.#own.delete(member);
    this.#sentBefore += own.distribution.sent;
    own.distribution.stop();
    void own.out.close();
  }

  #reported(member: Member, report: Report): void {
    const { place } = member;
    if (!place) {
      if (member.early.length < 4096) member.early.push(report);
      return;
    }
    const now = performance.now();
    if (place.distribution.report(place.slot, report, now)) {
      this.#drop(member, 'bad-report');
      return;
    }
    const wasKnown = member.known;
    member.reported(report, now);
    if (!wasKnown) this.#checkBarrier();
  }

  #hasAll(member: Member): void {
    if (!member.place) return;
    member.known = true;
    member.had = this.#shape.blocks;
    member.state = 'verifying';
    member.doneAt = performance.now();
    member.leave();
    this.#closeOwn(member);
    if (this.#startedAt === 0) this.#checkBarrier();
    this.#checkEnd();
  }

  #tellHashes(link: ControlLink): void {
    this.#hashes.digests.then(
      (digests) => link.sendParts(kinds.digests, Buffer.from(digests.join(''), 'hex')),
      // It is told by whoever began to hash.
      () => {},
    );
  }

  #tellSections(link: ControlLink, asked: number[] | undefined): void {
    if (!asked?.every((section) => section < this.#layout.sections)) {
      link.close();
      return;
    }
    Promise.all(
      asked.map(async (section) => ({ section, hash: await this.#stream.sectionHash(section) })),
    ).then(
      (hashes) => link.send(kinds.sections, encode(hashes)),
      (error) => this.#fail(error),
    );
  }

  #ended(member: Member, result: Result | undefined): void {
    if (!result) {
      member.link?.close();
      return;
    }
    member.doneAt ||= performance.now();
    if (result.whole) {
      member.had = this.#shape.blocks;
      member.state = 'whole';
      member.link?.send(kinds.end, encode({}));
    }
    this.#over(member, result.whole ? undefined : result.reason);
  }

  /** Gives a receiver up, and tells it why. */
  #drop(member: Member, reason: string): void {
    member.link?.send(kinds.end, encode({ reason }));
    this.#over(member, reason);
  }

  #over(member: Member, reason: string | undefined): void {
    if (reason !== undefined) {
      member.state = 'failed';
      member.reason = reason;
      member.doneAt ||= performance.now();
    }
    this.#disconnect(member);
    this.#closeOwn(member);
    this.#show(true);
    this.#checkEnd();
  }

  #checkBarrier(): void {
    if (this.#phase !== 'waiting') return;
    const ready = this.#members.filter(({ known, isOver }) => known && !isOver).length;
    const { clients, wait } = this.options;
    const waited = wait !== undefined && performance.now() - this.#openedAt >= wait;
    if (ready === 0 || !(waited || ready >= (clients ?? (wait === undefined ? 1 : Number.POSITIVE_INFINITY))))
      return;
    this.#startedAt = performance.now();
    this.#setPhase('running');
    for (const member of this.#members) this.#begin(member);
    this.#main?.distribution.start();
    for (const { distribution } of this.#own.values()) distribution.start();
  }

  #begin(member: Member): void {
    member.link?.send(kinds.start);
    member.movedAt = performance.now();
    member.startedAt ||= performance.now();
    if (member.state === 'registered') member.state = 'receiving';
  }

  #checkEnd(): void {
    if (this.#isOver || this.#startedAt === 0) return;
    const open = this.#members.filter((member) => !member.isOver);
    if (open.length === 0) {
      const isWhole = this.#members.every(({ state }) => state === 'whole');
      this.#end(isWhole ? 'done' : 'failed');
    } else if (!open.every(({ state }) => state === 'verifying')) {
      if (this.#phase === 'verifying') this.#setPhase('running');
    } else if (this.#phase === 'running') {
      this.#doneAt = performance.now();
      this.#setPhase('verifying');
    }
  }

  #tick(): void {
    const now = performance.now();
    this.#checkBarrier();
    for (const member of this.#members) {
      if (member.isOver) continue;
      if (member.cutAt !== undefined && now - member.cutAt > (this.parts.grace ?? grace)) {
        this.#drop(member, 'connection-lost');
      } else if (this.#startedAt > 0) this.#judge(member, now);
    }
    this.#show();
  }

  #judge(member: Member, now: number): void {
    const others = this.#members.some(
      (other) => other !== member && other.place?.distribution === this.#main?.distribution,
    );
    const verdict = stallOf(member, now, { others, minRate: this.options.minRate ?? 0 });
    if (verdict === 'drop') this.#drop(member, 'too-slow');
    else if (verdict === 'apart' && this.#main) {
      member.isApart = true;
      member.apartAt = now;
      member.state = 'stalled';
      member.token = newToken();
      member.leave();
      member.link?.send(kinds.apart, encode({ token: member.token }));
    }
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#reason = error instanceof Fault ? error : new Fault('engine-died', { reason: String(error) }, 1);
    this.#end('failed', this.#reason.code);
  }

  #over_ = false;
  get #isOver(): boolean {
    return this.#over_;
  }

  #end(phase: TransferPhase, reason?: string): void {
    if (this.#over_) return;
    this.#over_ = true;
    clearInterval(this.#timer);
    for (const member of this.#members) {
      if (member.isOver) continue;
      member.state = 'failed';
      member.reason = reason ?? 'over';
      member.link?.send(kinds.end, encode({ reason: member.reason }));
      member.leave();
      this.#closeOwn(member);
    }
    this.#server.close();
    this.#doneAt ||= performance.now();
    this.#main?.distribution.stop();
    this.#setPhase(phase);
    void Promise.allSettled([this.#hashes.stop(), this.#stream.close(), this.#main?.out.close()]).then(() =>
      this.#markEnded(),
    );
  }

  #setPhase(phase: TransferPhase): void {
    this.#phase = phase;
    this.#show(true);
  }

  #show(always = false): void {
    const now = performance.now();
    const { manifest } = this.listing;
    const bytesOf = (blocks: number) => Math.min(blocks * this.#shape.blockSize, this.#shape.total);
    const own = [...this.#own.values()].reduce((sum, { distribution }) => sum + distribution.sent, 0);
    const facts = {
      type: 'transfer' as const,
      share: this.options.share,
      role: 'sender' as const,
      phase: this.#phase,
      title: manifest.title,
      files: manifest.files.length,
      total: manifest.total,
      mode: this.options.mode,
      from: this.options.name,
      path: this.options.paths[0] ?? '',
      sent: this.#sentBefore + own + (this.#main?.distribution.sent ?? 0),
      receivers: this.#members.slice(0, mostReceivers).map((member) => member.row(bytesOf, now)),
      ...(this.#main && {
        group: groupName({ ...this.#main.group, family: this.options.group.family }),
      }),
      ...(this.#reason && { reason: { code: this.#reason.code, facts: this.#reason.facts } }),
      ...(this.#startedAt > 0 && { seconds: ((this.#doneAt || now) - this.#startedAt) / 1000 }),
    };
    const shown = JSON.stringify(facts);
    if (shown === this.#shown && !always) return;
    this.#shown = shown;
    this.parts.onEvent({ ...facts, at: performance.timeOrigin + now });
  }

  /** What the stream to the group thinks of its way. */
  get state(): Distribution['state'] | undefined {
    return this.#main?.distribution.state;
  }
}

const newToken = (): number => randomInt(0, 2 ** 32);
