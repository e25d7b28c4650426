// Where sessions and settings are kept, and what the settings file says about flags.
import { resolve } from 'node:path';
import envPaths from 'env-paths';
import { readSettings } from '../session/catalogue.ts';
import type { Env, GivenFlags, Settings } from './settle.ts';

/** The directory that a flag or MCAST_DATA_DIR names; else where this system keeps a program's data. */
export function dataDirOf(named: string | undefined): string {
  return named === undefined ? envPaths('mcast-tui', { suffix: '' }).data : resolve(named);
}

/** The settings file lies in the data directory, so it has no say in where that is. */
export async function loadSettings(given: GivenFlags, env: Env): Promise<Settings> {
  const asked = [given.dataDir].flat().at(-1);
  return readSettings(dataDirOf(typeof asked === 'string' ? asked : env.MCAST_DATA_DIR || undefined));
}
