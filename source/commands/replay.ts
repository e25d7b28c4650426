// `replay`: a recorded session on the same screen; where there is no terminal, its events as lines, at once.
import type { Event } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import { startReplay } from '../engine/replay.ts';
import { readEvent } from '../session/check.ts';
import { SessionReader } from '../session/reader.ts';
import { resolveSession } from '../session/select.ts';
import type { Run } from './command.ts';
import { printEvents } from './headless.ts';
import { refuseWords } from './input.ts';
import { showScreen, wantsScreen } from './screen.ts';
import { dataDirOf, tellOn } from './settings.ts';
import { usageFault } from './usage.ts';

export const run: Run = async (input, flags, io) => {
  refuseWords('replay', input, 1);
  const path = await resolveSession(input[0], dataDirOf(flags.dataDir), tellOn(io)).catch((error) => {
    throw input.length === 0 && error instanceof Fault ? usageFault('no-sessions') : error;
  });
  if (!wantsScreen(flags, io)) return printEvents(eventsOf(path), { json: flags.json }, io);
  return showScreen(startReplay({ path, speed: flags.speed }), flags, { replay: true }, io);
};

/** Reads as it goes, so that a session of any length can be printed. */
function* eventsOf(path: string): Generator<Event> {
  const reader = new SessionReader(path);
  try {
    const lines = reader.lines();
    for (let line = lines.next(); line !== undefined; line = lines.next()) {
      const event = readEvent(line);
      if (!event) continue;
      // As listen prints them: the bytes are for exports.
      if ('payload' in event) delete event.payload;
      yield event;
    }
  } finally {
    reader.close();
  }
}
