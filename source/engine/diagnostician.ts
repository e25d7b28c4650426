// The live diagnosis of a running engine: the rules are asked once a second, and where a group stays silent the doctor
// is called by itself, whose verdict then stands in place of the bare symptom.
import { diagnosisKey } from '../core/diagnoses.ts';
import type { Diagnosis, Event, Millis } from '../core/event.ts';
import { explained, explanationOf } from '../core/findings/explanation.ts';
import { type Finding, usualMembership } from '../core/findings/finding.ts';
import { Findings } from '../core/findings.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { State } from '../core/state.ts';
import { listenFor, questionsOf } from '../doctor/question.ts';
import { wantedBuffer } from '../net/group-socket.ts';
import { causeText, remedyText } from '../words/diagnosis.ts';
import { Consultation } from './consultation.ts';
import type { Member } from './member.ts';
import type { EngineOptions } from './options.ts';

/** ms */
const lookEvery = 1000;
/** By itself the doctor is called no more often than this, ms. */
const callEvery = 60_000;

export type DiagnosticianOptions = {
  state: State;
  options: EngineOptions;
  members: readonly Member[];
  event(event: Event): void;
  fault(error: unknown): void;
  /** The view is another. */
  changed(): void;
};

export class Diagnostician {
  readonly #findings: Findings;
  readonly #consultation: Consultation;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #calledAt = Number.NEGATIVE_INFINITY;
  /** A finding began that checks can explain, or one that they explained is over. */
  #due = false;

  constructor(private readonly around: DiagnosticianOptions) {
    const { options, members, fault, changed } = around;
    this.#findings = new Findings({
      heartbeat: options.heartbeat,
      receiveBuffer: options.groups[0]?.receiveBuffer ?? wantedBuffer,
      membership: options.membership ?? usualMembership,
      reportedAt: (group) => members.find(({ name }) => name === group)?.membership.reportedAt,
    });
    this.#consultation = new Consultation({
      found: (diagnoses) => this.#found(diagnoses),
      failed: fault,
      over: changed,
    });
  }

  /** To be called several times a second. */
  look(at: Millis): void {
    if (at - this.#lookedAt < lookEvery) return;
    this.#lookedAt = at;
    for (const finding of this.#findings.look(this.around.state, at)) this.#tell(finding);
    if (this.#due && at - this.#calledAt >= callEvery) this.examine(at);
  }

  /** Runs all checks. What they find is told as events. */
  examine(at: Millis): void {
    const { options } = this.around;
    this.#due = false;
    if (!options.doctor) return;
    this.#calledAt = at;
    this.#consultation.begin(questionsOf(options.groups, { watch: listenFor, self: options.id }));
  }

  /** Reports the memberships now and so often from now on, ms. */
  refresh(every: Millis): void {
    for (const { membership } of this.around.members) membership.refresh(every);
  }

  /** For the screen: whether there is a doctor to call, since when he is at work, and how often membership is reported. */
  view(): Pick<Snapshot, 'doctor' | 'refreshEvery'> {
    const every = this.around.members.flatMap(({ membership }) => membership.every ?? []);
    const { since } = this.#consultation;
    return {
      ...(this.around.options.doctor ? { doctor: since === undefined ? {} : { since } } : {}),
      ...(every.length > 0 ? { refreshEvery: Math.min(...every) } : {}),
    };
  }

  close(): Promise<void> {
    return this.#consultation.end();
  }

  #tell(finding: Finding): void {
    const wasExplained = this.around.state.diagnoses.get(diagnosisKey(finding))?.code === 'explained';
    const remedy = remedyText('en', finding);
    const said: Diagnosis = { ...finding, text: causeText('en', finding, finding.code) };
    this.around.event(remedy === '' || finding.status === 'ok' ? said : { ...said, remedy });
    if (!explained.some((id) => id === finding.id)) return;
    const begins = finding.status !== 'ok' && !finding.code.endsWith('explained');
    // What was behind it is looked at again, so that the record says that it is mended.
    if (begins || (finding.status === 'ok' && wasExplained)) this.#due = true;
  }

  #found(diagnoses: Diagnosis[]): void {
    for (const diagnosis of diagnoses) this.around.event(diagnosis);
    const [first] = diagnoses;
    if (first?.group === undefined) return;
    for (const id of explained) {
      const cause = explanationOf(id, diagnoses);
      const finding = cause && this.#findings.explain(id, first.group, cause, first.at);
      if (finding) this.#tell(finding);
    }
  }
}
