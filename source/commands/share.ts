// `share`: files to all receivers of the group, whole.
import type { Transfer } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import type { ShareOptions } from '../core/feed.ts';
import { isOver } from '../core/transfers.ts';
import { fill } from '../words/cli.ts';
import { transferWords } from '../words/transfer.ts';
import type { Io, Run } from './command.ts';
import type { Flags } from './flags.ts';
import { runTransfers, type Session } from './transfer-run.ts';
import { oneNumber, usageFault } from './usage.ts';

export const run: Run = async (input, flags, io) => {
  if (input.length === 0) throw usageFault('what-to-share');
  return runTransfers(flags, io, (session) => {
    const { feed, onEvent } = session;
    if (flags.mode === 'lab' && !flags.json) tellServer(session, io);
    feed.send({ do: 'share', paths: input, options: shareOptions(flags) });
    return new Promise((resolve, reject) => {
      let last: Transfer | undefined;
      // A barrier that nobody stands at would be waited at for ever.
      const timer =
        flags.wait === undefined
          ? undefined
          : setTimeout(() => {
              if (last && last.receivers.length > 0) return;
              reject(new Fault('nobody-came', { seconds: flags.wait! }, 1));
            }, flags.wait * 1000);
      onEvent((event) => {
        if (event.type !== 'transfer') return;
        last = event;
        if (!isOver(event)) return;
        clearTimeout(timer);
        resolve();
      });
    });
  });
};

/** Plain clients hear no announcement: a person tells them where to go. */
function tellServer({ onEvent, show }: Session, { lang }: Io): void {
  let address = '';
  let isTold = false;
  onEvent((event) => {
    if (event.type === 'joined') address = event.address;
    if (isTold || event.type !== 'sent' || event.offer === undefined) return;
    isTold = true;
    show.say(fill(transferWords(lang).labServer, { address, port: event.offer.control }));
  });
}

const kilobit = 1000 / 8;

function shareOptions({
  mode = 'multicast',
  clients,
  wait,
  rate,
  controlPort,
  minRate,
}: Flags): ShareOptions {
  const count = oneNumber('clients', clients);
  return {
    mode,
    ...(count === undefined ? {} : { clients: count }),
    ...(wait === undefined ? {} : { wait: wait * 1000 }),
    ...(rate === undefined ? {} : { rate: rate * 1000 * kilobit }),
    ...(controlPort === undefined ? {} : { controlPort }),
    ...(minRate === undefined ? {} : { minRate: minRate * kilobit }),
  };
}
