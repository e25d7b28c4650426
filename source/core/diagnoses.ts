// What is known to be wrong, or was: the newest diagnosis of each id in each group, and since when it holds.
import { notice } from './chat.ts';
import type { Diagnosis } from './event.ts';
import type { Diagnosed } from './snapshot.ts';
import type { State } from './state.ts';

/** Diagnoses kept: more than all checks of any number of groups that a person would join. */
const maxDiagnoses = 1000;

/** What is watched all the time; every other id is one of the doctor's checks. */
export const liveIds = [
  'live.silence',
  'live.snooping',
  'live.one-way',
  'live.duplicates',
  'live.drops',
] as const;
export type LiveId = (typeof liveIds)[number];

export const isLive = ({ id }: Pick<Diagnosis, 'id'>): boolean => liveIds.some((live) => live === id);

/** One diagnosis of each id in each group is known. */
export const diagnosisKey = ({ id, group }: { id: string; group?: string | undefined }): string =>
  `${id} ${group ?? ''}`;

export function foldDiagnosis(state: State, event: Diagnosis): void {
  const { type: _, ...said } = event;
  const key = diagnosisKey(event);
  const before = state.diagnoses.get(key);
  const wasWell = before === undefined || before.status === 'ok';
  if (!before && state.diagnoses.size >= maxDiagnoses) {
    state.diagnoses.delete(state.diagnoses.keys().next().value!);
  }
  const goesOn = before !== undefined && wasWell === (event.status === 'ok');
  state.diagnoses.set(key, { ...said, since: goesOn ? before.since : event.at });
  state.diagnosed++;
  // What is only counted on is no news for the chat; nor are the many checks of a doctor that was asked for.
  if (!isLive(event) || before?.code === event.code || (wasWell && event.status === 'ok')) return;
  notice(state, event.at, event.group ?? '', `${event.id} ${event.code}`, event.facts, event.text);
}

const gravity: Record<Diagnosis['status'], number> = { fail: 3, warn: 2, unknown: 1, ok: 0 };

/** The worst first; of equals the one that was there first. */
export const byGravity = (one: Pick<Diagnosis, 'status'>, other: Pick<Diagnosis, 'status'>): number =>
  gravity[other.status] - gravity[one.status];

/** What is wrong now by watching, the worst first. */
export function findingsOf(diagnoses: readonly Diagnosed[]): Diagnosed[] {
  return diagnoses.filter((each) => isLive(each) && each.status !== 'ok').sort(byGravity);
}
