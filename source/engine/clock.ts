// The engine's time: milliseconds since 1970 that never step back, whatever happens to the wall clock.
import type { Millis } from '../core/event.ts';

export const now = (): Millis => performance.timeOrigin + performance.now();

/** Times finer than a microsecond say nothing. */
export const toMicros = (ms: number): number => Math.round(ms * 1000) / 1000;
