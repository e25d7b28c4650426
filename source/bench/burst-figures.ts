// What the events of an engine say of one burst: how fast it was worked off, how long its datagrams waited, and how
// many workers were at it at once.
import type { Event, Received, Task } from '../core/event.ts';
import { percentile } from './spread.ts';

/** One thing to measure: a burst of so many datagrams, each with `work` ms of computing. */
export type BurstCell = { workers: number; burst: number; work: number };

/** Milliseconds, by nearest rank; 0 of nothing. */
export type Quantiles = { p50: number; p95: number; p99: number; max: number };

/** One run of it: `sent` is what was processed, dropped and shed together. */
export type BurstRun = BurstCell & {
  /** Of this cell, from 1. */
  run: number;
  sent: number;
  processed: number;
  /** Sent and never seen by the engine: the kernel dropped it at the full socket, or a worker died of it. */
  dropped: number;
  /** Turned away by the program's own full queues. */
  shed: number;
  /** From the first arrival to the end of the last work, s; datagrams processed in a second of it. */
  seconds: number;
  throughput: number;
  /** From its arrival at the socket until a worker began with its batch. */
  wait: Quantiles;
  /** From when it was sent until a worker was done with its batch. */
  latency: Quantiles;
  /** Time of work of all workers together, by `seconds`; and the most workers at one instant. */
  overlap: number;
  atOnce: number;
};

/** Milliseconds of one worker. */
type Span = { from: number; to: number };

/** Takes the events of one engine, and of them only what `isOfBurst` says is of the burst. */
export class BurstWatch {
  readonly #waits: number[] = [];
  readonly #latencies: number[] = [];
  readonly #spans: Span[] = [];
  /** Received, and not yet followed by their task. */
  #open: Received[] = [];
  #firstAt = Number.POSITIVE_INFINITY;
  #told = 0;
  #shed = 0;

  constructor(private readonly isOfBurst: (event: Received) => boolean) {}

  get processed(): number {
    return this.#latencies.length;
  }

  /** Datagrams whose fate is known: processed, shed, or said by the kernel to be dropped. */
  get settled(): number {
    return this.processed + this.#shed + this.#told;
  }

  take(event: Event): void {
    if (event.type === 'received' && this.isOfBurst(event)) this.#open.push(event);
    else if (event.type === 'task') this.#done(event);
    else if (event.type === 'dropped') this.#told += event.count;
    // Lines that did not come here were worked on, and nobody can say how long.
    else if (event.type === 'shed' && (event.what === 'queue' || event.what === 'screen'))
      this.#shed += event.count;
  }

  figures(cell: BurstCell, run: number, sent: number): BurstRun {
    const { processed } = this;
    const lastAt = Math.max(...this.#spans.map(({ to }) => to));
    const seconds = processed > 0 ? Math.max(lastAt - this.#firstAt, 0.001) / 1000 : 0;
    const worked = this.#spans.reduce((sum, { from, to }) => sum + to - from, 0) / 1000;
    const shed = Math.min(this.#shed, sent - processed);
    return {
      ...cell,
      run,
      sent,
      processed,
      dropped: sent - processed - shed,
      shed,
      seconds: toThousandths(seconds),
      throughput: seconds > 0 ? toThousandths(processed / seconds) : 0,
      wait: quantilesOf(this.#waits),
      latency: quantilesOf(this.#latencies),
      overlap: seconds > 0 ? toThousandths(worked / seconds) : 0,
      atOnce: mostAtOnce(this.#spans),
    };
  }

  /** Its datagrams are the received ones just before it. */
  #done({ at, run }: Task): void {
    const items = this.#open;
    if (items.length === 0) return;
    this.#open = [];
    const from = at - run;
    this.#spans.push({ from, to: at });
    for (const item of items) {
      this.#firstAt = Math.min(this.#firstAt, item.at);
      this.#waits.push(Math.max(0, from - item.at));
      this.#latencies.push(Math.max(0, at - (item.sentAt ?? item.at)));
    }
  }
}

/** Of the runs of each cell the one whose throughput is the median; its other figures are of that run too. */
export function mediansOf(runs: readonly BurstRun[]): BurstRun[] {
  const groups = new Map<string, BurstRun[]>();
  for (const run of runs) {
    const key = [run.burst, run.workers].join();
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].map((same) => {
    const sorted = same.toSorted((a, b) => a.throughput - b.throughput);
    return sorted[(sorted.length - 1) >> 1]!;
  });
}

function quantilesOf(values: number[]): Quantiles {
  const at = (share: number) => (values.length > 0 ? toThousandths(percentile(values, share)) : 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** A span that begins in the instant in which another ends does not overlap it. */
function mostAtOnce(spans: readonly Span[]): number {
  const edges = spans
    .flatMap(({ from, to }) => [
      { at: from, step: 1 },
      { at: to, step: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.step - b.step);
  let running = 0;
  let most = 0;
  for (const { step } of edges) {
    running += step;
    most = Math.max(most, running);
  }
  return most;
}

/** What is finer says nothing. */
const toThousandths = (value: number): number => Math.round(value * 1000) / 1000;
