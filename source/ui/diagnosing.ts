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

/** `text`: seconds as typed; nothing for a minute. False where that is no number of seconds. */
export function refreshMembership(desk: Desk, text = ''): boolean {
  const { look, options, feed } = desk;
  const seconds = text === '' ? usualRefresh : Number(text);
  if (options.replay) desk.tell(look.diagnosis.noRefreshInReplay, 'warn');
  else if (!(seconds >= 1 && seconds <= longestRefresh)) {
    desk.tell(look.diagnosis.badSeconds(text), 'warn');
    return false;
  } else {
    feed.send({ do: 'refresh', every: seconds * 1000 });
    desk.tell(look.diagnosis.refreshed(seconds));
  }
  return true;
}
