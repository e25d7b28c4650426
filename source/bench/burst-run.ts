// One run: an engine with its pool, a sender as a process of its own, and a burst from one to the other through the
// group. Nothing is recorded and nobody else is in that group.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Event, Joined, Warning } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import { groupName, parseGroup } from '../core/group.ts';
import { type LiveFeed, startEngine } from '../engine/live.ts';
import { type BurstCell, type BurstRun, BurstWatch } from './burst-figures.ts';
import { BurstSender } from './burst-sender.ts';
import { anyGroup, ownTtl } from './own-group.ts';

/** Between two looks whether it is over, ms. */
const look = 10;
/** All that the engine has is over when it tells nothing for so long, ms: it tells of the kernel's drops each second. */
const silence = 2500;
/** Threads measure their own computing as they start; so long is waited until each has worked, ms. */
const warmUp = 20_000;

export type BurstSetting = {
  cell: BurstCell;
  /** Of this cell, from 1. */
  run: number;
  interface: string;
  version: string;
};

export type BurstNotice = Joined | Warning;

/**
 * `tell` hears what the engine has to say to a person. Rejects with a Fault of the network, `bench-silence`
 * {interface} or `bench-sender-died`, or with the reason of the signal; nothing of it is left then.
 */
export async function runBurst(
  setting: BurstSetting,
  signal: AbortSignal,
  tell: (event: BurstNotice) => void,
): Promise<BurstRun> {
  const { cell, run } = setting;
  signal.throwIfAborted();
  const group = parseGroup(anyGroup());
  const transport = { group, interface: setting.interface, ttl: ownTtl };
  const engine = await startEngine({
    version: setting.version,
    groups: [{ ...transport, name: groupName(group) }],
    id: identity(),
    name: 'bench',
    workers: cell.workers,
    work: cell.work,
    heartbeat: 0,
    bandwidth: 1,
    ack: false,
    record: undefined,
    lines: true,
    count: undefined,
    duration: undefined,
  });
  let sender: BurstSender | undefined;
  try {
    const id = identity();
    const watched = new Watched(engine, id, tell);
    sender = await BurstSender.start({ group: transport, id });
    const warm = await watched.warmedUp(sender, setting, signal);
    return await watched.burst(sender, { cell, run, from: warm + 1 }, signal);
  } finally {
    await Promise.all([sender?.stop(), engine.close('bench')]);
  }
}

const identity = (): string => randomBytes(8).toString('hex');

/** An engine's events, as they come. */
class Watched {
  readonly #busy = new Set<number>();
  #warm = 0;
  #watch: BurstWatch | undefined;
  #newsAt = 0;
  #broken: unknown;

  constructor(
    engine: LiveFeed,
    private readonly id: string,
    private readonly tell: (event: BurstNotice) => void,
  ) {
    engine.ended.catch((error: unknown) => {
      this.#broken = error;
    });
    engine.onLines((block) => {
      this.#newsAt = performance.now();
      for (const event of JSON.parse(`[${block}]`) as Event[]) this.#take(event);
    });
  }

  /** Sends until every worker has worked. Resolves with the last number that was sent. */
  async warmedUp(
    sender: BurstSender,
    { cell, interface: on }: BurstSetting,
    signal: AbortSignal,
  ): Promise<number> {
    const end = performance.now() + warmUp;
    let sent = 0;
    while (this.#busy.size < cell.workers && performance.now() < end) {
      sent += await sender.send({ from: sent + 1, count: cell.workers });
      const next = performance.now() + 2 * cell.work + 100;
      await this.#until(() => this.#warm === sent || performance.now() > next, signal);
    }
    if (this.#warm === 0) throw new Fault('bench-silence', { interface: on }, 1);
    const patience = this.#patience(cell);
    await this.#until(() => this.#warm === sent || this.#isSilent(patience), signal);
    return sent;
  }

  async burst(
    sender: BurstSender,
    { cell, run, from }: { cell: BurstCell; run: number; from: number },
    signal: AbortSignal,
  ): Promise<BurstRun> {
    const watch = new BurstWatch(({ id, seq = 0 }) => id === this.id && seq >= from);
    this.#watch = watch;
    const sent = await Promise.race([sender.send({ from, count: cell.burst }), this.#aborted(signal)]);
    this.#newsAt = performance.now();
    const patience = this.#patience(cell);
    await this.#until(() => watch.settled >= sent || this.#isSilent(patience), signal);
    return watch.figures(cell, run, sent);
  }

  #take(event: Event): void {
    if (event.type === 'warning' || event.type === 'joined') this.tell(event);
    if (event.type === 'task') this.#busy.add(event.worker);
    if (event.type === 'received' && event.id === this.id) this.#warm++;
    this.#watch?.take(event);
  }

  /** All workers share the cores, and a batch of slow work may be all that happens meanwhile. */
  #patience({ workers, work }: BurstCell): number {
    return silence + 2 * workers * work;
  }

  #isSilent(patience: number): boolean {
    return performance.now() - this.#newsAt > patience;
  }

  async #until(isDone: () => boolean, signal: AbortSignal): Promise<void> {
    while (!isDone()) {
      if (this.#broken) throw this.#broken;
      await sleep(look, undefined, { signal });
    }
  }

  #aborted(signal: AbortSignal): Promise<never> {
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  }
}
