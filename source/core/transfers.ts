// File transfers of this node. An event says all of one transfer, so the newest is kept, and the chat tells of its
// beginning and its end.
import { notice } from './chat.ts';
import type { Transfer } from './event.ts';
import type { TransferPhase } from './share.ts';
import { sizeText } from './size-text.ts';
import type { State } from './state.ts';

/** Transfers kept; the oldest that is over makes room for a new one. */
const maxTransfers = 64;

const final: ReadonlySet<TransferPhase> = new Set(['done', 'failed', 'cancelled']);

/** It will not move any more. */
export const isOver = ({ phase }: Transfer): boolean => final.has(phase);

export function foldTransfer(state: State, event: Transfer): void {
  const { transfers, moved } = state;
  const before = transfers.get(event.share);
  if (!before && transfers.size >= maxTransfers) makeRoom(state);
  transfers.set(event.share, event);
  state.removed.delete(event.share);
  moved.add(event.share);
  if (!before || (isOver(before) && !isOver(event))) tell(state, event, 'started');
  if (isOver(event) && event.phase !== before?.phase) tell(state, event, event.phase);
}

function makeRoom({ transfers, moved, removed }: State): void {
  const share = [...transfers.values()].find(isOver)?.share ?? transfers.keys().next().value!;
  transfers.delete(share);
  moved.delete(share);
  removed.add(share);
}

function tell(state: State, event: Transfer, what: string): void {
  const { role, title, total, from, path = '', receivers, reason } = event;
  const whole = receivers.filter(({ state }) => state === 'whole').length;
  const of = receivers.length + (event.more ?? 0);
  notice(state, event.at, '', `share-${what}-${role}`, {
    ...reason?.facts,
    title,
    size: sizeText(total),
    name: from,
    path,
    whole,
    of,
    ...(reason ? { reason: reason.code } : {}),
  });
}
