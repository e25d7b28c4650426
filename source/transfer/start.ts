// Starts a transfer in a thread of its own.
import { Worker } from 'node:worker_threads';
import type { Transfer } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import type { ReceiverOptions, SenderOptions, TransferOptions } from './options.ts';
import type { Announced } from './sender.ts';
import { threadLimits } from './thread-limits.ts';
import { type FromTransfer, type ToTransfer, threadFile } from './transfer-link.ts';

export type RunningTransfer<Ready = Announced | undefined> = {
  /** At changes of phase and at most 4 times a second besides. */
  onEvent(listener: (event: Transfer) => void): void;
  /** What a sender's share is and where receivers register. Rejects with a Fault when it cannot begin. */
  ready: Promise<Ready>;
  cancel(): void;
  /** Of a receiver: its sender was started again and is found there now. */
  moved(address: string, port: number): void;
  /** Resolves when it is over, however; the last event says how. */
  ended: Promise<void>;
};

export function startTransfer(options: SenderOptions): RunningTransfer<Announced>;
export function startTransfer(options: ReceiverOptions): RunningTransfer<undefined>;
export function startTransfer(options: TransferOptions): RunningTransfer {
  const worker = new Worker(threadFile('transfer-thread'), {
    workerData: options,
    resourceLimits: threadLimits,
  });
  const listeners = new Set<(event: Transfer) => void>();
  const post = (message: ToTransfer) => worker.postMessage(message);
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const ready = new Promise<Announced | undefined>((resolve, reject) => {
    worker.on('message', (message: FromTransfer) => {
      const { event, fault } = message;
      if (event) for (const listener of listeners) listener(event);
      if (fault) reject(new Fault(fault.code, fault.facts, fault.exitCode));
      if ('ready' in message) resolve(message.ready);
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Fault('engine-died', {}, 1)));
  });
  ready.catch(() => {});
  return {
    onEvent: (listener) => void listeners.add(listener),
    ready,
    cancel: () => post({ cancel: true }),
    moved: (address, port) => post({ moved: { address, port } }),
    ended,
  };
}
