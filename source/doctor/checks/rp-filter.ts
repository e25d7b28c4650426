// The reverse-path filter drops what comes from an address that is not routed back over the same interface.
import { check, unseen } from '../check.ts';

type Seen = {
  interface: string | undefined;
  family: 4 | 6;
  /** net.ipv4.conf.all and of the interface; the larger one is in force (ip-sysctl.rst). */
  all: number | undefined;
  own: number | undefined;
  /** Dropped while listening, of packets of any protocol; undefined where the kernel does not tell. */
  dropped: number | undefined;
  ms: number;
};

export const rpFilter = check({
  id: 'rpfilter',
  link: 'https://datatracker.ietf.org/doc/html/rfc3704#section-2.2',
  async look(host): Promise<Seen> {
    const name = host.local?.name;
    const setting = async (of: string) => {
      const value = await host.read(`/proc/sys/net/ipv4/conf/${of}/rp_filter`);
      return value === undefined ? undefined : Number(value);
    };
    const test = await host.selfTest();
    return {
      interface: name,
      family: host.group.family,
      all: await setting('all'),
      own: name === undefined ? undefined : await setting(name),
      dropped: test?.others.counted?.reversePath,
      ms: test?.others.ms ?? 0,
    };
  },
  judge({ interface: name, family, all, own, dropped, ms }) {
    if (family === 6) return { status: 'ok', because: 'no-filter', evidence: 'IPv6' };
    if (name === undefined) return unseen('no-interface');
    if (all === undefined || own === undefined) return unseen('not-told', 'net.ipv4.conf.*.rp_filter');
    const mode = Math.max(all, own);
    const evidence = `rp_filter all ${all}, ${name} ${own}; IPReversePathFilter +${dropped ?? '?'} in ${ms} ms`;
    const facts = { interface: name, mode, count: dropped ?? 0 };
    if (mode === 0) return { status: 'ok', because: 'off', evidence, facts };
    if (dropped === undefined) return unseen('not-opened', evidence);
    return dropped > 0
      ? { status: 'fail', because: 'drops', evidence, facts }
      : { status: 'ok', because: 'ok', evidence, facts };
  },
});
