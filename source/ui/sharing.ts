// What a person does with files: share, accept and decline what is offered, cancel, and clear away what is over.

import type { Transfer } from '../core/event.ts';
import type { OfferView } from '../core/snapshot.ts';
import { isOver } from '../core/transfers.ts';
import type { Desk } from './desk.ts';

/** The offer that keys and commands mean: the oldest. A replay's cannot be had any more. */
export const offerOf = ({ model, options }: Desk): OfferView | undefined =>
  options.replay ? undefined : model.latest?.offers[0];

/** Undefined: into the folder that the program was started with. */
export function acceptOffer(desk: Desk, out?: string): void {
  withOffer(desk, ({ share, title }) => {
    desk.feed.send({ do: 'accept', share, ...(out === undefined ? {} : { out }) });
    desk.tell(desk.look.words.messages.accepted(desk.look.address(title)));
  });
}

export function declineOffer(desk: Desk): void {
  withOffer(desk, ({ share, title }) => {
    desk.feed.send({ do: 'decline', share });
    desk.tell(desk.look.words.messages.declined(desk.look.address(title)));
  });
}

function withOffer(desk: Desk, act: (offer: OfferView) => void): void {
  const offer = offerOf(desk);
  if (offer) act(offer);
  else desk.tell(desk.look.words.messages.noOffer, 'warn');
}

export function shareFiles(desk: Desk, path: string): void {
  const { group } = desk.view();
  desk.feed.send({
    do: 'share',
    paths: [path],
    options: { mode: 'multicast' },
    ...(group === undefined ? {} : { group }),
  });
}

export function cancelTransfer(desk: Desk): void {
  const { look, feed, options } = desk;
  const { messages } = look.words;
  const meant = transferMeant(desk);
  if (options.replay) desk.tell(messages.notInReplay, 'warn');
  else if (!meant) desk.tell(messages.nothingToCancel, 'warn');
  else {
    feed.send({ do: 'cancel', share: meant.share });
    desk.tell(messages.cancelling(look.address(meant.title)));
  }
}

/** The chosen one of those that run; without a choice the only one. */
function transferMeant(desk: Desk): Transfer | undefined {
  const { look, lists, model } = desk;
  const { chosen } = desk.view();
  const running = lists.files(model, desk.view(), look).filter((transfer) => !isOver(transfer));
  if (chosen !== undefined) return running.find(({ share }) => share === chosen);
  return running.length === 1 ? running[0] : undefined;
}

export function dropTransfers(desk: Desk): void {
  desk.dispatch({ do: 'drop', at: desk.model.latest?.now ?? 0 });
}
