// The result of a transfer as a table: a row for each receiver, with all that a report on it needs. The same rows are
// the log on the disk, the CSV, and, with fewer columns, what people read.

import { csvRow } from './csv.ts';
import type { Transfer } from './event.ts';
import type { TransferReceiver } from './share.ts';
import { meanRate } from './transfer-progress.ts';

export type Cell = string | number | boolean | undefined;

type Column = { name: string; cell(transfer: Transfer, receiver: TransferReceiver | undefined): Cell };

const column = (name: string, cell: Column['cell']): Column => ({ name, cell });

/** In the order of the CSV. `sent` is of the transfer as a whole: one datagram serves many receivers. */
const columns: readonly Column[] = [
  column('ended', ({ at }) => new Date(at).toISOString()),
  column('share', ({ share }) => share),
  column('role', ({ role }) => role),
  column('phase', ({ phase }) => phase),
  column('title', ({ title }) => title),
  column('path', ({ path }) => path),
  column('files', ({ files }) => files),
  column('bytes', ({ total }) => total),
  column('mode', ({ mode }) => mode),
  column('group', ({ group }) => group),
  column('sender', ({ from }) => from),
  column('sent', ({ sent }) => sent),
  column('number', (_, receiver) => receiver?.number),
  column('receiver', (_, receiver) => receiver?.name),
  column('address', (_, receiver) => receiver?.address),
  column('port', (_, receiver) => receiver?.port),
  column('received', (_, receiver) => receiver?.bytes),
  column('lost', (_, receiver) => receiver?.lost),
  column('repaired', (_, receiver) => receiver?.repaired),
  column('dropped', (_, receiver) => receiver?.drops),
  column('seconds', ({ seconds }, receiver) => rounded(receiver?.seconds ?? seconds)),
  column('rate', ({ seconds }, receiver) => receiver && meanRate(receiver, seconds)),
  column('whole', (_, receiver) => receiver && receiver.state === 'whole'),
  column('reason', ({ reason }, receiver) => receiver?.reason ?? reason?.code),
];

const rounded = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : Math.round(seconds * 1000) / 1000;

/** A transfer that nobody came to still has a row: that it failed, and why. */
export function resultRows(transfer: Transfer): Cell[][] {
  const receivers = transfer.receivers.length > 0 ? transfer.receivers : [undefined];
  return receivers.map((receiver) => columns.map(({ cell }) => cell(transfer, receiver)));
}

export const csvHead = columns.map(({ name }) => name).join(',');

/** Lines of CSV (RFC 4180), each with its end, without the head. */
export function csvOf(transfer: Transfer): string {
  return resultRows(transfer).map(csvRow).join('');
}
