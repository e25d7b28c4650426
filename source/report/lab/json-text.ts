// Reads what another command printed with --json, from a file that may come from anywhere.
import { readFile, stat } from 'node:fs/promises';
import * as z from 'zod/mini';
import { Fault } from '../../core/fault.ts';
import { safeText } from '../../core/safe-text.ts';
import { codeOf } from '../../session/disk.ts';

/** More is no result of this program. */
const mostBytes = 4 * 1024 * 1024;

/** Text that is safe to draw, and not too long. */
export const text = (limit: number) => z.string().check(z.overwrite((value) => safeText(value, limit)));

/**
 * Rejects with Fault `file-failed` {path, reason}, or `not-a-result` {path, command} where it is no such document.
 * `command` is what prints one.
 */
export async function readResult<T extends z.ZodMiniType>(
  path: string,
  shape: T,
  command: string,
): Promise<z.output<T>> {
  let value: unknown;
  try {
    if ((await stat(path)).size > mostBytes) throw new Fault('not-a-result', { path, command });
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof Fault) throw error;
    if (error instanceof SyntaxError) throw new Fault('not-a-result', { path, command });
    throw new Fault('file-failed', { path, reason: codeOf(error) });
  }
  const parsed = shape.safeParse(value);
  if (!parsed.success) throw new Fault('not-a-result', { path, command });
  return parsed.data;
}
