// The judgements of a check as a table: what was seen, and what follows.
import { describe, expect, test } from 'vitest';
import type { Check, CheckId, Judgement } from '../../source/doctor/check.ts';

type Row<Seen> = [string, Seen, Judgement['status'], string];

export function table<Id extends CheckId, Seen>(check: Check<Id, Seen>, rows: Row<Seen>[]) {
  describe(check.id, () => {
    test.each(rows)('%s', (_, seen, status, because) => {
      expect(check.judge(seen)).toMatchObject({ status, because });
    });
  });
}
