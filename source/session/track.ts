// Goes through a session event by event. Time is the largest instant so far: workers finish nearly in order,
// and a replay never steps back by itself.
import type { Event, Millis } from '../core/event.ts';
import { readEvent } from './check.ts';
import type { LineReader } from './lines.ts';
import type { SessionReader } from './reader.ts';

/** A place between two lines of a session. */
export type Mark = {
  /** Offset of the next line in the file. */
  offset: number;
  /** Lines before it. */
  line: number;
  /** Time of the last event before it. */
  time: Millis;
};

/** What a line holds; damaged ones have no event and count as lines all the same. */
export type Step = { event: Event | undefined; time: Millis };

export class Track {
  readonly #lines: LineReader;
  #mark: Mark;
  #pending: Step | undefined;

  constructor(reader: SessionReader, mark: Mark = startOf(reader)) {
    this.#lines = reader.lines(mark.offset);
    this.#mark = mark;
  }

  get mark(): Mark {
    return this.#mark;
  }

  /** The next line, which stays the next one until it is taken; undefined at the end. */
  peek(): Step | undefined {
    if (this.#pending) return this.#pending;
    const text = this.#lines.next();
    if (text === undefined) return undefined;
    const event = readEvent(text);
    this.#pending = { event, time: Math.max(this.#mark.time, event?.at ?? 0) };
    return this.#pending;
  }

  take(): void {
    const step = this.peek();
    if (!step) return;
    this.#mark = { offset: this.#lines.offset, line: this.#mark.line + 1, time: step.time };
    this.#pending = undefined;
  }
}

export const startOf = (reader: SessionReader): Mark => ({
  offset: reader.start,
  line: 0,
  time: reader.firstAt,
});
