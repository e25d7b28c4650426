// What `doctor --json` printed, from a file.
import * as z from 'zod/mini';
import { diagnosisStatuses } from '../../core/event.ts';
import { readResult, text } from './json-text.ts';

const longest = 2000;

const shape = z.object({
  verdict: z.enum(['ok', 'warn', 'fail']),
  checks: z
    .array(
      z.object({
        id: text(80),
        status: z.enum(diagnosisStatuses),
        evidence: text(longest),
        cause: text(longest),
        remedy: text(longest),
      }),
    )
    .check(z.maxLength(200)),
});

export type DoctorResult = z.output<typeof shape>;

export const doctorCommand = 'mcast-tui doctor --json';

/** Rejects with Fault `file-failed` or `not-a-result`. */
export const readDoctor = (path: string): Promise<DoctorResult> => readResult(path, shape, doctorCommand);
