// What a failure in the output folder means to the person who receives.
import { Fault } from '../core/fault.ts';
import { codeOf, diskFault } from '../session/disk.ts';

/** Fault('out-full') when there is no space left, else Fault('part-failed'); a Fault stays what it is. */
export function partFault(error: unknown, path: string): Fault {
  if (error instanceof Fault) return error;
  if (diskFault(error, path, 'not-writable').code === 'disk-full') return new Fault('out-full', { path }, 1);
  return new Fault('part-failed', { path, reason: codeOf(error) }, 1);
}
