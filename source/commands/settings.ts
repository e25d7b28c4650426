// Where sessions and settings are kept, and what the settings file says about flags.
import { resolve } from 'node:path';
import './home.ts';
import envPaths from 'env-paths';
import { Fault } from '../core/fault.ts';
import { readSettings } from '../session/settings.ts';
import { faultText } from '../words/faults.ts';
import type { Io } from './command.ts';
import type { Env, GivenFlags, Settings } from './settle.ts';

/** The directory that a flag or MCAST_DATA_DIR names; else where this system keeps a program's data. */
export function dataDirOf(named: string | undefined): string {
  return named === undefined ? envPaths('mcast-tui', { suffix: '' }).data : resolve(named);
}

/** Tells of a damaged catalogue and the like: the command goes on. */
export function tellOn({ stderr, lang }: Pick<Io, 'stderr' | 'lang'>): (fault: Fault) => void {
  return (fault) => void stderr.write(`mcast-tui: ${faultText(lang, fault)}\n`);
}

/**
 * The settings file lies in the data directory, so it has no say in where that is. One that cannot be read is told
 * of, and is no reason not to run.
 */
export async function loadSettings(
  given: GivenFlags,
  env: Env,
  tell: (fault: Fault) => void,
): Promise<Settings> {
  const asked = [given.dataDir].flat().at(-1);
  const dataDir = dataDirOf(typeof asked === 'string' ? asked : env.MCAST_DATA_DIR || undefined);
  try {
    return await readSettings(dataDir, tell);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    tell(error);
    return {};
  }
}
