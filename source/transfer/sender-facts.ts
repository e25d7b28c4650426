// How far a share is, as the events of its sender tell it.
import type { Transfer } from '../core/event.ts';
import { groupName } from '../core/group.ts';
import type { Content } from './content.ts';
import type { Member } from './member.ts';
import { type SenderState, senderEvent } from './sender-event.ts';
import type { Streams } from './streams.ts';

export type SenderView = SenderState & {
  content: Content;
  streams: Streams;
  members: readonly Member[];
  now: number;
};

export function senderFacts(view: SenderView): Omit<Transfer, 'at'> {
  const { content, streams, members, now } = view;
  const { title, files, total } = content.manifest;
  const { blockSize } = content.layout;
  const { group, sent } = streams;
  const rows = members.map((member) => member.row((blocks) => Math.min(blocks * blockSize, total), now));
  return {
    ...senderEvent(view, title, rows),
    files: files.length,
    total,
    sent,
    ...(group && { group: groupName(group) }),
  };
}
