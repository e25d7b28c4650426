// One file to many receivers: this program beside uftp and udpcast, in turn, in the same network namespaces. Run with
// `npm run build && node --import tsx bench/share.ts [--receivers 1,5,10] [--loss 0,1,5] [--tools ours,uftp,udpcast]
// [--size MB] [--runs N] [--json]`. Needs root, iproute2, nftables, and uftp and udpcast for their columns.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { machine, machineText } from '../source/bench/machine.ts';
import type { Transfer } from '../source/core/event.ts';
import { Lab, labAvailable } from '../test/lab/lab.ts';
import type { LabProcess } from '../test/lab/lab-process.ts';
import { load } from './lib/noise.ts';

const { values } = parseArgs({
  options: {
    receivers: { type: 'string', default: '1,5,10' },
    loss: { type: 'string', default: '0,1,5' },
    tools: { type: 'string', default: 'ours,uftp,udpcast' },
    size: { type: 'string', default: '100' },
    runs: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

/** `seconds`: data on the wire; `wire`: bytes that left the sender's interface over those of the file. */
type Outcome = { whole: number; seconds: number; wall: number; wire: number; note?: string };
type Setting = { lab: Lab; file: string; bytes: number; folder: string; receivers: number };
type Tool = {
  name: string;
  missing(): boolean;
  share(setting: Setting): Promise<{ seconds?: number; note?: string; paths: string[] }>;
};

/** A run that takes longer has failed, ms. */
const patience = 90_000;
const sender = 1;
const receiverHosts = (count: number) => Array.from({ length: count }, (_, index) => index + 2);
const group = { address: '239.255.0.1', port: 50_000, family: 4 as const };
const numbers = (list: string) => list.split(',').map(Number);
const has = (command: string) => spawnSync('which', [command]).status === 0;

const ours: Tool = {
  name: 'ours',
  missing: () => false,
  async share({ lab, file, bytes, folder, receivers }) {
    const start = (host: number, options: object) =>
      lab.spawn(host, [process.execPath, script, JSON.stringify(options)]);
    const share = randomBytes(8).toString('hex');
    const sending = start(sender, {
      role: 'sender',
      share,
      paths: [file],
      interface: 'lan0',
      group,
      name: 'sender',
      clients: receivers,
      mode: 'multicast',
      ttl: 1,
    });
    const { control } = await sending.waitForJson({ type: 'ready' });
    // It hashes the file while it waits for receivers; nobody is there before that is done, as with people.
    await sleep(bytes / 200e3);
    const out = (host: number) => join(folder, `r${host}`);
    const receiving = receiverHosts(receivers).map((host) =>
      start(host, {
        role: 'receiver',
        share,
        address: Lab.address(sender),
        port: control,
        out: out(host),
        name: `r${host}`,
        interface: 'lan0',
      }),
    );
    await within(Promise.all([sending, ...receiving].map(({ ended }) => ended)));
    const last = sending.json().findLast(({ type }) => type === 'transfer') as Transfer;
    const cpu = [sending, ...receiving].map((each) => {
      const spent = each.json().find(({ type, phase }) => type === 'cpu' && phase === 'running');
      return `${Number(spent?.user).toFixed(2)}+${Number(spent?.system).toFixed(2)}`;
    });
    const rows = last.receivers;
    const sum = (of: 'lost' | 'repaired' | 'drops') => rows.reduce((total, row) => total + row[of], 0);
    if (values.verbose)
      for (const each of [sending, ...receiving]) if (each.stderr) console.error(each.stderr);
    return {
      seconds: Math.max(...rows.map(({ seconds }) => seconds ?? Number.NaN)),
      note: `lost ${sum('lost')} repaired ${sum('repaired')} drops ${sum('drops')} ${last.phase} cpu ${cpu.slice(0, 3).join(' / ')}`,
      paths: receiverHosts(receivers).map((host) => join(out(host), 'file.bin')),
    };
  },
};

const uftp: Tool = {
  name: 'uftp',
  missing: () => !has('uftp'),
  async share({ lab, file, folder, receivers }) {
    const id = (host: number) => `0x${(0x0a4d0000 + host).toString(16).toUpperCase().padStart(8, '0')}`;
    const daemons = receiverHosts(receivers).map((host) => {
      const out = join(folder, `r${host}`);
      mkdirSync(out, { recursive: true });
      return lab.spawn(host, ['uftpd', '-d', '-t', '-I', 'lan0', '-B', '4194304', '-D', out, '-U', id(host)]);
    });
    await sleep(700);
    const hosts = receiverHosts(receivers).map(id).join(',');
    const sending = lab.spawn(sender, [
      'uftp',
      '-R',
      '1200000',
      '-B',
      '4194304',
      '-I',
      'lan0',
      '-H',
      hosts,
      file,
    ]);
    await within(sending.ended);
    await sleep(200);
    await Promise.all(daemons.map((each) => each.stop('SIGKILL')));
    return { paths: receiverHosts(receivers).map((host) => join(folder, `r${host}`, 'file.bin')) };
  },
};

const udpcast: Tool = {
  name: 'udpcast',
  missing: () => !has('udp-sender'),
  async share({ lab, file, folder, receivers }) {
    const paths = receiverHosts(receivers).map((host) => join(folder, `r${host}.bin`));
    const receiving = receiverHosts(receivers).map((host, index) =>
      lab.spawn(host, [
        'udp-receiver',
        '--nokbd',
        '--interface',
        'lan0',
        '--rcvbuf',
        '4194304',
        '--file',
        paths[index]!,
      ]),
    );
    await sleep(300);
    const sending = lab.spawn(sender, [
      'udp-sender',
      '--nokbd',
      '--interface',
      'lan0',
      '--min-receivers',
      String(receivers),
      '--max-wait',
      '5',
      '--nopointopoint',
      '--rexmit-hello-interval',
      '200',
      '--file',
      file,
    ]);
    await within(Promise.all([sending, ...receiving].map(({ ended }) => ended)));
    return { paths };
  },
};

/** Counts what leaves the sender's interface, and between which moments it did so in earnest. */
const sampler = `
const { readFileSync } = require('node:fs');
const read = () => Number(readFileSync('/sys/class/net/lan0/statistics/tx_bytes'));
const start = read(); let before = start, first = 0, last = 0;
console.log('sampling');
setInterval(() => { const now = read(); if (now - before > 8000) { first ||= performance.now() - 10; last = performance.now(); } before = now; }, 10);
process.stdin.on('data', () => { console.log(JSON.stringify({ bytes: read() - start, seconds: (last - first) / 1000 })); process.exit(); });
`;

async function measure(tool: Tool, setting: Omit<Setting, 'folder'>): Promise<Outcome> {
  const folder = mkdtempSync(join(workspace, 'out-'));
  const counter: LabProcess = setting.lab.spawn(sender, [process.execPath, '-e', sampler]);
  await counter.waitForLine(/sampling/);
  const began = performance.now();
  const { seconds, note, paths } = await tool.share({ ...setting, folder });
  const wall = (performance.now() - began) / 1000;
  counter.say('stop');
  await counter.ended;
  const seen = JSON.parse(counter.lines.at(-1)!) as { bytes: number; seconds: number };
  const whole = paths.filter((path) => digestOf(path) === original).length;
  rmSync(folder, { recursive: true, force: true });
  return {
    whole,
    seconds: Math.max(seconds ?? 0, seconds === undefined ? seen.seconds : 0),
    wall,
    wire: seen.bytes / setting.bytes,
    ...(note === undefined ? {} : { note }),
  };
}

async function within(what: Promise<unknown>): Promise<void> {
  const late = new AbortController();
  await Promise.race([what, sleep(patience, undefined, { signal: late.signal }).catch(() => {})]);
  late.abort();
}

function digestOf(path: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return undefined;
  }
}

const reason = labAvailable();
if (reason) {
  console.error(`There can be no lab here: ${reason}.`);
  process.exit(2);
}
const workspace = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'mcast-share-'));
process.on('exit', () => rmSync(workspace, { recursive: true, force: true }));
const bytes = Number(values.size) * 2 ** 20;
const file = join(workspace, 'file.bin');
writeFileSync(file, randomBytes(bytes));
const original = digestOf(file)!;
/** Ours as it is shipped, without the loader of TypeScript. */
const root = fileURLToPath(new URL('..', import.meta.url));
await build({
  absWorkingDir: root,
  entryPoints: {
    script: 'test/transfer/transfer-script.ts',
    'transfer-thread': 'source/transfer/transfer-thread.ts',
    'hash-thread': 'source/transfer/hash-thread.ts',
  },
  outdir: join(workspace, 'program'),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
});
writeFileSync(join(workspace, 'program', 'package.json'), '{"type":"module"}');
const script = join(workspace, 'program', 'script.js');
const tools = [ours, uftp, udpcast].filter(
  ({ name, missing }) => values.tools.split(',').includes(name) && !missing(),
);

