// What an event of a sender says, whichever way it sends.
import type { Transfer } from '../core/event.ts';
import type { Fault } from '../core/fault.ts';
import { type TransferPhase, type TransferReceiver, transferRows } from '../core/share.ts';
import type { SenderOptions } from './options.ts';

export type SenderState = {
  options: SenderOptions;
  phase: TransferPhase;
  reason: Fault | undefined;
  /** Of the data phase, ms; undefined before it. */
  time: number | undefined;
};

/** `count` receivers, of which the first have rows. */
export function senderEvent(
  { options, phase, reason, time }: SenderState,
  title: string,
  rows: readonly TransferReceiver[],
  count = rows.length,
): Omit<Transfer, 'at' | 'files' | 'total'> {
  return {
    type: 'transfer',
    share: options.share,
    role: 'sender',
    phase,
    title,
    mode: options.mode,
    from: options.name,
    path: options.paths[0] ?? '',
    receivers: rows.slice(0, transferRows),
    ...(count > transferRows && { more: count - transferRows }),
    ...(reason && { reason: { code: reason.code, facts: reason.facts } }),
    ...(time !== undefined && { seconds: time / 1000 }),
  };
}
