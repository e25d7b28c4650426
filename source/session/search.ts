// Looks for the next or the previous event of a kind, without folding what lies between. Works in slices.
import type { Event } from '../core/event.ts';
import type { Landmark } from '../core/feed.ts';
import type { SessionReader } from './reader.ts';
import { type Mark, Track } from './track.ts';

export function isLandmark(event: Event, landmark: Landmark): boolean {
  switch (event.type) {
    case 'received':
      return event.kind === landmark;
    case 'sent':
      // A chat is looked for whoever said it; our own heartbeats and acknowledgements are not news.
      return landmark === 'chat' && event.kind === 'chat';
    case 'peer':
      return event.state === landmark;
    default:
      return event.type === landmark;
  }
}

/** `found` is the number of lines up to and with the event. */
export type Result = 'searching' | 'none' | { found: number };

export type Search = {
  readonly landmark: Landmark;
  /** Works until `isTime` says so. */
  run(isTime: () => boolean): Result;
};

export function searchForward(reader: SessionReader, landmark: Landmark, from: Mark): Search {
  const track = new Track(reader, from);
  return {
    landmark,
    run(isTime) {
      while (!isTime()) {
        const step = track.peek();
        if (!step) return 'none';
        track.take();
        if (step.event && isLandmark(step.event, landmark)) return { found: track.mark.line };
      }
      return 'searching';
    },
  };
}

/**
 * Of the lines before number `line`, the last that matches. A file is read forward, so stretches of it are, the
 * last one first; `before` tells where the stretch that ends at a line begins.
 */
export function searchBack(
  reader: SessionReader,
  landmark: Landmark,
  line: number,
  before: (line: number) => Mark,
): Search {
  let until = line;
  let from = before(until);
  let track = new Track(reader, from);
  let found: number | undefined;
  return {
    landmark,
    run(isTime) {
      while (!isTime()) {
        if (track.mark.line < until && track.peek()) {
          const { event } = track.peek()!;
          track.take();
          if (event && isLandmark(event, landmark)) found = track.mark.line;
        } else if (found !== undefined) {
          return { found };
        } else if (from.line === 0) {
          return 'none';
        } else {
          until = from.line;
          from = before(until);
          track = new Track(reader, from);
        }
      }
      return 'searching';
    },
  };
}
