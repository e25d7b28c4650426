// What `bench workers --json` printed, from a file.
import * as z from 'zod/mini';
import { readResult, text } from './json-text.ts';

const figure = z.number().check(z.gte(0), z.lte(1e15));
const percentiles = z.object({ p50: figure, p95: figure, p99: figure, max: figure });

const row = z.object({
  workers: z.int().check(z.gte(1), z.lte(1024)),
  /** Datagrams sent at once. */
  burst: figure,
  /** ms of computing for each. */
  work: figure,
  /** Datagrams that the kernel dropped, and that the full queue of the program turned away. */
  dropped: figure,
  shed: figure,
  /** Datagrams a second. */
  throughput: figure,
  /** ms */
  wait: percentiles,
  latency: percentiles,
  /** Workers at once, on the average. */
  overlap: figure,
});

const shape = z.object({
  bench: z.literal('workers'),
  version: z.literal(1),
  machine: text(300),
  rows: z.array(row).check(z.minLength(1), z.maxLength(200)),
});

export type BenchResult = z.output<typeof shape>;
export type BenchRow = BenchResult['rows'][number];

export const benchCommand = 'mcast-tui bench workers --json';

/** Rejects with Fault `file-failed` or `not-a-result`. */
export const readBench = (path: string): Promise<BenchResult> => readResult(path, shape, benchCommand);
