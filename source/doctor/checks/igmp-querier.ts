// A bridge of this host that spies on IGMP needs somebody who asks, else it forgets every member after 260 s
// (RFC 3376 section 8.4). A switch elsewhere cannot be looked into.
import { check, unseen } from '../check.ts';
import { type Link, linkOf } from '../links.ts';

type Seen = {
  interface: string | undefined;
  link: Link | undefined;
  bridge: string | undefined;
  snooping: string | undefined;
  querier: string | undefined;
  /** Membership interval, hundredths of a second. */
  interval: string | undefined;
};

export const igmpQuerier = check({
  id: 'igmp.querier',
  link: 'https://datatracker.ietf.org/doc/html/rfc4541#section-2.1.1',
  async look(host): Promise<Seen> {
    const link = host.local && (await linkOf(host, host.local.name));
    const name = link?.name ?? '';
    const own = name !== '' && (await host.list(`/sys/class/net/${name}/bridge`)) !== undefined;
    const bridge = own ? name : link?.bridge;
    const setting = (what: string) => host.read(`/sys/class/net/${bridge}/bridge/multicast_${what}`);
    if (bridge === undefined) {
      return {
        interface: host.local?.name,
        link,
        bridge,
        snooping: undefined,
        querier: undefined,
        interval: undefined,
      };
    }
    const [snooping, querier, interval] = await Promise.all(
      ['snooping', 'querier', 'membership_interval'].map(setting),
    );
    return { interface: host.local?.name, link, bridge, snooping, querier, interval };
  },
  judge({ interface: local, link, bridge, snooping, querier, interval }) {
    if (local === undefined) return unseen('no-interface');
    if (!link) return unseen('not-told', local);
    if (bridge === undefined) return unseen('elsewhere', `${link.name}: ${link.kind}`);
    if (snooping === undefined || querier === undefined) return unseen('not-told', bridge);
    const seconds = Number(interval ?? 26_000) / 100;
    const evidence = `${bridge}: multicast_snooping ${snooping.trim()}, multicast_querier ${querier.trim()}, membership interval ${seconds} s`;
    const facts = { bridge, seconds };
    if (snooping.trim() === '0') return { status: 'ok', because: 'off', evidence, facts };
    return querier.trim() === '0'
      ? { status: 'warn', because: 'nobody', evidence, facts }
      : { status: 'ok', because: 'ok', evidence, facts };
  },
});
