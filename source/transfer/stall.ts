// When a receiver holds the others back: it is served apart then, and given up when even so it does not move.
import type { Member } from './member.ts';

/** Without a report of anything new for so long, ms, a receiver is served apart; and given up. */
const stalled = 3000;
const hopeless = 30_000;
/** How long it may be slower than is asked for before it counts, ms. */
const patience = 5000;

export type Verdict = 'fine' | 'apart' | 'drop';

/** `others`: there are some that it holds back. `minRate`: bytes per second. */
export function stallOf(
  member: Member,
  now: number,
  { others, minRate }: { others: boolean; minRate: number },
): Verdict {
  if (member.isCaughtUp) {
    member.movedAt = now;
    return 'fine';
  }
  const still = now - member.movedAt;
  if (still > hopeless) return 'drop';
  const isSlow = minRate > 0 && now - member.startedAt > patience && member.rate < minRate;
  if (member.apartAt !== undefined) return isSlow && now - member.apartAt > patience ? 'drop' : 'fine';
  if (!others) return 'fine';
  return still > stalled || isSlow ? 'apart' : 'fine';
}
