// The sweep over sizes, clients and modes, and what its runs come to.
import type { ShareMode } from '../core/share.ts';
import { type Spread, spreadOf } from './spread.ts';

/** One thing to measure. */
export type ShareCell = { bytes: number; clients: number; mode: ShareMode };

/** One run of it. */
export type ShareRun = ShareCell & {
  /** From 1. */
  run: number;
  /** Receivers whose file has the SHA-256 of the one that was sent. */
  whole: number;
  /** Mean share of the bytes that came, 0 to 1; the slowest receiver's time, from its first data to its last. */
  arrived: number;
  seconds: number;
  /** Mean over the receivers: bytes that came by the time that took. */
  rate: number;
  /** Payload bytes that the sender put on the wire, by those of the file. */
  wire: number;
  /** Why there is less of it than there should be. */
  problem?: string;
};

/** What one receiver ended with. */
export type Received = { bytes: number; seconds: number; isWhole: boolean };

export type ShareSummary = ShareCell & {
  runs: number;
  /** In all runs together, of `receivers`. */
  whole: number;
  receivers: number;
  arrived: Spread;
  seconds: Spread;
  rate: Spread;
  wire: Spread;
};

/** In the order of the practice: for each size and number of clients one mode after the other. */
export function cellsOf(
  sizes: readonly number[],
  clients: readonly number[],
  modes: readonly ShareMode[],
): ShareCell[] {
  return sizes.flatMap((bytes) =>
    clients.flatMap((count) => modes.map((mode) => ({ bytes, clients: count, mode }))),
  );
}

export function runOf(cell: ShareCell, run: number, received: readonly Received[], sent: number): ShareRun {
  const { bytes, clients } = cell;
  const sum = (of: (each: Received) => number) => received.reduce((total, each) => total + of(each), 0);
  return {
    ...cell,
    run,
    whole: received.filter(({ isWhole }) => isWhole).length,
    arrived: sum((each) => Math.min(1, each.bytes / bytes)) / clients,
    seconds: Math.max(0, ...received.map(({ seconds }) => seconds)),
    rate: sum((each) => (each.seconds > 0 ? each.bytes / each.seconds : 0)) / clients,
    wire: sent / bytes,
  };
}

export function summaryOf(runs: readonly ShareRun[]): ShareSummary[] {
  const groups = new Map<string, ShareRun[]>();
  for (const run of runs) {
    const key = [run.bytes, run.clients, run.mode].join();
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].map((same) => {
    const { bytes, clients, mode } = same[0]!;
    const spread = (of: (run: ShareRun) => number) => spreadOf(same.map(of));
    return {
      ...{ bytes, clients, mode },
      runs: same.length,
      whole: same.reduce((total, { whole }) => total + whole, 0),
      receivers: same.length * clients,
      arrived: spread(({ arrived }) => arrived),
      seconds: spread(({ seconds }) => seconds),
      rate: spread(({ rate }) => rate),
      wire: spread(({ wire }) => wire),
    };
  });
}
