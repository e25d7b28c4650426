// How well a share fills a slow link without flags, and what it leaves to a TCP flow beside it: the built program
// between two hosts, the link toward the receiver held by tbf in the switch, its delay made by a relay. Run with
// `npm run build && node --import tsx bench/links.ts [--json]`. Needs root, iproute2, ethtool and python3.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { machine, machineText } from '../source/bench/machine.ts';
import type { Transfer } from '../source/core/event.ts';
import { Lab, labAvailable } from '../test/lab/lab.ts';

/** `rate` in Mbit/s, `delay` in ms each way, `least`: share of the link that must be goodput, or that TCP must keep. */
type Link = { what: string; rate: number; delay: number; megabytes: number; beside: boolean; least: number };

const links: Link[] = [
  { what: '100 Mbit/s', rate: 100, delay: 0, megabytes: 105, beside: false, least: 0.92 },
  { what: '20 Mbit/s, 40 ms each way', rate: 20, delay: 40, megabytes: 25, beside: false, least: 0.85 },
  {
    what: 'TCP (cubic) beside on 100 Mbit/s',
    rate: 100,
    delay: 0,
    megabytes: 100,
    beside: true,
    least: 1 / 3,
  },
  {
    what: 'TCP (cubic) beside on 20 Mbit/s, 10 ms',
    rate: 20,
    delay: 10,
    megabytes: 25,
    beside: true,
    least: 1 / 3,
  },
];
const helper = (name: string) => fileURLToPath(new URL(`lib/${name}`, import.meta.url));

function hold(lab: Lab, { rate, delay }: Link): Promise<unknown> {
  for (const host of [1, 2]) {
    // A relay copies what it sees: whole packets with whole checksums.
    lab.exec(host, 'ethtool', '-K', 'lan0', 'tx', 'off', 'tso', 'off', 'gso', 'off', 'gro', 'off');
  }
  const tbf = `tc qdisc replace dev p2 root tbf rate ${rate}mbit burst 64k latency 50ms`;
  lab.execOnSwitch(...tbf.split(' '));
  if (delay === 0) return Promise.resolve();
  for (const command of [
    'ip link set p2 nomaster',
    'ip link add d2 type veth peer name e2',
    'ip link set d2 up',
    'ip link set e2 master br0 up',
  ]) {
    lab.execOnSwitch(...command.split(' '));
  }
  const relay = lab.spawnOnSwitch(['python3', helper('delay-line.py'), 'p2', 'd2', String(delay)]);
  return relay.waitForLine(/ready/);
}

async function measure(link: Link, workspace: string): Promise<{ goodput: number; tcp: number | undefined }> {
  const lab = await Lab.build({ hosts: 2 });
  try {
    await hold(lab, link);
    const file = join(workspace, 'file.bin');
    const bytes = link.megabytes * 1e6;
    writeFileSync(file, randomBytes(bytes));
    const flow = link.beside ? lab.spawn(2, ['python3', helper('tcp-flow.py'), 'listen', '5001']) : undefined;
    if (flow) {
      await flow.waitForLine(/ready/);
      lab.spawn(1, ['python3', helper('tcp-flow.py'), Lab.address(2), '5001']);
      await sleep(3000);
    }
    const common = ['--json', '--no-record', '--interface', 'lan0', '--data-dir', workspace];
    lab.run(1, ['share', file, '--clients', '1', ...common]);
    const receiver = lab.run(2, ['receive', '--once', '--yes', '--out', join(workspace, 'in'), ...common]);
    const isDone = (line: string) => /"type":"transfer"/.test(line) && /"phase":"(done|failed)"/.test(line);
    const last = JSON.parse(await receiver.waitForLine(isDone, { timeout: 180_000 })) as Transfer;
    if (last.phase !== 'done') throw new Error(`the transfer failed: ${JSON.stringify(last.reason)}`);
    const seconds = last.receivers[0]?.seconds ?? Number.NaN;
    const samples = (flow?.lines ?? [])
      .slice(1)
      .map((line) => JSON.parse(line) as { at: number; bytes: number });
    const during = samples.filter(({ at }) => at >= last.at - seconds * 1000 && at <= last.at);
    const first = during[0];
    const final = during.at(-1);
    const tcp = first && final && ((final.bytes - first.bytes) * 8) / 1000 / (final.at - first.at);
    return { goodput: (bytes * 8) / 1e6 / seconds, tcp };
  } finally {
    await lab.close();
    rmSync(join(workspace, 'in'), { recursive: true, force: true });
  }
}

const reason = labAvailable();
if (reason) {
  console.error(`There can be no lab here: ${reason}.`);
  process.exit(2);
}
const workspace = mkdtempSync(join(tmpdir(), 'mcast-links-'));
process.on('exit', () => rmSync(workspace, { recursive: true, force: true }));
const rows: object[] = [];
const json = process.argv.includes('--json');
if (!json) {
  console.log(machineText(machine()));
  console.log(
    '| link | goodput, Mbit/s | TCP beside, Mbit/s | share of the link | must | |\n|---|---|---|---|---|---|',
  );
}
for (const link of links) {
  const { goodput, tcp } = await measure(link, workspace);
  const share = (tcp ?? goodput) / link.rate;
  rows.push({ ...link, goodput, tcp, share });
  const percent = (part: number) => `${(part * 100).toFixed(0)} %`;
  const verdict = share >= link.least ? 'met' : 'MISSED';
  if (!json)
    console.log(
      `| ${link.what} | ${goodput.toFixed(1)} | ${tcp?.toFixed(1) ?? ''} | ${percent(share)} | ${percent(link.least)} | ${verdict} |`,
    );
}
if (json) console.log(JSON.stringify({ machine: machineText(machine()), links: rows }, undefined, 2));
