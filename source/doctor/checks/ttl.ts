// How far own datagrams get, against where those who are heard sit.
import { isLinkLocalGroup } from '../../core/group.ts';
import { check, unseen } from '../check.ts';
import { isBehindRouter } from '../routes.ts';
import { behindRouter } from './peer-heard.ts';

type Seen = {
  interface: string | undefined;
  ttl: number;
  linkLocal: boolean;
  senders: string[];
  /** Those of them that a router leads to; undefined where the routes cannot be read. */
  far: string[] | undefined;
  /** Behind a router, and said to hear nothing of this host. */
  lost: string | undefined;
};

export const ttl = check({
  id: 'ttl',
  link: 'https://datatracker.ietf.org/doc/html/rfc1112#section-6.1',
  async look(host): Promise<Seen> {
    const senders = (await host.selfTest())?.others.senders ?? [];
    const deaf = ((await host.probe())?.nodes ?? []).filter(({ small }) => small === 0);
    const [route, route6] = await Promise.all(
      ['route', 'ipv6_route'].map((table) => host.read(`/proc/self/net/${table}`)),
    );
    return {
      interface: host.local?.name,
      ttl: host.ttl,
      lost: (await behindRouter(host, deaf))[0],
      linkLocal: isLinkLocalGroup(host.group.address),
      senders,
      far:
        route === undefined && route6 === undefined
          ? undefined
          : senders.filter((sender) => isBehindRouter(sender, { route: route ?? '', route6: route6 ?? '' })),
    };
  },
  judge({ interface: name, ttl: hops, linkLocal, senders, far, lost }) {
    if (name === undefined) return unseen('no-interface');
    if (hops > 0 && !far && senders.length > 0) return unseen('not-told', list(senders));
    const evidence = `--ttl ${hops}; heard: ${list(senders)}; of them behind a router: ${list(far ?? [])}`;
    const facts = { ttl: hops, sender: lost ?? far?.[0] ?? '' };
    if (hops === 0) return { status: 'warn', because: 'zero', evidence, facts };
    if (hops <= 1 && lost !== undefined) return { status: 'fail', because: 'lost', evidence, facts };
    if (hops === 1 && far?.length && !linkLocal) return { status: 'warn', because: 'short', evidence, facts };
    return { status: 'ok', because: hops === 1 ? 'one' : 'ok', evidence, facts };
  },
});

const list = (addresses: string[]): string => addresses.slice(0, 8).join(', ') || '-';
