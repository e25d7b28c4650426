// How fast 100 MiB could go to several receivers on this machine if the program did nothing: a bare node:dgram sender
// and receivers that only count, in the network namespaces and with the datagrams of bench/share.ts. All of them share
// this machine's cores, so the processor time that they take together says how fast the cores would be used up. Run with
// `node --import tsx bench/share-limit.ts [--receivers 1,5,10]`. Needs root, iproute2 and nftables.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine, machineText } from '../source/bench/machine.ts';
import { blockSizeFor, headerBytes, longestRun } from '../source/transfer/block-datagram.ts';
import { Lab, labAvailable } from '../test/lab/lab.ts';
import { load } from './lib/noise.ts';

type Spent = { datagrams: number; cpu: number };

const { values } = parseArgs({ options: { receivers: { type: 'string', default: '1,5,10' } } });
const reason = labAvailable();
if (reason) {
  console.error(`There can be no lab here: ${reason}.`);
  process.exit(2);
}
const bytes = 100 * 2 ** 20;
const blockSize = blockSizeFor(1500);
/** `share`: datagrams over those that the file alone takes, where one frame in 100 or in 20 is lost and sent again. */
const ways = [
  { what: 'the longest runs, as without loss', run: longestRun(blockSize), share: 1 },
  { what: 'two blocks, as at 1 % loss', run: 2, share: 1 / 0.98 },
  { what: 'one block, as at 5 % loss', run: 1, share: 1 / 0.95 },
];
const script = (name: string) => fileURLToPath(new URL(`lib/${name}.js`, import.meta.url));

console.log(`${machineText(machine())}, load ${load()}`);
console.log('| datagrams | receivers | s of CPU: sender | a receiver | arrived | at most MB/s |');
console.log('|---|---|---|---|---|---|');
for (const count of values.receivers.split(',').map(Number)) {
  const lab = await Lab.build({ hosts: count + 1 });
  try {
    for (const { what, run, share } of ways) {
      const length = headerBytes + run * blockSize;
      const datagrams = Math.round((bytes / (run * blockSize)) * share);
      const { sender, receivers } = await spend(lab, count, length, datagrams);
      const mean = receivers.reduce((sum, { cpu }) => sum + cpu, 0) / count;
      const cores = Math.min(availableParallelism(), count + 1);
      // One thread each: the busiest of them cannot be faster than one core.
      const seconds = Math.max((sender.cpu + count * mean) / cores, sender.cpu, mean);
      const arrived = Math.min(...receivers.map((each) => each.datagrams)) / datagrams;
      const row = [what, count, sender.cpu.toFixed(2), mean.toFixed(2), `${(arrived * 100).toFixed(1)} %`];
      console.log(`| ${[...row, (bytes / 1e6 / seconds).toFixed(0)].join(' | ')} |`);
    }
  } finally {
    await lab.close();
  }
}

/** Slowly enough that hardly anything is lost, for what is lost costs no receiver anything. */
async function spend(lab: Lab, count: number, length: number, datagrams: number) {
  const hosts = Array.from({ length: count }, (_, index) => index + 2);
  const receiving = hosts.map((host) =>
    lab.spawn(host, [process.execPath, script('bare-receiver'), Lab.address(host)]),
  );
  for (const each of receiving) await each.waitForLine(/listening/);
  const args = [Lab.address(1), length, datagrams, 1 + count].map(String);
  const sending = lab.spawn(1, [process.execPath, script('bare-sender'), ...args]);
  await sending.ended;
  for (const each of receiving) each.say('that was all');
  await Promise.all(receiving.map(({ ended }) => ended));
  const spent = ({ lines }: { lines: readonly string[] }) => JSON.parse(lines.at(-1)!) as Spent;
  return { sender: spent(sending), receivers: receiving.map(spent) };
}
