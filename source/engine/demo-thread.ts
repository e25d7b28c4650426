// Three peers for a newcomer to look at, over real sockets on loopback: one steady, one that loses a tenth of
// what it sends, one that is cut off and starts again twice a minute. They are engines like any other.
import { parentPort, workerData } from 'node:worker_threads';
import { demoScript } from '../words/demo.ts';
import type { Lang } from '../words/lang.ts';
import { DemoPeer } from './demo-peer.ts';
import type { GroupOptions } from './options.ts';

export type DemoData = { group: GroupOptions; lang: Lang; version: string };

const lossShare = 0.1;
const restartEvery = 30_000;
/** How long the restless peer stays away: longer than it takes to look dead. */
const awayFor = 8000;
const sayEvery = 9000;
const burstEvery = 25_000;
const burstSize = 12;

const { group, lang, version } = workerData as DemoData;
const script = demoScript(lang);
const common = { group, version };
const steady = new DemoPeer({ ...common, name: 'steady', lines: script.steady, loss: 0 });
const lossy = new DemoPeer({ ...common, name: 'lossy', lines: script.lossy, loss: lossShare });
const restless = new DemoPeer({ ...common, name: 'restless', lines: script.restless, loss: 0 });
const burst = Array.from({ length: burstSize }, (_, i) => script.burst(i + 1, burstSize));
const peers = [steady, lossy, restless];

const timers: NodeJS.Timeout[] = [];
const every = (ms: number, act: () => void): void => void timers.push(setInterval(act, ms));
const after = (ms: number, act: () => void): void => void timers.push(setTimeout(act, ms));

for (const [i, peer] of peers.entries()) {
  await peer.start();
  after(1200 + 1400 * i, () => peer.sayNext());
  every(sayEvery + 1700 * i, () => peer.sayNext());
}
every(burstEvery, () => steady.burst(burst));
every(restartEvery, () => {
  void restless.vanish();
  after(awayFor, () => void restless.start());
});

parentPort!.once('message', async () => {
  for (const timer of timers) clearInterval(timer);
  await Promise.all(peers.map((peer) => peer.stop()));
  parentPort!.close();
});
