// Totals and the last minute's rate, second by second.
import type { Millis } from './event.ts';
import type { Second, State } from './state.ts';

/** Seconds kept: the minute that is shown and the one that is not whole yet. */
const kept = 61;

export function tally(state: State, at: Millis, bytes: number, way: 'received' | 'sent'): void {
  const second = currentSecond(state, at);
  if (way === 'received') {
    state.totals.received++;
    state.totals.bytes += bytes;
    second.received++;
    second.bytes += bytes;
  } else {
    state.totals.sent++;
    state.totals.sentBytes += bytes;
    second.sent++;
  }
}

function currentSecond(state: State, at: Millis): Second {
  const number = Math.floor(at / 1000);
  const newest = state.seconds.at(-1);
  // What was stamped just before the second turned still counts in the newest one.
  if (newest && number <= newest.second) return newest;
  const second = { second: number, received: 0, bytes: 0, sent: 0 };
  state.seconds.push(second);
  if (state.seconds.length > kept) state.seconds.shift();
  return second;
}

/** Traffic in each of the 60 whole seconds before `now`, oldest first; zero where nothing was heard. */
export function lastMinute(state: State, now: Millis): Second[] {
  const current = Math.floor(now / 1000);
  const byNumber = new Map(state.seconds.map((second) => [second.second, second]));
  return Array.from({ length: 60 }, (_, i) => {
    const second = current - 60 + i;
    return byNumber.get(second) ?? { second, received: 0, bytes: 0, sent: 0 };
  });
}
