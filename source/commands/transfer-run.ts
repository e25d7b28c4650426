// What `share` and `receive` have in common: an engine whose events are shown, until it is done or is told to stop.
import type { Event } from '../core/event.ts';
import type { LiveFeed } from '../engine/live.ts';
import { startEngine } from '../engine/live.ts';
import type { Io } from './command.ts';
import { engineOptions } from './engine-options.ts';
import type { Flags } from './flags.ts';
import { firstSignal } from './signals.ts';
import { TransferShow } from './transfer-show.ts';
import { usageFault } from './usage.ts';

/** After a signal a stuck reader is waited for no longer than this, ms. */
const patienceAfterSignal = 1000;
const patience = 2 ** 31 - 1;

export type Session = { feed: LiveFeed; show: TransferShow; onEvent(listener: (event: Event) => void): void };

/**
 * Runs until the promise of `work` settles, a signal comes, the reader goes away or --duration is over. The exit code
 * is 0 when every transfer ended whole, and there was one; 128 + n after a signal.
 */
export async function runTransfers(
  flags: Flags,
  io: Io,
  work: (session: Session) => Promise<void>,
): Promise<number> {
  if (flags.json && flags.csv) throw usageFault('json-or-csv');
  const options = engineOptions(flags, io, true);
  const feed = await startEngine(options);
  const show = new TransferShow(io, { json: flags.json, csv: flags.csv });
  const signal = firstSignal();
  const listeners: ((event: Event) => void)[] = [];
  feed.onLines((block) => {
    for (const event of JSON.parse(`[${block}]`) as Event[]) {
      show.take(event);
      for (const listener of listeners) listener(event);
    }
  });
  let exitCode: number | undefined;
  try {
    const end = await Promise.race([
      work({ feed, show, onEvent: (listener) => void listeners.push(listener) }).then(() => 'end'),
      feed.ended.then(() => 'duration'),
      show.printer.gone.then(() => 'output closed'),
      signal.came.then((by) => {
        exitCode = by.exitCode;
        return by.name;
      }),
    ]);
    await feed.close(end);
    await show.printer.drained(exitCode === undefined ? patience : patienceAfterSignal);
    return exitCode ?? show.exitCode;
  } catch (error) {
    await feed.close('error');
    throw error;
  } finally {
    signal.ignore();
  }
}
