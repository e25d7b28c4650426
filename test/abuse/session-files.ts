// Session files written by hand, line by line.

import { closing, separator } from '../../source/session/format.ts';
import { header, heartbeat } from '../session/events.ts';

export { heartbeat };

/** The first bytes of a file, with anything in its header. */
export const openingOf = (more: Record<string, unknown> = {}): string =>
  `${JSON.stringify({ ...header, ...more }).slice(0, -1)},\n"events":[\n`;

export const sessionOf = (lines: string[], more?: Record<string, unknown>): string =>
  openingOf(more) + lines.join(separator) + closing;
