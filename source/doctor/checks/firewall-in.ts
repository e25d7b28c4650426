// Whether the local firewall lets the group's datagrams in: own ones that the kernel counted must reach the program,
// and no rule that can be read may be against those of others.
import { check, unseen } from '../check.ts';
import { fateThrough } from '../firewall.ts';
import type { Fate } from '../nft.ts';
import type { SelfTest } from '../self-test.ts';

type Seen = {
  group: string;
  port: number;
  echo: SelfTest['echo'] | undefined;
  opened: boolean;
  fate: Fate | undefined;
};

export const firewallIn = check({
  id: 'firewall.in',
  link: 'https://wiki.nftables.org/wiki-nftables/index.php/Main_Page',
  async look(host): Promise<Seen> {
    const { address, port } = host.group;
    const test = await host.selfTest();
    const fate = await fateThrough(host, { protocol: 'udp', destination: address, port });
    return { group: address, port, echo: test?.echo, opened: test !== undefined && !test.refused, fate };
  },
  judge({ group, port, echo, opened, fate }) {
    const rules = fate === undefined ? 'rules not readable' : `${fate.fate} (${fate.by})`;
    const facts = { group, port };
    if (fate?.fate === 'drop')
      return { status: 'fail', because: 'rule', evidence: rules, facts: { ...facts, by: fate.by } };
    if (!opened || !echo || echo.sent === 0) return unseen('not-opened', rules);
    const counted = echo.counted?.inMulticast;
    const evidence = `own: sent ${echo.sent}, counted ${counted ?? '?'}, received ${echo.heard}; ${rules}`;
    if (echo.heard >= echo.sent) {
      return { status: 'ok', because: fate === undefined ? 'own' : 'ok', evidence, facts };
    }
    if (counted === undefined) return unseen('not-told', evidence);
    if (counted >= echo.sent) return { status: 'fail', because: 'drops', evidence, facts };
    return unseen('not-tried', evidence);
  },
});
