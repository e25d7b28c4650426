// Nothing is heard of others since the group was joined, or everybody fell silent at once.
import { fellSilent, forgotten } from './fell-silent.ts';
import { heardSince, type Rule, type Scene, type Symptom } from './finding.ts';

/** Ten heartbeats of the usual pace: longer than any node needs to be heard. */
export const silentFor = 10_000;

export const silence: Rule = {
  id: 'live.silence',
  link: 'https://datatracker.ietf.org/doc/html/rfc1112#section-6.1',
  after: 0,
  mended: 0,
  watch: () => look,
  ended: (scene, openedAt) => (heardSince(scene, openedAt) ? 'heard' : 'over'),
};

function look(scene: Scene): Symptom | undefined {
  const { group, now } = scene;
  const heard = group.heardAt !== undefined && group.heardAt >= group.joinedAt;
  if (heard) return cutOff(scene);
  if (now - group.joinedAt < silentFor) return undefined;
  const facts = { seconds: silentFor / 1000 };
  const evidence = 'since the join: 0 datagrams of others';
  const loop = loopOf(scene);
  const own = { echo: ', own ones come back', deaf: ', own ones do not come back', silent: '' };
  const status = loop === 'deaf' ? 'fail' : 'warn';
  return { status, code: loop, facts, evidence: evidence + own[loop] };
}

/** One node alone that fell silent is more likely to have died. */
function cutOff(scene: Scene): Symptom | undefined {
  const silent = fellSilent(scene);
  if (!silent || silent.count < 2 || forgotten(scene)) return undefined;
  const { count } = silent;
  const evidence = `${count} nodes were last heard within two heartbeats`;
  return { status: 'fail', code: 'cut-off', facts: { count }, evidence };
}

/** Whether own messages come back; `silent` where that cannot be told. */
function loopOf({ state, group, around }: Scene): 'echo' | 'deaf' | 'silent' {
  const { source, address } = group.settings;
  const tells =
    around.heartbeat > 0 && state.groups.size === 1 && (source === undefined || source === address);
  if (!tells) return 'silent';
  return state.loopedAt !== undefined && state.loopedAt >= group.joinedAt ? 'echo' : 'deaf';
}
