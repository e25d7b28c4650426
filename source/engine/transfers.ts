// File transfers of this node: starts and ends them, announces what is shared each second while it lasts, and tells
// of them as events. The work itself is done in a thread of its own for each.
import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { GroupName, Received, Transfer } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import type { Command, ShareOptions } from '../core/feed.ts';
import { titleLimit } from '../core/message.ts';
import { declineOffer, offersOf } from '../core/offers.ts';
import { endpoint } from '../core/plain.ts';
import { safeText } from '../core/safe-text.ts';
import type { Offer } from '../core/share.ts';
import type { OfferView } from '../core/snapshot.ts';
import type { State } from '../core/state.ts';
import { isOver } from '../core/transfers.ts';
import { now } from '../net/clock.ts';
import { writeTransferLog } from '../session/transfer-log.ts';
import type { RunningTransfer, startTransfer } from '../transfer/start.ts';
import type { Member } from './member.ts';
import type { EngineOptions } from './options.ts';

const announceEvery = 1000;
/** Each one has a thread, sockets and files. */
const mostRunning = 8;
/** At the end of the engine they may say goodbye for so long, ms. */
const endWithin = 3000;
const pathLimit = 1024;

/** What it needs of this node's part in a group. */
export type Announcer = Pick<Member, 'group' | 'settings' | 'share'>;

export type TransfersOptions = {
  name: string;
  files: EngineOptions['files'];
  state: State;
  /** This node's part in a group, or in the first where none is named. */
  member(group: GroupName | undefined): Announcer;
  start: typeof startTransfer;
  event(event: Transfer): void;
  /** Something to know that does not end a transfer. */
  fault(error: unknown): void;
};

type FileCommand = Extract<Command, { do: 'share' | 'accept' | 'fetch' | 'decline' | 'cancel' }>;

type Running = {
  transfer: RunningTransfer<unknown>;
  /** The newest event; before the first, what is known without one. */
  last: Transfer;
  timer?: NodeJS.Timeout;
  /** Of a receiver: what it was offered, and where the sender is now. */
  offer?: OfferView;
};

export class Transfers {
  readonly #running = new Map<string, Running>();
  readonly #logs = new Set<Promise<void>>();

  constructor(private readonly options: TransfersOptions) {}

  /** Throws Fault('too-many-transfers') and ('no-such-offer'). What files are unfit for is told by an event. */
  obey(command: FileCommand): void {
    switch (command.do) {
      case 'share':
        this.#share(command.paths, command.options, this.options.member(command.group));
        break;
      case 'accept':
        this.#accept(command.share, command.out);
        break;
      case 'fetch':
        this.#fetch(command.address, command.port, command.out);
        break;
      case 'decline':
        declineOffer(this.options.state, command.share);
        break;
      case 'cancel':
        this.#running.get(command.share)?.transfer.cancel();
    }
  }

  #share(paths: string[], how: ShareOptions, member: Announcer): void {
    this.#mustHaveRoom();
    const share = randomBytes(8).toString('hex');
    const { name } = this.options;
    const full = paths.map(fullPath);
    const transfer = this.options.start({
      role: 'sender',
      share,
      paths: full,
      interface: member.settings.interface,
      group: member.group.group,
      ttl: member.group.ttl,
      name,
      ...how,
    });
    const title = full.map((path) => basename(path)).join(', ');
    const { mode, clients } = how;
    const running = this.#follow(transfer, { share, role: 'sender', title, from: name, mode });
    transfer.ready.then(
      (announced) => {
        const offer: Offer = { share, mode, ...announced, ...(clients === undefined ? {} : { clients }) };
        const announce = () => member.share(offer);
        if (!this.#running.has(share)) return;
        announce();
        running.timer = setInterval(announce, announceEvery);
      },
      () => {},
    );
  }

  #accept(share: string, out: string | undefined): void {
    if (this.#running.has(share)) return;
    const { state, member } = this.options;
    const offer = offersOf(state, now()).find((one) => one.share === share);
    if (!offer) throw new Fault('no-such-offer', {}, 1);
    const { title, files, bytes, mode, from, address, control: port, group } = offer;
    const on = member(group).settings.interface;
    this.#mustHaveRoom();
    const { name, files: to } = this.options;
    const transfer = this.options.start({
      role: 'receiver',
      share,
      address: withZone(address, on),
      port,
      out: fullPath(out ?? to?.out ?? '.'),
      name,
      interface: on,
      ...(to?.maxSize === undefined ? {} : { maxSize: to.maxSize }),
      ...(mode === 'lab' ? { lab: { title, bytes, from } } : {}),
    });
    const running = this.#follow(transfer, { share, role: 'receiver', title, from, mode }, { files, bytes });
    running.offer = { ...offer };
  }

