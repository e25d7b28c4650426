// The demonstration: a live engine, and in another thread the peers that it sees.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Lang } from '../words/lang.ts';
import { threadEntry } from '../workers/entry.ts';
import type { DemoData } from './demo-thread.ts';
import { type LiveFeed, startEngine } from './live.ts';
import type { EngineOptions } from './options.ts';

/** Peers that do not say bye in this time are ended without, ms. */
const patience = 3000;

/** A feed like any other; it fails when the peers do, and closing it closes them. Rejects as `startEngine`. */
export async function startDemo(options: EngineOptions, lang: Lang): Promise<LiveFeed> {
  const data: DemoData = { group: options.groups[0]!, lang, version: options.version };
  const peers = new Worker(threadEntry('demo-thread'), { workerData: data });
  const failed = new Promise<never>((_, reject) => peers.once('error', reject));
  const exited = once(peers, 'exit').catch(() => {});
  const closePeers = async (): Promise<void> => {
    peers.postMessage('close');
    const force = setTimeout(() => void peers.terminate(), patience);
    await exited;
    clearTimeout(force);
  };
  try {
    const feed = await Promise.race([startEngine(options), failed]);
    const ended = Promise.race([feed.ended, failed]);
    // Whoever awaits it gets the error; nobody awaiting it yet is no crash.
    ended.catch(() => {});
    return {
      ended,
      subscribe: (listener) => feed.subscribe(listener),
      onLines: (listener) => feed.onLines(listener),
      send: (command) => feed.send(command),
      close: async (reason) => void (await Promise.all([feed.close(reason), closePeers()])),
    };
  } catch (error) {
    await closePeers();
    throw error;
  }
}
