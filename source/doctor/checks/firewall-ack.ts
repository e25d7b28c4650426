// Whether unicast replies come in. Connection tracking does not know them for replies, because the request went to the
// group and they come from a host: only a rule for the port lets them in.
import { check, unseen } from '../check.ts';
import { fateThrough } from '../firewall.ts';
import type { Fate } from '../nft.ts';
import type { Node } from '../probe.ts';
import { isAnswered } from './peer-heard.ts';

type Seen = {
  /** What the rules do with a reply, and with the group itself; undefined when they cannot be read. */
  reply: Fate | undefined;
  group: Fate | undefined;
  port: number;
  fixed: boolean;
  /** Replies that others sent there unasked, those that came, and those that came where they were asked for. */
  tried: { sent: number; came: number; asked: number } | undefined;
};

/** Where ports are taken from when none is asked for (ip-sysctl.rst). */
const range = '/proc/sys/net/ipv4/ip_local_port_range';

export const firewallAck = check({
  id: 'firewall.ack',
  link: 'https://wiki.nftables.org/wiki-nftables/index.php/Matching_connection_tracking_stateful_metainformation',
  async look(host): Promise<Seen> {
    const { group, local, replyPort } = host;
    const [low = 49_152, high = 65_535] = ((await host.read(range)) ?? '').match(/\d+/g)?.map(Number) ?? [];
    const port = replyPort ?? Math.floor((low + high) / 2);
    const reply = {
      protocol: 'udp',
      destination: local?.address.split('%')[0] ?? '',
      port,
      toHost: true,
    } as const;
    return {
      reply: await fateThrough(host, reply),
      group: await fateThrough(host, { protocol: 'udp', destination: group.address, port: group.port }),
      port,
      fixed: replyPort !== undefined,
      tried: triedWith((await host.probe())?.nodes ?? []),
    };
  },
  judge({ reply, group, port, fixed, tried }) {
    if (tried) {
      const { sent, came, asked } = tried;
      const evidence = `unasked ${came} of ${sent} came, asked ${asked}`;
      const facts = { port, by: evidence };
      if (came > 0) return { status: 'ok', because: 'tried', evidence, facts };
      return { status: 'warn', because: fixed ? 'fixed' : 'any', evidence, facts };
    }
    if (!reply) return unseen('needs-root', 'nft -j list ruleset');
    const evidence = `UDP to port ${port}: ${reply.fate} (${reply.by})`;
    const facts = { port, by: reply.by };
    if (reply.fate === 'accept') return { status: 'ok', because: 'ok', evidence, facts };
    // Where the group itself is dropped, that comes first.
    if (reply.fate === 'depends' || group?.fate === 'drop') return unseen('depends', evidence);
    return { status: 'warn', because: fixed ? 'fixed' : 'any', evidence, facts };
  },
});

/** Undefined where nobody tried, or where not even what was asked for came: then it is no matter of this firewall. */
function triedWith(nodes: readonly Node[]): Seen['tried'] {
  const each = nodes.flatMap(({ answer }) => {
    const lanes = isAnswered(answer) ? answer.tried : [];
    const unasked = lanes.find(({ what }) => what === 'unasked');
    const asked = lanes.find(({ what }) => what === 'unicast')?.returned ?? 0;
    return unasked && unasked.echoed > 1 && asked > 0
      ? [{ sent: unasked.echoed, came: unasked.returned, asked }]
      : [];
  });
  return each.find(({ came }) => came === 0) ?? each[0];
}
