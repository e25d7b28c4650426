// `bench workers` as a process of its own, on loopback, with bursts that are over at once.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BurstRun } from '../../source/bench/burst-figures.ts';
import { runCli, startCli, temporaryDirectory } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';

const bench = (...args: string[]) => ['bench', 'workers', ...args];
const times = {
  p50: expect.any(Number),
  p95: expect.any(Number),
  p99: expect.any(Number),
  max: expect.any(Number),
};

test('--json has a row for each burst and number of workers, and --out the same document', async () => {
  const path = join(temporaryDirectory(), 'workers.json');
  const args = bench('--workers', '1,2', '--bursts', '30,60', '--work', '2', '--json', '--out', path);
  const { code, out, err } = await runCli(args);
  expect([code, err]).toEqual([0, expect.stringContaining('4 of 4: burst 60, workers: 2')]);
  expect(readFileSync(path, 'utf8')).toBe(out);
  const document = JSON.parse(out) as { rows: BurstRun[]; runs: BurstRun[] };
  expect(document).toMatchObject({
    bench: 'workers',
    version: 1,
    machine: expect.stringContaining(process.version),
    interface: expect.any(String),
  });
  const cells = [30, 60].flatMap((burst) => [1, 2].map((workers) => ({ workers, burst, work: 2 })));
  expect(document.rows).toMatchObject(
    cells.map((cell) => ({
      ...cell,
      // So few fit into any socket's buffer, on however slow a machine.
      ...{ run: 1, sent: cell.burst, processed: cell.burst, dropped: 0, shed: 0 },
      ...{ wait: times, latency: times },
    })),
  );
  expect(document.runs).toEqual(document.rows);
  for (const { workers, work, throughput, overlap, atOnce, wait, latency } of document.rows) {
    expect(throughput).toBeGreaterThan(0);
    // One worker at a time does no more than one worker's work.
    expect(overlap).toBeLessThanOrEqual(workers + 0.01);
    expect(atOnce).toBeLessThanOrEqual(workers);
    for (const { p50, p95, p99, max } of [wait, latency])
      expect([p50, p95, p99, max]).toEqual([p50, p95, p99, max].sort((a, b) => a - b));
    // What was worked on was worked on for a time: some of it on a faster core than it was measured on.
    expect(latency.p50).toBeGreaterThan(work / 4);
    expect(latency.max).toBeGreaterThan(wait.max);
  }
}, 120_000);

test.skipIf(availableParallelism() < 2)(
  'two workers overlap (needs two cores)',
  async () => {
    const args = bench('--workers', '2', '--bursts', '150', '--work', '4', '--runs', '3', '--json');
    const { out } = await runCli(args);
    const { rows, runs } = JSON.parse(out) as { rows: BurstRun[]; runs: BurstRun[] };
    expect(rows).toHaveLength(1);
    expect(runs.map(({ run }) => run)).toEqual([1, 2, 3]);
    // Others may be at work on this machine: once in three they both got a core.
    expect(Math.max(...runs.map(({ overlap }) => overlap))).toBeGreaterThan(1);
    expect(Math.max(...runs.map(({ atOnce }) => atOnce))).toBe(2);
  },
  120_000,
);

test('tables and a chart for people, in ASCII and in Spanish, and rows for a spreadsheet', async () => {
  const few = bench('--workers', '1,2', '--bursts', '20', '--work', '0.5');
  const [english, spanish, csv] = [
    await runCli(few),
    await runCli([...few, '--ascii', '--lang', 'es']),
    await runCli([...few, '--csv']),
  ];
  expect(english.out).toMatch(/^burst +workers +processed +dropped +shed +items\/s +overlap +at once$/m);
  expect(english.out).toMatch(/^ +20 +2 +20 +0 +0 +[\d ]+ +\d\.\d\d +[12]$/m);
  expect(english.out).toMatch(/^burst +workers +wait p50 +p95 +p99 +max +latency p50 +p95 +p99 +max$/m);
  expect(english.out).toMatch(/^ +1 +[█-▏]+ /m);
  for (const line of english.out.split('\n').slice(0, 10)) expect(line.length).toBeLessThanOrEqual(80);
  expect(spanish.out).toContain('Una ráfaga de 20, cada datagrama con 0.5 ms de trabajo');
  expect(spanish.out).toMatch(/^ +2 +[#=-]+ /m);
  expect(spanish.out).not.toMatch(/[█-▏×]/);
  expect(spanish.err).toContain('1 de 2: ráfaga 20, trabajadores: 1');
  const [head, one, two, end] = csv.out.split('\r\n');
  expect(head).toMatch(/^workers,burst,work,run,sent,processed,dropped,shed,.*wait_p50,.*latency_max$/);
  expect([one, two, end]).toEqual([
    expect.stringMatching(/^1,20,0.5,1,20,20,0,0,/),
    expect.stringMatching(/^2,20,0.5,1,20,20,0,0,/),
    '',
  ]);
}, 120_000);

test('Ctrl+C ends it with what was measured, and its sender with it', async () => {
  const place = temporaryDirectory();
  const path = join(place, 'workers.json');
  const args = bench('--workers', '1', '--bursts', '20,20000', '--work', '5', '--json', '--out', path);
  const running = startCli(args, { MCAST_BENCH_MARK: place });
  await eventually(() => expect(running.err).toContain('2 of 2'));
  await eventually(() => expect(processesWith(place)).toHaveLength(process.platform === 'linux' ? 2 : 0));
  const { code, out } = await running.stop('SIGINT');
  expect(code).toBe(130);
  expect(JSON.parse(out)).toMatchObject({ rows: [{ burst: 20, processed: 20 }] });
  expect(readFileSync(path, 'utf8')).toBe(out);
  expect(readdirSync(place)).toEqual(['workers.json']);
  await eventually(() => expect(processesWith(place)).toEqual([]));
}, 120_000);

/** By a variable that children inherit; none where the system does not show that. */
function processesWith(mark: string): string[] {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark);
    } catch {
      // It ended meanwhile.
      return false;
    }
  });
}

test.each([
  [bench('more'), 'more'],
  [bench('--json', '--csv'), '--json or --csv'],
  [bench('--workers', '1,65'), 'from 1 to 64'],
  [bench('--workers', '1,two'), '--workers is "two"'],
  [bench('--bursts', '50001'), 'from 1 to 50000'],
  [bench('--bursts', '50000', '--work', '100'), 'would take one worker 5000 s'],
  [bench('--interface', 'nowhere0'), 'nowhere0'],
  [bench('--out', '/nowhere/workers.json'), '/nowhere/workers.json'],
  [bench('--sizes', '10M'), '--sizes is not a flag of "bench workers". See: mcast-tui bench workers --help'],
  [bench('--clients', '5', '--lang', 'es'), '--clients no es una opción de "bench workers"'],
  [['listen', '--workers', '1,2'], '--workers takes one number here'],
])('%j says what is wrong', async (args, what) => {
  const { code, out, err } = await runCli(args);
  expect([code, out, err]).toEqual([expect.any(Number), '', expect.stringContaining(what)]);
  expect(code).toBeGreaterThan(0);
});
