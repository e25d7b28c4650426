// `bench share` as a process of its own, on loopback. 30 datagrams of plain UDP fit into any socket's buffer: so small a
// file arrives whole in every mode, and nothing here depends on how fast this machine is.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli, startCli, temporaryDirectory } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';

const bench = (...args: string[]) => ['bench', 'share', '--sizes', '30K', ...args];

test('--json has every run and what they come to, and nothing is left behind', async () => {
  const place = temporaryDirectory();
  const args = bench('--clients', '1,2', '--modes', 'lab,multicast', '--json');
  const { code, out, err } = await runCli(args, '', { TMPDIR: place });
  expect([code, err]).toEqual([0, expect.stringContaining('4 of 4: 30 KiB, clients: 2, multicast')]);
  const { runs, summary, machine } = JSON.parse(out);
  expect(machine).toMatchObject({ node: process.version });
  expect(runs).toMatchObject(
    [1, 2].flatMap((clients) =>
      ['lab', 'multicast'].map((mode) => ({
        bytes: 30_720,
        clients,
        mode,
        run: 1,
        whole: clients,
        arrived: 1,
      })),
    ),
  );
  for (const { mode, clients, wire, rate } of runs) {
    expect(rate).toBeGreaterThan(0);
    // Plain UDP sends each client its copy, and name and size; a share is sent once, with a head on each datagram.
    const [least, most] = mode === 'lab' ? [clients, clients + 0.01] : [1, 1.99];
    expect(wire).toBeGreaterThanOrEqual(least);
    expect(wire).toBeLessThanOrEqual(most);
  }
  expect(summary).toHaveLength(4);
  expect(readdirSync(place)).toEqual([]);
}, 90_000);

test('a table for people, rows for a spreadsheet', async () => {
  const table = await runCli(bench('--clients', '1', '--modes', 'lab', '--runs', '2'));
  expect(table.code).toBe(0);
  expect(table.out).toMatch(/^30 KiB +1 +lab +2 of 2 +100\.0 \(100\.0–100\.0\) .* 1\.00 \(1\.00–1\.00\)$/m);
  expect(table.out).toContain('the median');
  const csv = await runCli(bench('--clients', '1', '--modes', 'unicast', '--csv', '--lang', 'es'));
  const [head, row, end] = csv.out.split('\r\n');
  expect(head).toBe('size,clients,mode,run,whole,arrived,seconds,rate,wire,problem');
  expect([row, end]).toEqual([expect.stringMatching(/^30720,1,unicast,1,1,1,/), '']);
}, 90_000);

test('Ctrl+C ends it with all its processes and files', async () => {
  const place = temporaryDirectory();
  const slow = ['bench', 'share', '--sizes', '20M', '--clients', '2', '--modes', 'lab', '--rate', '1'];
  const running = startCli(slow, { TMPDIR: place });
  await eventually(() => {
    const [workspace = 'none'] = readdirSync(place);
    for (const receiver of ['r1', 'r2'])
      expect(existsSync(join(place, workspace, 'run', receiver, 'file.bin.part'))).toBe(true);
  });
  expect(processesOf(place)).toHaveLength(process.platform === 'linux' ? 4 : 0);
  const { code, out } = await running.stop('SIGINT');
  expect([code, out]).toEqual([130, '']);
  expect(readdirSync(place)).toEqual([]);
  expect(processesOf(place)).toEqual([]);
}, 60_000);

/** The bench and all that it started, by where they keep temporary files; none where the system does not show that. */
function processesOf(place: string): string[] {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(place);
    } catch {
      // It ended meanwhile.
      return false;
    }
  });
}

test.each([
  [['bench'], 'one of: share'],
  [['bench', 'speed'], '"speed" is nothing that can be measured'],
  [bench('more'), 'more'],
  [bench('--json', '--csv'), '--json or --csv'],
  [bench('--clients', '1,65'), 'from 1 to 64'],
  [bench('--clients', '1,,2'), '--clients is ""'],
  [bench('--modes', 'lab,broadcast'), 'broadcast'],
  [['bench', 'share', '--sizes', '100X'], '"100X" is not a size'],
  [['bench', 'share', '--sizes', '9999999G'], 'Choose smaller sizes'],
  [bench('--interface', 'nowhere0'), 'nowhere0'],
  [bench('--bursts', '100'), '--bursts is not a flag of "bench share". See: mcast-tui bench share --help'],
  [bench('--workers', '2', '--lang', 'es'), '--workers no es una opción de "bench share"'],
  [bench('--ascii'), '--ascii is not a flag of "bench share"'],
  [['share', 'x', '--clients', '1,5'], '--clients takes one number here'],
])('%j says what is wrong', async (args, what) => {
  const { code, err } = await runCli(args);
  expect([code, err]).toEqual([2, expect.stringContaining(what)]);
});
