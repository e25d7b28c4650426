// What the doctor's checks say about a finding: the one that is behind it, as far as a host can know.
import type { LiveId } from '../diagnoses.ts';
import type { Diagnosis } from '../event.ts';
import type { Symptom } from './finding.ts';

/** Findings that a doctor is called for. */
export const explained: readonly LiveId[] = ['live.silence', 'live.snooping'];

/** Checks that may well be behind a silence although they are only a warning. */
const likely = ['iface.choice', 'igmp.querier', 'igmp.version', 'env.overlay', 'env.zerotier'];
const ofMembership = ['igmp.querier', 'igmp.allowed', 'igmp.version'];

/** `found`: of one group, in the order of the checks. Undefined where the bare finding says more. */
export function explanationOf(id: LiveId, found: readonly Diagnosis[]): Symptom | undefined {
  const failing = found.filter(({ status }) => status === 'fail');
  const doubtful = found.filter(({ status }) => status === 'warn');
  if (id === 'live.snooping') {
    const check = [...failing, ...doubtful].find((each) => ofMembership.includes(each.id));
    return check && explainedBy(check);
  }
  const check = failing[0] ?? doubtful.find((each) => likely.includes(each.id));
  if (check) return explainedBy(check);
  const unseen = found.filter(({ status }) => status === 'unknown').length;
  const evidence = `${found.length} checks, 0 failed, ${doubtful.length} to look at, ${unseen} that could not be looked at`;
  return { status: 'warn', code: 'unexplained', facts: {}, evidence };
}

function explainedBy({ id: check, status, code: because, facts, evidence = '' }: Diagnosis): Symptom {
  return {
    status: status === 'fail' ? 'fail' : 'warn',
    code: 'explained',
    facts: { ...facts, check, because },
    evidence: `${check}: ${evidence}`,
  };
}
