// What a person does about a diagnosis: look at it, have this host checked, report the membership anew.
import type { Desk } from './desk.ts';

/** As --igmp-refresh 60. */
const usualRefresh = 60;
const longestRefresh = 86_400;

export const openDiagnosis = (desk: Desk): void => desk.dispatch({ do: 'open', overlay: 'diagnosis' });

/** Opens the list and has all checks run, where there is a host to check. */
export function examine(desk: Desk): void {
  const { look, options, model, feed } = desk;
  openDiagnosis(desk);
  if (options.replay) desk.tell(look.diagnosis.noDoctorInReplay, 'warn');
  else if (model.latest?.doctor === undefined) desk.tell(look.diagnosis.noDoctorInDemo, 'warn');
  else feed.send({ do: 'examine' });
}

/** Of `/refresh 30`; a minute where nothing is said. Undefined for what is no number of seconds. */
export function refreshSeconds(text: string): number | undefined {
  const seconds = text === '' ? usualRefresh : Number(text);
  return seconds >= 1 && seconds <= longestRefresh ? seconds : undefined;
}

export function refreshMembership(desk: Desk, seconds = usualRefresh): void {
  const { look, options, feed } = desk;
  if (options.replay) desk.tell(look.diagnosis.noRefreshInReplay, 'warn');
  else {
    feed.send({ do: 'refresh', every: seconds * 1000 });
    desk.tell(look.diagnosis.refreshed(seconds));
  }
}
