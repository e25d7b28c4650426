// What a server of the lab protocol tells of itself, as an event.
import type { Transfer } from '../core/event.ts';
import { transferRows } from '../core/share.ts';
import type { LabMember } from './lab-member.ts';
import { type SenderState, senderEvent } from './sender-event.ts';
import type { Listing } from './walk.ts';

export type LabView = SenderState & { listing: Listing; members: readonly LabMember[]; now: number };

export function labFacts(view: LabView): Omit<Transfer, 'at'> {
  const { listing, members, phase, now } = view;
  const { title, total } = listing.manifest;
  const rows = members.slice(0, transferRows).map((member) => member.row(total, phase, now));
  return {
    ...senderEvent(view, title, rows, members.length),
    files: 1,
    total,
    mode: 'lab',
    sent: members.reduce((sum, { copy }) => sum + (copy?.posted ?? 0), 0),
  };
}
