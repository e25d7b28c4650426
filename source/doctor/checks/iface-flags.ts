// The interface is up, has a carrier and carries multicast. Tunnels such as WireGuard do not.
import type { Fault } from '../../core/fault.ts';
import { check, unseen } from '../check.ts';
import { type Link, linkOf } from '../links.ts';

type Seen = { interface: string | undefined; refusal: Fault | undefined; link: Link | undefined };

export const ifaceFlags = check({
  id: 'iface.flags',
  link: 'https://man7.org/linux/man-pages/man7/netdevice.7.html',
  async look(host): Promise<Seen> {
    const { local, refusal } = host;
    const link = local && (await linkOf(host, local.name));
    return { interface: local?.name, refusal, link };
  },
  judge({ interface: name, refusal, link }) {
    if (refusal) return { status: 'fail', because: 'none', evidence: refusal.code, fault: refusal };
    if (!link) return unseen('not-told', name);
    const { flags, flagsText, carrier } = link;
    const evidence = `${link.name}: flags ${flagsText}, carrier ${carrier === undefined ? '?' : Number(carrier)}`;
    const facts = { interface: link.name };
    if (!flags.up) return { status: 'fail', because: 'down', evidence, facts };
    if (link.kind === 'loopback') return { status: 'ok', because: 'loopback', evidence, facts };
    if (!flags.multicast) {
      const because = flags.pointToPoint || link.kind === 'wireguard' ? 'tunnel' : 'silent';
      return { status: 'fail', because, evidence, facts };
    }
    if (carrier === false) return { status: 'fail', because: 'cable', evidence, facts };
    return { status: 'ok', because: 'ok', evidence, facts };
  },
});
