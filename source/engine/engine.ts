// The live engine: puts sockets, pool, fold and recorder together. It runs in a thread of its own.
import type { Event, Received, Started } from '../core/event.ts';
import type { Fault } from '../core/fault.ts';
import type { Command } from '../core/feed.ts';
import { judgeHeard } from '../core/judge.ts';
import { toMicros } from '../core/message.ts';
import { Publisher, totalsOf, type Watch } from '../core/publish.ts';
import { forgetGone, resetCounters } from '../core/reap.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { newState } from '../core/state.ts';
import { now } from '../net/clock.ts';
import { openTransport } from '../net/multicast.ts';
import { PcapFile } from '../report/pcap-file.ts';
import { startTransfer } from '../transfer/start.ts';
import { type BatchResult, Pool } from '../workers/pool.ts';
import { Acknowledger } from './acknowledger.ts';
import { firstLines, readEvents } from './block.ts';
import { Diagnostician } from './diagnostician.ts';
import { Intake } from './intake.ts';
import { Journal } from './journal.ts';
import { takeLosses } from './losses.ts';
import { type Connect, Member } from './member.ts';
import { type EngineOptions, wantsPayloads } from './options.ts';
import { Pacer } from './pacer.ts';
import { finishRecording, startRecording } from './recording.ts';
import { Transfers } from './transfers.ts';
import { Warnings } from './warnings.ts';
import { Watchman } from './watchman.ts';

export type EngineOutput = {
  snapshot(snapshot: Snapshot): void;
  /** A block of event lines, to be given away. */
  lines(block: Uint8Array): void;
  ended(reason: string): void;
};

const judgeEvery = 200;
/** What waits for a worker at the end is still processed, but not for longer than this, ms. */
const drainWithin = 1000;

export class Engine {
  readonly #state = newState();
  readonly #publisher = new Publisher(this.#state);
  readonly #watchman = new Watchman(this.#state, (event) => this.#write(event), judgeEvery);
  readonly #intake: Intake | undefined;
  readonly #acks = new Acknowledger();
  readonly #warnings = new Warnings((event) => this.#write(event));
  readonly #startedAt = now();
  readonly #members: Member[] = [];
  readonly #journal: Journal;
  readonly #pool: Pool;
  readonly #pacer: Pacer;
  readonly #transfers: Transfers;
  readonly #diagnostician: Diagnostician;
  #watch: Watch = { peer: undefined, matrix: false };
  /** Why there is no recorder though there should be one. */
  #unrecorded: { stopped: string } | undefined;
  #timers: NodeJS.Timeout[] = [];
  #received = 0;
  #closing: Promise<void> | undefined;

