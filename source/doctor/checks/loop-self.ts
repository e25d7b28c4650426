// Own messages come back, as far as to the kernel's count of them: whether a firewall then lets them in is another
// check's matter.
import type { Fault } from '../../core/fault.ts';
import { check, unseen } from '../check.ts';
import { fateThrough } from '../firewall.ts';
import type { Fate } from '../nft.ts';
import type { SelfTest } from '../self-test.ts';

type Seen = { refused: Fault | undefined; echo: SelfTest['echo'] | undefined; fate: Fate | undefined };

export const loopSelf = check({
  id: 'loop.self',
  link: 'https://man7.org/linux/man-pages/man7/ip.7.html',
  async look(host): Promise<Seen> {
    const test = await host.selfTest();
    const { address, port } = host.group;
    const fate = await fateThrough(host, { protocol: 'udp', destination: address, port });
    return { refused: test?.refused, echo: test?.echo, fate };
  },
  judge({ refused, echo, fate }) {
    if (!echo) return unseen('no-interface');
    if (refused) return unseen('not-opened', refused.code);
    const { sent, heard, counted } = echo;
    const evidence = `sent ${sent}, came back ${heard}, counted by the kernel ${counted?.inMulticast ?? '?'}`;
    if (echo.refused) return { status: 'fail', because: 'refused', evidence, fault: echo.refused };
    if (sent === 0) return unseen('not-tried', evidence);
    if (heard >= sent) return { status: 'ok', because: 'ok', evidence };
    // They came as far as the count: what took them away after it is the firewall's or the buffer's check.
    if (counted && counted.inMulticast >= sent) return { status: 'ok', because: 'counted', evidence };
    if (fate?.fate === 'drop') return unseen('firewalled', evidence);
    return { status: 'fail', because: 'lost', evidence, facts: { sent, heard } };
  },
});
