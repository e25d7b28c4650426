// How far a share is, as the events of its sender tell it.
import type { Transfer } from '../core/event.ts';
import type { Fault } from '../core/fault.ts';
import { groupName } from '../core/group.ts';
import type { TransferPhase } from '../core/share.ts';
import type { Content } from './content.ts';
import type { Member } from './member.ts';
import type { SenderOptions } from './options.ts';
import { mostReceivers } from './sender-ledger.ts';
import type { Streams } from './streams.ts';

export type SenderView = {
  options: SenderOptions;
  content: Content;
  streams: Streams;
  members: readonly Member[];
  phase: TransferPhase;
  reason: Fault | undefined;
  /** Of the data phase, ms; undefined before it. */
  time: number | undefined;
  now: number;
};

export function senderFacts(view: SenderView): Omit<Transfer, 'at'> {
  const { options, content, streams, members, phase, reason, time, now } = view;
  const { title, files, total } = content.manifest;
  const { blockSize } = content.layout;
  const { group, sent } = streams;
  const rows = members.map((member) => member.row((blocks) => Math.min(blocks * blockSize, total), now));
  return {
    type: 'transfer',
    share: options.share,
    role: 'sender',
    phase,
    title,
    files: files.length,
    total,
    mode: options.mode,
    from: options.name,
    path: options.paths[0] ?? '',
    sent,
    receivers: rows.slice(0, mostReceivers),
    ...(rows.length > mostReceivers && { more: rows.length - mostReceivers }),
    ...(group && { group: groupName(group) }),
    ...(reason && { reason: { code: reason.code, facts: reason.facts } }),
    ...(time !== undefined && { seconds: time / 1000 }),
  };
}
