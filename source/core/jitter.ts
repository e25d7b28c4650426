// Inter-arrival jitter (RFC 3550 §6.4.1, A.8): how much the transit time varies. The clocks of sender and
// receiver need not agree, only their difference is used.

export type Jitter = { value: number; transit: number | undefined };

/** A step of the sender's clock, not a delay. ms */
const clockStep = 10_000;

export const newJitter = (): Jitter => ({ value: 0, transit: undefined });

/** In order of arrival; both times in ms. */
export function observeJitter(jitter: Jitter, arrivedAt: number, sentAt: number): void {
  const transit = arrivedAt - sentAt;
  const difference = jitter.transit === undefined ? 0 : Math.abs(transit - jitter.transit);
  jitter.transit = transit;
  if (difference < clockStep) jitter.value += (difference - jitter.value) / 16;
}