const cells: object[] = [];
if (!values.json) {
  console.log(
    `${machineText(machine())}, load ${load()}, ${execFileSync('uname', ['-r'], { encoding: 'utf8' }).trim()}`,
  );
  console.log(
    '| loss | receivers | tool | whole | MB/s | wire | wall s | |\n|---|---|---|---|---|---|---|---|',
  );
}
for (const receivers of numbers(values.receivers)) {
  const lab = await Lab.build({ hosts: receivers + 1 });
  try {
    for (const loss of numbers(values.loss)) {
      lab.setLoss(Object.fromEntries(receiverHosts(receivers).map((host) => [host, loss / 100])), true);
      for (let run = 0; run < Number(values.runs); run++) {
        for (const tool of tools) {
          const outcome = await measure(tool, { lab, file, bytes, receivers });
          await lab.stopAll();
          const rate = bytes / 1e6 / outcome.seconds;
          cells.push({ loss, receivers, tool: tool.name, rate, ...outcome });
          if (!values.json)
            console.log(
              `| ${loss} % | ${receivers} | ${tool.name} | ${outcome.whole}/${receivers} | ${rate.toFixed(1)} | ${outcome.wire.toFixed(3)} | ${outcome.wall.toFixed(1)} | ${outcome.note ?? ''} |`,
            );
        }
      }
    }
  } finally {
    await lab.close();
  }
}
if (values.json) console.log(JSON.stringify({ machine: machineText(machine()), cells }, undefined, 2));
