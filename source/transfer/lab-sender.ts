// A server of the lab protocol: waits until all clients have come, then sends each of them a copy of the file. What of it
// arrived it knows only from clients of ours, which say so at the end.
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Transfer } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import type { TransferPhase } from '../core/share.ts';
import { codeOf } from '../session/disk.ts';
import type { DataNet } from './data-net.ts';
import { EventTap } from './event-tap.ts';
import { labFacts } from './lab-facts.ts';
import { LabMember } from './lab-member.ts';
import { type LabClient, LabServer } from './lab-server.ts';
import type { SenderOptions } from './options.ts';
import type { Announced } from './sender.ts';
import { type Listing, listFiles } from './walk.ts';

/** After the last datagram, what the clients have to say is waited for no longer than this, ms. */
const farewell = 10_000;

export type LabSenderParts = { net: DataNet; onEvent(event: Transfer): void };

export class LabSender {
  /** Resolves when it is over, however; the last event says how. */
  readonly ended: Promise<void>;
  announced!: Announced;
  #phase: TransferPhase = 'waiting';
  #reason: Fault | undefined;
  readonly #members: LabMember[] = [];
  readonly #server: LabServer;
  readonly #events: EventTap;
  readonly #openedAt = performance.now();
  #startedAt = 0;
  #sentAt = 0;
  /** Ends the wait at the barrier. */
  #begin!: (go: 'go' | 'cancelled') => void;
  readonly #begun: Promise<'go' | 'cancelled'>;
  readonly #cancelled = new AbortController();

  /** Rejects with Fault('lab-one-file'), or one of files or sockets. */
  static async open(options: SenderOptions, parts: LabSenderParts): Promise<LabSender> {
    const listing = await listFiles(options.paths);
    if (listing.manifest.kind !== 'file') throw new Fault('lab-one-file');
    const { path } = listing.sources[0]!;
    const file = await open(path, constants.O_RDONLY).catch((error) => {
      throw new Fault('file-failed', { path, reason: codeOf(error) });
    });
    const sender = new LabSender(options, parts, listing, file);
    try {
      const { title, total: bytes, key } = listing.manifest;
      const control = await sender.#server.listen(parts.net.address, options.controlPort ?? 0);
      sender.announced = { control, title, files: 1, bytes, key };
      sender.#events.show(true);
      return sender;
    } catch (error) {
      sender.cancel();
      throw error;
    }
  }

  private constructor(
    private readonly options: SenderOptions,
    private readonly parts: LabSenderParts,
    private readonly listing: Listing,
    private readonly file: FileHandle,
  ) {
    this.#begun = new Promise((resolve) => {
      this.#begin = resolve;
    });
    this.#server = new LabServer(
      (number) => options.clients ?? number,
      (client) => this.#registered(client),
    );
    this.#events = new EventTap(
      () => this.#facts(),
      parts.onEvent,
      () => this.#checkBarrier(),
    );
    this.ended = this.#run();
  }

  cancel(): void {
    this.#cancelled.abort();
    this.#begin('cancelled');
    for (const { copy } of this.#members) copy?.stop();
  }

  #registered(client: LabClient): void {
    this.#members.push(new LabMember(client));
    this.#members.sort((a, b) => a.number - b.number);
    this.#events.show(true);
    this.#checkBarrier();
  }

  /** As for other shares: enough have come, or the time is up; without either the first one opens it. */
  #checkBarrier(): void {
    const { clients, wait } = this.options;
    const come = this.#members.length;
    const isTime = wait !== undefined && performance.now() - this.#openedAt >= wait;
    const enough = clients ?? (wait === undefined ? 1 : Number.POSITIVE_INFINITY);
    if (come >= enough || (come > 0 && isTime)) this.#begin('go');
  }

  async #run(): Promise<void> {
    try {
      if ((await this.#begun) === 'go') {
        this.#server.closeDoor();
        await this.#send();
        await this.#hear();
      }
      this.#phase = this.#outcome();
    } catch (error) {
      this.#reason = error instanceof Fault ? error : new Fault('engine-died', { reason: String(error) }, 1);
      this.#phase = 'failed';
    }
    this.#server.close();
    await Promise.allSettled(this.#members.map((member) => member.close()));
    await this.file.close();
    this.#events.stop();
    if (this.announced) this.#events.show(true);
  }

  /** One copy for each, all at the same time. */
  async #send(): Promise<void> {
    const { net } = this.parts;
    const { rate } = this.options;
    const { title: name, total: size } = this.listing.manifest;
    this.#phase = 'running';
    await Promise.all(this.#members.map((member) => member.open(net, rate)));
    this.#startedAt = performance.now();
    this.#events.show(true);
    const content = { name, size, file: this.file };
    const { path, mtimeMs } = this.listing.sources[0]!;
    const complete = await Promise.all(this.#members.map((member) => member.send(content))).catch((error) => {
      throw new Fault('file-failed', { path, reason: codeOf(error) }, 1);
    });
    this.#sentAt = performance.now();
    const now = await this.file.stat();
    if (complete.includes(false) || now.size !== size || now.mtimeMs !== mtimeMs) {
      throw new Fault('file-changed', { path }, 1);
    }
  }

  async #hear(): Promise<void> {
    if (this.#cancelled.signal.aborted) return;
    this.#phase = 'verifying';
    this.#events.show(true);
    const late = sleep(farewell, undefined, { signal: this.#cancelled.signal }).catch(() => {});
    await Promise.race([Promise.all(this.#members.map((member) => member.said)), late]);
    for (const member of this.#members) member.settle();
  }

  #outcome(): TransferPhase {
    if (this.#cancelled.signal.aborted) return 'cancelled';
    const { total } = this.listing.manifest;
    return this.#members.every((member) => member.isWhole(total)) ? 'done' : 'failed';
  }

  #facts(): Omit<Transfer, 'at'> {
    const now = performance.now();
    return labFacts({
      options: this.options,
      listing: this.listing,
      members: this.#members,
      phase: this.#phase,
      reason: this.#reason,
      time: this.#startedAt === 0 ? undefined : (this.#sentAt || now) - this.#startedAt,
      now,
    });
  }
}
