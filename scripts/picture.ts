// Takes the README's pictures: starts the demonstration on a real terminal of 120x40, presses keys as a person
// would, and writes what the terminal then shows as SVG. Usage: npm run picture
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPty } from '../test/pty/harness.ts';
import { svgScreen } from './svg-screen.ts';

const columns = 120;
const rows = 40;
/** Long enough for a burst, a loss and a restart to show. */
const watchFor = 52_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const dataDir = mkdtempSync(join(tmpdir(), 'mcast-picture-'));
const argv = [
  'node',
  'dist/cli.js',
  'demo',
  '--data-dir',
  dataDir,
  '--name',
  'ana',
  '--workers',
  '2',
  '--lang',
  'en',
];
const pty = await openPty({ argv, columns, rows, env: { COLORTERM: 'truecolor', FORCE_COLOR: '1' } });

async function shoot(file: string): Promise<void> {
  await wait(700);
  writeFileSync(file, await svgScreen(pty.raw, columns, rows));
  console.log(file);
}

try {
  await wait(46_000);
  pty.type('Good morning, who hears me?\r');
  await wait(watchFor - 46_000);
  await shoot('docs/monitor.svg');
  pty.type('\x1b');
  await wait(300);
  pty.type('m');
  await shoot('docs/matrix.svg');
} finally {
  pty.kill('SIGTERM');
  await pty.exit;
  rmSync(dataDir, { recursive: true, force: true });
}
