// Everybody elsewhere falls silent some minutes after this host last reported its membership: a switch that watches
// memberships has forgotten it, because no querier asks, or because its questions are not answered.
import { forgotten } from './fell-silent.ts';
import { heardSince, type Rule } from './finding.ts';

export const snooping: Rule = {
  id: 'live.snooping',
  link: 'https://datatracker.ietf.org/doc/html/rfc4541#section-2.1.1',
  after: 2000,
  // One datagram that slips through ends nothing: it takes that long to be silent again.
  mended: 8000,
  watch: () => (scene) => {
    const silent = forgotten(scene);
    if (!silent) return undefined;
    const { count, after } = silent;
    const facts = { count, seconds: Math.round(after / 1000) };
    const evidence = `${count} nodes last heard ${facts.seconds} s after the last report of membership; members are forgotten after ${Math.round(scene.around.membership / 1000)} s`;
    return { status: 'fail', code: 'forgotten', facts, evidence };
  },
  ended(scene, openedAt) {
    if (!heardSince(scene, openedAt)) return 'over';
    const reported = scene.around.reportedAt(scene.group.settings.group) ?? 0;
    return reported > openedAt ? 'refreshed' : 'heard';
  },
};
