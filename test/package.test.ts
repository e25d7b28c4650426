// What `npm pack` makes must install on a node that reaches no registry, and run there.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { version } from '../package.json';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mcast-pack-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const npm = (...args: string[]): string => execFileSync('npm', args, { encoding: 'utf8', stdio: 'pipe' });

test('one file, no dependencies, installed offline, runs', () => {
  // dist/ is there: building again would pull it from under the tests that run beside this one.
  npm('pack', '--ignore-scripts', '--pack-destination', folder);
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  npm('install', '--global', '--offline', '--prefix', join(folder, 'node'), join(folder, file!));

  const installed = join(folder, 'node/lib/node_modules/mcast-tui');
  expect(readdirSync(installed).sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist',
    'package.json',
  ]);
  const command = join(folder, 'node/bin/mcast-tui');
  expect(execFileSync(command, ['--version'], { encoding: 'utf8' })).toBe(`${version}\n`);
  // It has a file of its own, which must have come along.
  expect(execFileSync(command, ['dissector'], { encoding: 'utf8' })).toContain('Proto("mcast"');
  // So do the licences of what is bundled; and the charts, which only the report pays for.
  const dist = join(installed, 'dist');
  expect(readFileSync(join(dist, 'LICENCES.txt'), 'utf8')).toMatch(/^echarts [\d.]+ \(Apache-2\.0\)$/m);
  const withCharts = readdirSync(dist).filter((name) =>
    /ecmeta_/.test(readFileSync(join(dist, name), 'utf8')),
  );
  expect(withCharts.filter((name) => name.endsWith('.js'))).toEqual([expect.stringMatching(/^report-/)]);
  const group = ['-g', '239.255.77.90:47190', '-i', '127.0.0.1', '--data-dir', join(folder, 'data')];
  const run = execFileSync(command, ['listen', '--json', '--duration', '0.3', ...group], {
    encoding: 'utf8',
  });
  expect(run).toContain('"type":"stopped"');
});
