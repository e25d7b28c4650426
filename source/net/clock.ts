// The time of all that happens here: milliseconds since 1970 that never step back, whatever happens to the wall clock.
import type { Millis } from '../core/event.ts';

/** Read once: `now` is on the path of every datagram. */
const { timeOrigin } = performance;

export const now = (): Millis => timeOrigin + performance.now();
