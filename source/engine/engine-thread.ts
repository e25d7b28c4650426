// Thread entry of the live engine: ties an Engine to the link with the main thread.
import { parentPort, workerData } from 'node:worker_threads';
import { Fault } from '../core/fault.ts';
import { Engine } from './engine.ts';
import type { FromThread, ToThread } from './link.ts';
import type { EngineOptions } from './options.ts';

const port = parentPort!;
const post = (message: FromThread, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

function fail(error: unknown): void {
  if (!(error instanceof Fault)) throw error;
  post({ fault: { code: error.code, facts: error.facts, exitCode: error.exitCode } });
  port.close();
}

try {
  const engine = await Engine.open(workerData as EngineOptions, {
    snapshot: (snapshot) => post({ snapshot }),
    lines: (lines) => post({ lines }, [lines.buffer as ArrayBuffer]),
    ended: (reason) => {
      post({ ended: reason });
      port.close();
    },
  });
  port.on('message', (message: ToThread) => {
    if ('command' in message) engine.command(message.command);
    else if ('took' in message) engine.tookSnapshot();
    else if ('tookLines' in message) engine.tookLines(message.tookLines);
    else engine.close(message.close).catch(fail);
  });
  post({ ready: true });
} catch (error) {
  fail(error);
}
