// Opens the session file of a run. A session that cannot be written is told of, and the run goes on without.
import { hostname } from 'node:os';
import type { Started } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import { enterSession } from '../session/catalogue.ts';
import { formatVersion } from '../session/format.ts';
import { sessionPath } from '../session/paths.ts';
import { Recorder } from '../session/recorder.ts';
import type { EngineOptions } from './options.ts';

export type RecordingOptions = NonNullable<EngineOptions['record']>;
type Tell = (fault: Fault) => void;

/** `tell` gets the Fault that keeps the session from being written, now or later. */
export async function startRecording(
  { dataDir, limitBytes }: RecordingOptions,
  { at: started, version, id, name, groups }: Started,
  tell: Tell,
): Promise<Recorder | undefined> {
  const about = { version, id, name, host: hostname(), pid: process.pid, started, groups };
  try {
    return await Recorder.open({
      path: sessionPath(dataDir, started, name),
      header: { 'mcast-tui': formatVersion, ...about },
      limitBytes,
      onStop: tell,
    });
  } catch (error) {
    tellFault(error, tell);
    return undefined;
  }
}

/** Closes the file and enters it into the catalogue. */
export async function finishRecording(
  recorder: Recorder,
  { dataDir }: RecordingOptions,
  tell: Tell,
): Promise<void> {
  await recorder.close();
  await enterSession(dataDir, recorder.path, recorder.events).catch((error) => tellFault(error, tell));
}

function tellFault(error: unknown, tell: Tell): void {
  if (!(error instanceof Fault)) throw error;
  tell(error);
}
