// Which version of IGMP or MLD this host speaks there: an older querier or a setting can hold it down.
import { check, unseen } from '../check.ts';
import { devicesOfIgmp } from '../igmp.ts';

type Seen = {
  interface: string | undefined;
  family: 4 | 6;
  source: boolean;
  /** `V2` in /proc/net/igmp: the oldest querier that was heard. */
  querier: string | undefined;
  forced: number | undefined;
};

export const igmpVersion = check({
  id: 'igmp.version',
  link: 'https://datatracker.ietf.org/doc/html/rfc3376#section-7',
  async look(host): Promise<Seen> {
    const { family } = host.group;
    const name = host.local?.name;
    const what = family === 4 ? 'ipv4/conf/%/force_igmp_version' : 'ipv6/conf/%/force_mld_version';
    const settings = await Promise.all(
      ['all', name].map((of) => host.read(`/proc/sys/net/${what.replace('%', of ?? 'all')}`)),
    );
    const numbers = settings.flatMap((text) => (text === undefined ? [] : [Number(text)]));
    const table = family === 4 ? await host.read('/proc/net/igmp') : undefined;
    return {
      interface: name,
      family,
      source: host.source !== undefined,
      querier: devicesOfIgmp(table ?? '').find(({ device }) => device === name)?.querier,
      // Of two settings that are not 0, that of all interfaces is in force.
      forced: numbers.length === 0 ? undefined : (numbers.find((number) => number > 0) ?? 0),
    };
  },
  judge({ interface: name, family, source, querier, forced }) {
    if (name === undefined) return unseen('no-interface');
    if (forced === undefined) return unseen('not-told');
    const [protocol, setting, newest] = family === 4 ? ['IGMP', 'ipv4', 'igmp'] : ['MLD', 'ipv6', 'mld'];
    const evidence = `${name}: force_${newest}_version ${forced}${querier ? `, querier ${querier}` : ''}`;
    const facts = {
      interface: name,
      protocol,
      setting: `net.${setting}.conf.${name}.force_${newest}_version`,
      version: forced,
    };
    const best = family === 4 ? 3 : 2;
    if (forced > 0 && forced < best) return { status: 'warn', because: 'forced', evidence, facts };
    const old = querier === undefined ? best : Number(querier.slice(1));
    if (old < 3 && family === 4 && source) {
      return { status: 'fail', because: 'no-sources', evidence, facts: { ...facts, version: old } };
    }
    if (old === 1) return { status: 'warn', because: 'ancient', evidence, facts };
    return { status: 'ok', because: 'ok', evidence, facts };
  },
});
