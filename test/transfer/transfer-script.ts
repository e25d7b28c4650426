// A process for tests and benchmarks: one transfer, told its options as JSON, telling its events as JSON lines.
// The line `cancel` on standard input ends it. Run with `node --import tsx transfer-script.ts OPTIONS`.
import { createInterface } from 'node:readline';
import { Fault } from '../../source/core/fault.ts';
import type { ReceiverOptions, TransferOptions } from '../../source/transfer/options.ts';
import { startTransfer } from '../../source/transfer/start.ts';

const tell = (line: object) => console.log(JSON.stringify(line));
const options = JSON.parse(process.argv[2] ?? '') as TransferOptions;
// The overloads keep roles apart for whoever knows them; here both will do.
const transfer = startTransfer(options as ReceiverOptions);
/** Processor time of the data phase is what a benchmark compares: hashing and starting are apart from it. */
let before = process.cpuUsage();
let phase = '';
transfer.onEvent((event) => {
  if (event.phase !== phase) {
    const { user, system } = process.cpuUsage(before);
    tell({ type: 'cpu', phase, user: user / 1e6, system: system / 1e6 });
    before = process.cpuUsage();
    phase = event.phase;
  }
  tell(event);
});
transfer.ready.then(
  (ready: unknown) => tell({ type: 'ready', ...(ready as object) }),
  (error) => {
    if (!(error instanceof Fault)) throw error;
    tell({ type: 'fault', code: error.code, facts: error.facts });
  },
);
const input = createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'cancel') transfer.cancel();
});
await transfer.ended;
input.close();
process.stdin.destroy();
