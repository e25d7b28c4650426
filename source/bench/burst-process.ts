// The sender of bursts, as a process of its own: what it costs must not come out of the threads that are measured.
// It sends when it is told to, and ends with the process that started it.
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../core/fault.ts';
import { encode } from '../core/message.ts';
import { openSender, type Sender } from '../net/multicast.ts';
import { type BurstOrder, type BurstReport, pace, type SenderOptions } from './burst-sender.ts';

/** What a stall of its own left undone is not caught up with beyond this, ms: the socket's buffer would not hold it. */
const mostLate = 10;

const options = JSON.parse(process.argv[2]!) as SenderOptions;
/** Counts from where the engine's clock does, by the one clock of this machine that never steps. */
const now = (): number => options.origin + Number(process.hrtime.bigint()) / 1e6;
const tell = (report: BurstReport) => process.send?.(report);

process.on('disconnect', () => process.exit());
// Ctrl+C in a terminal goes to both; the other one ends in good order, and this one with it.
process.on('SIGINT', () => {});

try {
  const sender = await openSender(options.group, () => {});
  process.on('message', (order: BurstOrder) => {
    send(sender, order).then((sent) => tell({ sent }), fail);
  });
  tell({ sent: 0 });
} catch (error) {
  fail(error);
}

async function send(sender: Sender, { from, count }: BurstOrder): Promise<number> {
  const { id, group } = options;
  let start = now();
  for (let sent = 0; sent < count; ) {
    const at = now();
    start = Math.max(start, at - (sent * 1000) / pace - mostLate);
    if ((at - start) * pace < sent * 1000) {
      await sleep(1);
      continue;
    }
    const seq = from + sent++;
    const text = `burst ${seq}`;
    await sender.send(
      Buffer.from(encode({ kind: 'chat', id, name: 'burst', seq, at, ttl: group.ttl, text })),
    );
  }
  return count;
}

function fail(error: unknown): void {
  if (!(error instanceof Fault)) throw error;
  const { code, facts, exitCode } = error;
  tell({ fault: { code, facts, exitCode } });
}
