// Makes the README's sample report of a real run on loopback: the demonstration as ana, with bob and eva beside it, a
// burst for the workers, a file for two receivers, the worker experiment and the doctor. Usage: npm run sample
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const out = resolve('docs/sample-report.html');
const folder = mkdtempSync(join(tmpdir(), 'mcast-sample-'));
// Of its own: a build meanwhile would take parts of the program away.
const program = join(folder, 'program');
cpSync('dist', program, { recursive: true });
const cli = join(program, 'cli.js');
const group = ['-g', '239.255.77.7:47707', '-i', '127.0.0.1'];
const seconds = 44;
const burst = Array.from({ length: 400 }, (_, index) => `line ${index + 1} of a burst`).join('\n');

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const children = new Set<ChildProcess>();

/** Runs to its end, with a data directory of its own, and returns what it printed. */
async function run(name: string, args: string[], input = ''): Promise<string> {
  const options = { cwd: folder, env: { ...process.env, TZ: 'UTC' } };
  const child = spawn(
    process.execPath,
    [cli, ...args, '--lang', 'en', '--data-dir', join(folder, name)],
    options,
  );
  children.add(child);
  let printed = '';
  child.stdout.on('data', (bytes: Buffer) => {
    printed += bytes.toString();
  });
  child.stdin.end(input);
  child.stderr.pipe(process.stderr);
  const [code] = await once(child, 'close');
  children.delete(child);
  // The doctor's answer may be no.
  if (code !== 0 && name !== 'doctor') throw new Error(`${name} ended with ${code}`);
  return printed;
}

const listen = (name: string, workers: number, length: number) =>
  run(name, [
    'listen',
    '--json',
    ...group,
    '--name',
    name,
    '--workers',
    `${workers}`,
    '--work',
    '2',
    '--duration',
    `${length}`,
  ]);

/** The session that it recorded, under its name. */
function collect(name: string): string {
  const sessions = join(folder, name, 'sessions');
  const [file] = readdirSync(sessions).filter((each) => each.endsWith('.json'));
  copyFileSync(join(sessions, file!), join(folder, `${name}.json`));
  return `${name}.json`;
}

try {
  const demo = run('ana', [
    'demo',
    '--json',
    ...group,
    '--name',
    'ana',
    '--workers',
    '4',
    '--work',
    '2',
    '--duration',
    `${seconds}`,
  ]);
  await wait(1500);
  const others = [listen('bob', 2, seconds - 4), listen('eva', 3, seconds - 6)];
  await wait(6000);
  await run('burst', ['send', '--raw', '--no-record', ...group], burst);
  await wait(4000);
  writeFileSync(join(folder, 'slides.bin'), Buffer.alloc(8_000_000, 'multicast '));
  const receivers = ['luis', 'sara'].map((name) => {
    mkdirSync(join(folder, `${name}-files`));
    return run(name, [
      'receive',
      '--yes',
      '--once',
      '--json',
      ...group,
      '--name',
      name,
      '--out',
      `${name}-files`,
    ]);
  });
  await run('prof', ['share', 'slides.bin', '--clients', '2', '--json', ...group, '--name', 'prof']);
  await Promise.all([demo, ...others, ...receivers]);
  const workers = ['--workers', '1,2,4', '--bursts', '100,1000', '--work', '1'];
  writeFileSync(join(folder, 'workers.json'), await run('bench', ['bench', 'workers', '--json', ...workers]));
  writeFileSync(join(folder, 'doctor.json'), await run('doctor', ['doctor', '--json', ...group]));
  const sessions = ['ana', 'bob', 'eva', 'prof', 'luis', 'sara'].map(collect);
  const evidence = ['--bench', 'workers.json', '--doctor', 'doctor.json'];
  await run('report', ['report', ...sessions, ...evidence, '--out', out, '--force']);
  console.log(out);
} finally {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
}
