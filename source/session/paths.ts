// Where things lie in the data directory.
import { join } from 'node:path';
import type { Millis } from '../core/event.ts';

export const sessionsDir = (dataDir: string): string => join(dataDir, 'sessions');
/** A log for each file transfer. */
export const transfersDir = (dataDir: string): string => join(dataDir, 'transfers');
/** The catalogue, with the settings in it: beside the directory, which holds session files and nothing else. */
export const cataloguePath = (dataDir: string): string => join(dataDir, 'sessions.json');

/** A file name is at most 255 bytes everywhere; 60 characters of four bytes and the time stay below. */
const nameLength = 60;

/**
 * `<start>-<name>.json`, fit for every file system: letters of any script, digits, dot, dash and underscore stay,
 * all else becomes a dash. The start is in UTC, so that names sort by time.
 */
export function sessionPath(dataDir: string, started: Millis, name: string): string {
  const stamp = new Date(started)
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
  const letters = [...name.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')]
    .slice(0, nameLength)
    .join('');
  const safe = letters.replace(/^[-.]+|[-.]+$/g, '') || 'node';
  return join(sessionsDir(dataDir), `${stamp}-${safe}.json`);
}
