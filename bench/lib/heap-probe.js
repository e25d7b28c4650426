// Loaded into the program's threads by the soak (`node --import`): each writes its used heap to a file each second.
// The pool's threads do without; they keep nothing from one batch to the next.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';

const file = join(process.env.MCAST_DATA_DIR, isMainThread ? 'heap-main' : 'heap-engine');

setInterval(() => {
  const used = process.memoryUsage().heapUsed / 2 ** 20;
  appendFileSync(file, `${JSON.stringify({ at: Date.now(), used })}\n`);
}, 1000).unref();
