// Main-thread handle of the demonstration's peers.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { threadEntry } from '../workers/entry.ts';
import type { DemoData } from './demo-thread.ts';

export type Demo = {
  /** The peers say bye. Safe to call twice. */
  close(): Promise<void>;
  /** Rejects when the peers could not go on. */
  failed: Promise<never>;
};

/** A peer that does not say bye in this time is ended without, ms. */
const patience = 3000;

export function startDemo(data: DemoData): Demo {
  const worker = new Worker(threadEntry('demo-thread'), { workerData: data });
  const failed = new Promise<never>((_, reject) => worker.once('error', reject));
  failed.catch(() => {});
  const exited = once(worker, 'exit').catch(() => {});
  return {
    failed,
    async close() {
      worker.postMessage('close');
      const force = setTimeout(() => void worker.terminate(), patience);
      await exited;
      clearTimeout(force);
    },
  };
}
