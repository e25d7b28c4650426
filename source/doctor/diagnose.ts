// The same checks for a program that runs: what they find as events, for its session and its screen.
import type { Diagnosis } from '../core/event.ts';
import { groupName } from '../core/group.ts';
import { safeText } from '../core/safe-text.ts';
import { faultFact } from '../words/diagnosis.ts';
import type { AnyCheck, Judgement } from './check.ts';
import { whereOf, worded } from './examine.ts';
import { type Host, thisHost } from './host.ts';
import type { Question } from './question.ts';
import { checks } from './registry.ts';

/** A session takes no longer ones; a list of firewall rules can be. */
const evidenceLimit = 1000;
const remedyLimit = 500;

/** All checks of one group, in the order in which they are told. `now` is asked for when they are done. */
export async function diagnose(question: Question, now: () => number): Promise<Diagnosis[]> {
  const host = thisHost(question);
  const judgements = await Promise.all(checks.map((each) => each.run(host)));
  const at = now();
  return checks.map((each, place) => diagnosisOf(each, judgements[place]!, host, at));
}

export function diagnosisOf(
  { id, link }: Pick<AnyCheck, 'id' | 'link'>,
  judgement: Judgement,
  host: Host,
  at: number,
): Diagnosis {
  const { status, evidence, cause, remedy } = worded(id, link, judgement, whereOf(host, 'en'));
  return {
    type: 'diagnosis',
    at,
    group: groupName(host.group),
    id,
    status,
    code: judgement.because,
    facts: factsOf(judgement),
    text: cause,
    link,
    ...(evidence === '' ? {} : { evidence: safeText(evidence, evidenceLimit) }),
    ...(remedy === '' ? {} : { remedy: safeText(remedy, remedyLimit) }),
  };
}

function factsOf(judgement: Judgement): Diagnosis['facts'] {
  if (judgement.status === 'unknown') return {};
  const { facts = {}, fault } = judgement;
  return fault ? { ...facts, ...fault.facts, [faultFact]: fault.code } : facts;
}
