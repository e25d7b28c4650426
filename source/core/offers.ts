// What others offer to the group. Anybody can announce anything, so offers are bounded, an offer belongs to who
// announced it first, and it ends by itself when its announcements do.
import { notePeer } from './chat.ts';
import type { Millis, Received } from './event.ts';
import { sizeText } from './size-text.ts';
import type { OfferView } from './snapshot.ts';
import type { Offered, State } from './state.ts';

const maxOffers = 64;
/** Announcements come each second; after this long without one the offer is over, ms. */
const offerLife = 5000;

export function foldOffer(state: State, event: Received): void {
  const { offer, id = '', name = '', address, group, at } = event;
  if (!offer) return;
  const known = state.offers.get(offer.share);
  if (known && stands(known, at)) {
    if (known.id === id && known.view.address === address) known.lastAt = Math.max(known.lastAt, at);
    return;
  }
  for (const [share, offered] of state.offers) if (!stands(offered, at)) state.offers.delete(share);
  if (state.offers.size >= maxOffers) return;
  const view: OfferView = { ...offer, group, from: name, address, firstAt: at };
  state.offers.set(offer.share, { view, id, lastAt: at, declined: false });
  const { title, bytes } = offer;
  if (isTaken(state, offer.share)) return;
  notePeer(state, at, group, 'share-offered', { name, title, size: sizeText(bytes) });
}

/** Those that a person can still accept, oldest first. */
export function offersOf(state: State, now: Millis): OfferView[] {
  return [...state.offers.values()]
    .filter((offered) => stands(offered, now) && !offered.declined && !isTaken(state, offered.view.share))
    .map(({ view }) => view);
}

/** A person waved it away: it is not shown again while it lasts. */
export function declineOffer(state: State, share: string): void {
  const offered = state.offers.get(share);
  if (offered) offered.declined = true;
}

const stands = ({ lastAt }: Offered, now: Millis): boolean => now - lastAt < offerLife;

/** It is being received or was; one that failed can be accepted once more, and goes on where it was. */
function isTaken(state: State, share: string): boolean {
  const phase = state.transfers.get(share)?.phase;
  return phase !== undefined && phase !== 'failed' && phase !== 'cancelled';
}
