// The kernel lists the membership on that interface. A join that names a wrong zone succeeds, and joins another one.
import type { Fault } from '../../core/fault.ts';
import { check, unseen } from '../check.ts';

type Seen = {
  interface: string | undefined;
  table: string;
  test: { refused: Fault | undefined; member: boolean | undefined } | undefined;
};

/** Faults of opening that have a check of their own. */
const named = ['port-busy', 'join-limit', 'no-route'];

export const joinRegistered = check({
  id: 'join.registered',
  link: 'https://man7.org/linux/man-pages/man7/ip.7.html',
  async look(host): Promise<Seen> {
    const table = host.group.family === 4 ? '/proc/net/igmp' : '/proc/net/igmp6';
    return { interface: host.local?.name, table, test: await host.selfTest() };
  },
  judge({ interface: name, table, test }) {
    if (!test || name === undefined) return unseen('no-interface');
    const { refused, member } = test;
    if (refused && named.includes(refused.code)) return unseen('not-opened', refused.code);
    if (refused) return { status: 'fail', because: 'refused', evidence: refused.code, fault: refused };
    if (member === undefined) return unseen('not-told', table);
    const evidence = `${table}: ${member ? 'listed' : 'not listed'} under ${name}`;
    const facts = { interface: name };
    return member
      ? { status: 'ok', because: 'ok', evidence, facts }
      : { status: 'fail', because: 'missing', evidence, facts };
  },
});
