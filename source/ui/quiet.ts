// A quiet group explains itself: since when nobody is heard, and what a person can try.
import { findingsOf } from '../core/diagnoses.ts';
import type { Diagnosed, Snapshot } from '../core/snapshot.ts';
import { fitted, wrap } from './fit.ts';
import { age } from './format.ts';
import type { Look } from './look.ts';

/** Silence after which it is worth a word, ms: longer than any heartbeat that was not stretched by a crowd. */
export const quietAfter = 4000;

/** Findings that say more than that nothing is heard. */
const toldAlone = ['explained', 'unexplained', 'forgotten', 'cut-off'];

/** Rows of exactly `width` columns, or none while somebody is there. */
export function quietLines(
  latest: Snapshot,
  diagnoses: readonly Diagnosed[],
  width: number,
  look: Look,
): string[] {
  const { words, theme, glyphs, address } = look;
  const { now, startedAt, heardAt, peerCount, player, groups } = latest;
  const { quiet } = words;
  if (peerCount.alive + peerCount.suspect > 0) return [];
  if (player) return heardAt === undefined ? [theme.dim(fitted(quiet.replay, width))] : [];
  const verdict = findingsOf(diagnoses).find(({ code }) => toldAlone.includes(code));
  if (verdict) return verdictLines(verdict, width, look);
  const silence = now - (heardAt ?? startedAt);
  if (silence < quietAfter) return [];
  const time = age(silence);
  const known = peerCount.dead + peerCount.gone > 0;
  const headline = heardAt === undefined ? quiet.never(time) : known ? quiet.alone(time) : quiet.silent(time);
  const group = groups[0];
  if (!group) return [theme.warn(fitted(headline, width))];
  const port = group.group.slice(group.group.lastIndexOf(':') + 1);
  const tips = quiet.tips(
    address(group.group),
    `${group.interface} (${address(group.address)})`,
    group.ttl,
    port,
  );
  return [
    ...wrap(headline, width).map((line) => theme.warn(fitted(line, width))),
    fitted(quiet.try, width),
    ...tips.flatMap((tip) =>
      wrap(tip, width - 2).map((line, i) => fitted(`${i === 0 ? glyphs.notice : ' '} ${line}`, width)),
    ),
  ];
}

/** The cause, and what to do about it on lines of its own. */
function verdictLines(verdict: Diagnosed, width: number, look: Look): string[] {
  const { theme, diagnosis } = look;
  const remedy = look.remedy(verdict);
  return [
    ...wrap(look.cause(verdict), width).map((line) => theme.warn(fitted(line, width))),
    ...(remedy === '' ? [] : [fitted(`${diagnosis.remedy}:`, width)]),
    ...(remedy === '' ? [] : wrap(remedy, width - 2).map((line) => theme.accent(fitted(`  ${line}`, width)))),
  ];
}