  /** Nobody offered it: the person knows who has it, and nobody knows what it is. */
  #fetch(address: string, port: number, out: string | undefined): void {
    this.#mustHaveRoom();
    const { name, files: to } = this.options;
    const share = randomBytes(8).toString('hex');
    const from = endpoint(address, port);
    const transfer = this.options.start({
      role: 'receiver',
      share,
      address,
      port,
      out: fullPath(out ?? to?.out ?? '.'),
      name,
      ...(to?.maxSize === undefined ? {} : { maxSize: to.maxSize }),
      lab: { title: '?', bytes: 0, from },
    });
    this.#follow(transfer, { share, role: 'receiver', title: '?', from, mode: 'lab' });
  }

  /** An announcement. The sender of a share that is received here may have been started again on another port. */
  heard({ offer, address, group }: Received): void {
    if (offer?.key === undefined) return;
    for (const { transfer, offer: accepted } of this.#running.values()) {
      if (accepted?.key !== offer.key || accepted.address !== address) continue;
      if (accepted.share !== offer.share) declineOffer(this.options.state, offer.share);
      if (accepted.control === offer.control) continue;
      accepted.control = offer.control;
      transfer.moved(withZone(address, this.options.member(group).settings.interface), offer.control);
    }
  }

  #log(transfer: Transfer): void {
    const { files, fault } = this.options;
    if (files?.logs === undefined) return;
    const log = writeTransferLog(files.logs, transfer).then(() => {}, fault);
    this.#logs.add(log);
    void log.then(() => this.#logs.delete(log));
  }

  /** Ends all; resolves when those that were not over are gone, or their time is up. */
  async close(): Promise<void> {
    const open = [...this.#running.values()].filter(({ last }) => !isOver(last));
    for (const { transfer } of open) transfer.cancel();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, endWithin);
    });
    await Promise.race([Promise.all(open.map(({ transfer }) => transfer.ended)), late]);
    clearTimeout(timer);
    await Promise.all(this.#logs);
  }

  #mustHaveRoom(): void {
    if (this.#running.size >= mostRunning) throw new Fault('too-many-transfers', { limit: mostRunning }, 1);
  }

  #follow(
    transfer: RunningTransfer<unknown>,
    known: Pick<Transfer, 'share' | 'role' | 'title' | 'from' | 'mode'>,
    { files, bytes: total } = { files: 0, bytes: 0 },
  ): Running {
    const last: Transfer = {
      type: 'transfer',
      at: now(),
      phase: 'waiting',
      files,
      total,
      receivers: [],
      ...known,
    };
    const running: Running = { transfer, last };
    this.#running.set(known.share, running);
    transfer.onEvent((event) => this.#tell(running, event));
    let fault: Fault | undefined;
    transfer.ready.catch((error) => {
      if (error instanceof Fault) fault = error;
    });
    void transfer.ended.then(() => {
      // A thread that could not begin, or died, has said no last word.
      const { code, facts } = fault ?? new Fault('engine-died');
      if (!isOver(running.last)) {
        this.#tell(running, { ...running.last, at: now(), phase: 'failed', reason: { code, facts } });
      }
      clearInterval(running.timer);
      this.#running.delete(known.share);
    });
    return running;
  }

  /** File names are this host's own, yet may hold what moves a cursor. */
  #tell(running: Running, event: Transfer): void {
    if (isOver(running.last)) return;
    const title = safeText(event.title, titleLimit);
    const path = event.path === undefined ? {} : { path: safeText(event.path, pathLimit) };
    running.last = { ...event, title, ...path };
    if (isOver(event)) clearInterval(running.timer);
    this.options.event(running.last);
    if (isOver(event)) this.#log(running.last);
  }
}

/** As a person writes it: from the home with a tilde, or from the current directory. */
function fullPath(path: string): string {
  return /^~(?:\/|$)/.test(path) ? join(homedir(), path.slice(1)) : resolve(path);
}

/** A link-local address says nothing without its interface. */
const withZone = (address: string, on: string): string =>
  /^fe[89ab]/i.test(address) && !address.includes('%') ? `${address}%${on}` : address;
