// The log of one transfer: a file of its own in the data directory, which a spreadsheet opens.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Transfer } from '../core/event.ts';
import { csvHead, csvOf } from '../core/transfer-table.ts';
import { diskFault, makeFolder } from './disk.ts';

/** Resolves with its path. Rejects with Fault('disk-full') or ('not-writable'). */
export async function writeTransferLog(folder: string, transfer: Transfer): Promise<string> {
  const stamp = new Date(transfer.at).toISOString().replace(/[-:]|\.\d+/g, '');
  const path = join(folder, `${stamp}-${transfer.role}-${transfer.share}.csv`);
  try {
    await makeFolder(folder);
    await writeFile(path, `${csvHead}\r\n${csvOf(transfer)}`, { mode: 0o600 });
    return path;
  } catch (error) {
    throw diskFault(error, path, 'not-writable');
  }
}
