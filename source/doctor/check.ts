// What a check is: it looks at this host, and judges what it saw. Looking touches the system and has no opinion;
// judging is pure, so that tables of what was seen and what follows can test it.
import type { Facts, Fault } from '../core/fault.ts';
import type { DoctorWords } from '../words/doctor.ts';
import type { Host } from './host.ts';

export type Status = 'ok' | 'warn' | 'fail' | 'unknown';
export type CheckId = keyof DoctorWords['checks'];
/** Why something could not be looked at. That is never taken for "nothing wrong". */
export type Unseen = keyof DoctorWords['unseen'];

export type Judgement<Id extends CheckId = CheckId> =
  | {
      status: 'ok' | 'warn' | 'fail';
      /** Which sentence of words/doctor tells the cause, and which remedy goes with it. */
      because: keyof DoctorWords['checks'][Id]['causes'];
      /** What was read, as it stood there. */
      evidence: string;
      facts?: Facts;
      /** Its sentence is the cause, in place of the one of `because`. */
      fault?: Fault;
    }
  | { status: 'unknown'; because: Unseen; evidence: string };

export type Check<Id extends CheckId = CheckId, Seen = unknown> = {
  id: Id;
  /** A standard or a manual that explains it. */
  link: string;
  look(host: Host): Promise<Seen> | Seen;
  judge(seen: Seen): Judgement<Id>;
};

/** Keeps what one check sees to itself: the registry holds checks of any kind. */
export type AnyCheck = { id: CheckId; link: string; run(host: Host): Promise<Judgement> };

export function check<Id extends CheckId, Seen>(
  spec: Check<Id, Seen>,
): Check<Id, Seen> & Pick<AnyCheck, 'run'> {
  return { ...spec, run: async (host) => spec.judge(await spec.look(host)) as Judgement };
}

export const unseen = (because: Unseen, evidence = ''): Judgement => ({
  status: 'unknown',
  because,
  evidence,
});
