// Settings are read at every start, before anything is shown; so without the schema library, which takes as long
// to load as the rest of a small command. A file that is not plainly in order is left to the catalogue to mend.
import { readFile } from 'node:fs/promises';
import { Fault } from '../core/fault.ts';
import { isRecord } from '../core/fields.ts';
import { catalogueVersion, type Settings, type Tell } from './catalogue-shape.ts';
import { codeOf } from './disk.ts';
import { cataloguePath } from './paths.ts';

/** Settings of a data directory; none where there is no catalogue. Rejects with Fault('file-failed'). */
export async function readSettings(dataDir: string, tell?: Tell): Promise<Settings> {
  const path = cataloguePath(dataDir);
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (isRecord(value) && value['mcast-tui-catalogue'] === catalogueVersion && isRecord(value.settings)) {
      return value.settings;
    }
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return {};
    if (!(error instanceof SyntaxError)) throw new Fault('file-failed', { path, reason: code });
  }
  const { mendSettings } = await import('./catalogue.ts');
  return mendSettings(dataDir, tell);
}
