// What a server of the lab protocol tells of itself, as an event.
import type { Transfer } from '../core/event.ts';
import type { Fault } from '../core/fault.ts';
import { type TransferPhase, transferRows } from '../core/share.ts';
import type { LabMember } from './lab-member.ts';
import type { SenderOptions } from './options.ts';
import type { Listing } from './walk.ts';

export type LabView = {
  options: SenderOptions;
  listing: Listing;
  members: readonly LabMember[];
  phase: TransferPhase;
  reason: Fault | undefined;
  /** Of the data phase, ms; undefined before it. */
  time: number | undefined;
  now: number;
};

export function labFacts({
  options,
  listing,
  members,
  phase,
  reason,
  time,
  now,
}: LabView): Omit<Transfer, 'at'> {
  const { title, total } = listing.manifest;
  return {
    type: 'transfer',
    share: options.share,
    role: 'sender',
    phase,
    title,
    files: 1,
    total,
    mode: 'lab',
    from: options.name,
    path: options.paths[0] ?? '',
    sent: members.reduce((sum, { copy }) => sum + (copy?.posted ?? 0), 0),
    receivers: members.slice(0, transferRows).map((member) => member.row(total, phase, now)),
    ...(members.length > transferRows && { more: members.length - transferRows }),
    ...(reason && { reason: { code: reason.code, facts: reason.facts } }),
    ...(time !== undefined && { seconds: time / 1000 }),
  };
}