  private constructor(
    private readonly options: EngineOptions,
    private readonly output: EngineOutput,
    private readonly connect: Connect,
    start: typeof startTransfer,
  ) {
    const print = options.lines ? (block: Uint8Array) => output.lines(block) : undefined;
    this.#journal = new Journal(this.#state, print, options.payloads);
    // A synthetic load is there to be seen in line.
    if (options.work === 0) this.#intake = new Intake(options.workers);
    this.#transfers = new Transfers({
      name: options.name,
      files: options.files,
      state: this.#state,
      member: (group) => this.#members.find(({ name }) => name === group) ?? this.#members[0]!,
      start,
      event: (event) => this.#write(event),
      fault: this.#warnings.warn,
    });
    this.#diagnostician = new Diagnostician({
      state: this.#state,
      options,
      members: this.#members,
      event: (event) => this.#write(event),
      fault: this.#warnings.warn,
      changed: () => this.#pacer.changed(),
    });
    this.#pacer = new Pacer(() => this.#publish(), now);
    this.#pool = new Pool({
      workers: options.workers,
      selfId: options.id,
      groups: options.groups.map(({ name }) => name),
      work: options.work,
      payloads: wantsPayloads(options),
      onBatch: (result) => this.#takeBatch(result),
      onFailure: this.#warnings.warn,
    });
  }

  /** Rejects with a Fault when a group cannot be joined. A session that cannot be written is a warning. */
  static async open(
    options: EngineOptions,
    output: EngineOutput,
    connect: Connect = openTransport,
    start: typeof startTransfer = startTransfer,
  ): Promise<Engine> {
    const engine = new Engine(options, output, connect, start);
    try {
      await engine.#open();
    } catch (error) {
      await engine.#release();
      throw error;
    }
    return engine;
  }

  command(command: Command): void {
    switch (command.do) {
      case 'say':
        this.#say(command.text, command.group);
        break;
      case 'watch':
        this.#watch = { peer: command.peer, matrix: command.matrix };
        break;
      case 'reset':
        resetCounters(this.#state);
        break;
      case 'share':
      case 'accept':
      case 'fetch':
      case 'decline':
      case 'cancel':
        this.#warnings.try(() => this.#transfers.obey(command));
        break;
      case 'forget':
        forgetGone(this.#state);
        break;
      case 'examine':
        this.#diagnostician.examine(now());
        break;
      case 'refresh':
        this.#diagnostician.refresh(command.every);
        break;
    }
    this.#pacer.changed();
  }

  tookSnapshot(): void {
    this.#pacer.taken();
  }

  tookLines(bytes: number): void {
    this.#journal.printed(bytes);
  }

  /** Says bye, leaves, finishes what waits, closes the session file. Safe to call twice. */
  close(reason: string): Promise<void> {
    this.#closing ??= this.#close(reason);
    return this.#closing;
  }

  async #open(): Promise<void> {
    const { options } = this;
    for (const [index, group] of options.groups.entries()) {
      this.#members.push(
        await Member.join(group, {
          connect: this.connect,
          options,
          startedAt: this.#startedAt,
          state: this.#state,
          datagram: (bytes, address, port, at, unicast) => {
            if (this.#intake?.admits(address, port, at, this.#pool.queued) === false) return;
            this.#pool.push(bytes, address, port, index, at, unicast);
          },
          event: (event) => this.#write(event),
          fault: this.#warnings.warn,
        }),
      );
    }
    const started = this.#started();
    if (options.record) {
      const tell = (fault: Fault) => {
        this.#unrecorded = { stopped: fault.code };
        this.#warnings.warn(fault);
      };
      this.#journal.recorder = await startRecording(options.record, started, tell);
    }
    if (options.pcap) {
      this.#journal.pcap = await PcapFile.open(options.pcap, started.groups, started, this.#warnings.warn);
    }
    this.#write(started);
    this.#warnings.begin();
    for (const member of this.#members) member.begin();
    this.#timers.push(setInterval(() => this.#tick(), this.#watchman.every));
    if (options.duration !== undefined) {
      this.#timers.push(setTimeout(() => void this.close('duration'), options.duration));
    }
  }

  async #close(reason: string): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all([this.#transfers.close(), this.#diagnostician.close()]);
    await Promise.all(this.#members.map((member) => member.leave(reason)));
    await this.#pool.drain(drainWithin);
    // What goes wrong with it now must still come before the end of the session.
    await this.#journal.pcap?.close();
    this.#tellLosses();
    this.#write({ type: 'stopped', at: now(), reason, totals: totalsOf(this.#state) });
    this.#publish();
    await this.#release();
    this.#journal.flush();
    this.output.ended(reason);
  }

  async #release(): Promise<void> {
    this.#pacer.stop();
    await Promise.all(this.#members.map((member) => member.close()));
    await this.#pool.close();
    await this.#journal.pcap?.close();
    const { recorder } = this.#journal;
    if (recorder && this.options.record) {
      await finishRecording(recorder, this.options.record, this.#warnings.warn);
    }
  }

  #started(): Started {
    const { version, id, name, workers, heartbeat } = this.options;
    const groups = this.#members.map(({ settings }) => settings);
    return { type: 'started', at: this.#startedAt, version, id, name, groups, workers, heartbeat };
  }

  #takeBatch(result: BatchResult): void {
    if (!result.failed) this.#intake?.learn(result);
    const room = (this.options.count ?? Number.POSITIVE_INFINITY) - this.#received;
    const kept = result.kept && firstLines(result.kept, room);
    const lines = firstLines(result.lines, room);
    // Only the file for Wireshark makes the engine look at payloads.
    const events = readEvents((this.#journal.pcap && kept) ?? lines);
    this.#received += events.length;
    this.#journal.writeBlock(lines, events, kept);
    const { worker, items, wait, run, looped, failed, endedAt: at } = result;
    const extras = { ...(looped > 0 ? { looped } : {}), ...(failed ? { failed } : {}) };
    this.#write({ type: 'task', at, worker, items, wait: toMicros(wait), run: toMicros(run), ...extras });
    for (const event of events) this.#react(event);
    if (this.#received === this.options.count) void this.close('count');
  }

  /** What one datagram calls for beyond being told: a verdict on its sender, an acknowledgement. */
  #react(event: Received): void {
    for (const verdict of judgeHeard(this.#state, event)) this.#journal.write(verdict);
    if (event.kind === 'share') this.#transfers.heard(event);
    if (!this.options.ack || !this.#acks.allows(event, now())) return;
    const of = event.kind === 'chat' ? event.seq : undefined;
    const member = this.#members.find(({ name }) => name === event.group);
    member?.acknowledge(event.address, event.port, of);
  }

  #tick(): void {
    this.#tellLosses();
    this.#watchman.look(now(), this.#pool.oldestAt);
    this.#diagnostician.look(now());
  }

  #tellLosses(): void {
    const parts = { pool: this.#pool, intake: this.#intake, acks: this.#acks, journal: this.#journal };
    for (const loss of takeLosses(parts)) this.#write(loss);
  }

  #say(text: string, group: string | undefined): void {
    const member = this.#members.find(({ name }) => name === group) ?? this.#members[0];
    this.#warnings.try(() => member?.chat(text));
  }

  #write(event: Event): void {
    this.#journal.write(event);
    this.#pacer.changed();
  }

  #publish(): void {
    this.output.snapshot(
      this.#publisher.snapshot(now(), this.#watch, {
        recording: this.#journal.recorder?.view() ?? this.#unrecorded,
        queued: this.#pool.queued,
        lag: this.#watchman.lag,
        ...this.#diagnostician.view(),
      }),
    );
  }
}
