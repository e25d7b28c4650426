// Runs all checks and puts what they found into words.
import { byGravity } from '../core/diagnoses.ts';
import type { Facts } from '../core/fault.ts';
import { groupName } from '../core/group.ts';
import { fill } from '../words/cli.ts';
import { doctorWords } from '../words/doctor.ts';
import { byHand } from '../words/doctor-by-hand.ts';
import { faultText } from '../words/faults.ts';
import type { Lang } from '../words/lang.ts';
import type { AnyCheck, CheckId, Judgement, Status } from './check.ts';
import { type Host, thisHost } from './host.ts';
import type { Question } from './question.ts';
import { checks } from './registry.ts';

export type Finding = {
  id: CheckId;
  status: Status;
  evidence: string;
  /** A sentence. */
  cause: string;
  /** What to do about it, mostly a command; how to look by hand where it could not be looked. Empty when all is well. */
  remedy: string;
  link: string;
};
export type Verdict = 'ok' | 'warn' | 'fail';
export type Examination = { verdict: Verdict; checks: Finding[] };

/** Looks at each group and tells, of each check, the worst. `began` is told before the listening starts. */
export async function examine(
  questions: readonly Question[],
  lang: Lang,
  began: (host: Host) => void = () => {},
): Promise<Examination> {
  const hosts = questions.map(thisHost);
  for (const host of hosts) began(host);
  const each = await Promise.all(
    hosts.map((host) => Promise.all(checks.map((one) => judged(one, host, lang)))),
  );
  const found = checks.map((_, place) => {
    const ofGroups = each.map((findings, group) => {
      const finding = findings[place]!;
      return hosts.length === 1
        ? finding
        : { ...finding, evidence: `${groupName(hosts[group]!.group)}: ${finding.evidence}` };
    });
    return ofGroups.sort(byGravity)[0]!;
  });
  return { verdict: verdictOf(found), checks: found };
}

/** What could not be looked at is no failure; it is counted and told. */
export function verdictOf(found: readonly { status: Status }[]): Verdict {
  if (found.some(({ status }) => status === 'fail')) return 'fail';
  return found.some(({ status }) => status === 'warn') ? 'warn' : 'ok';
}

async function judged({ id, link, run }: AnyCheck, host: Host, lang: Lang): Promise<Finding> {
  return worded(id, link, await run(host), whereOf(host, lang));
}

export const whereOf = (host: Host, lang: Lang) => ({
  lang,
  platform: host.platform,
  interface: host.local?.name,
});

/** A judgement in words. */
export function worded(
  id: CheckId,
  link: string,
  judgement: Judgement,
  on: { lang: Lang; platform: NodeJS.Platform; interface?: string | undefined },
): Finding {
  const { status, evidence } = judgement;
  const words = doctorWords(on.lang);
  if (status === 'unknown') {
    const { linux, darwin, win32 } = byHand[id];
    const command = on.platform === 'win32' ? win32 : on.platform === 'darwin' ? darwin : linux;
    const remedy = command.replaceAll('INTERFACE', on.interface ?? 'INTERFACE');
    return { id, status, evidence, cause: words.unseen[judgement.because], remedy, link };
  }
  const texts: { causes: Record<string, string>; remedies: Record<string, string> } = words.checks[id];
  const facts: Facts = judgement.facts ?? {};
  const sentence = texts.causes[judgement.because] ?? '';
  const cause = judgement.fault ? faultText(on.lang, judgement.fault) : fill(sentence, facts);
  return { id, status, evidence, cause, remedy: fill(texts.remedies[judgement.because] ?? '', facts), link };
}
