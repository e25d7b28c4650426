// The banner of what is offered and can be accepted: as much of it as fits, the keys before the details.
import { sizeText } from '../core/size-text.ts';
import type { OfferView } from '../core/snapshot.ts';
import { fitted, widthOf } from './fit.ts';
import type { Look } from './look.ts';

/** `writing`: keys are text now, so it names commands. Undefined where nothing is offered. */
export function offerBanner(
  offers: readonly OfferView[],
  writing: boolean,
  width: number,
  { words: { banners }, address, glyphs }: Look,
): string | undefined {
  const [offer] = offers;
  if (!offer) return undefined;
  const { title, from, bytes } = offer;
  const means = writing ? banners.offerCommands : banners.offerKeys('a', 'd');
  const more = offers.length > 1 ? ` ${banners.moreOffers(offers.length - 1)}` : '';
  const end = ` ${glyphs.dot} ${means}${more}`;
  const room = width - widthOf(end);
  const told = [
    banners.offer(address(from), address(title), sizeText(bytes)),
    banners.offerShort(address(title)),
  ];
  const fits = told.find((text) => widthOf(text) <= room);
  if (fits !== undefined) return fits + end;
  return room >= 8
    ? fitted(told[1]!, room, 'left', glyphs.more) + end
    : fitted(told[1]!, width, 'left', glyphs.more);
}
