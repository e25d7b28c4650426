// Reads a session through its figures, a few events at a time, so that whoever waits can be told and can stop it.
import { readEvent } from '../../session/check.ts';
import { SessionReader } from '../../session/reader.ts';
import { SessionFigures } from './session-figures.ts';

const eventsAtOnce = 2000;

/** Yields now and then; returns the figures. Throws as SessionReader does. */
export function* gathered(path: string, label: string): Generator<void, SessionFigures> {
  const reader = new SessionReader(path);
  try {
    const figures = new SessionFigures(reader.header, label);
    const lines = reader.lines();
    for (let line = lines.next(); line !== undefined; line = lines.next()) {
      const event = readEvent(line);
      if (!event) continue;
      figures.add(event);
      if (figures.events % eventsAtOnce === 0) yield;
    }
    if (figures.events === 0) {
      figures.firstAt = reader.header.started;
      figures.lastAt = reader.header.started;
    }
    return figures;
  } finally {
    reader.close();
  }
}
