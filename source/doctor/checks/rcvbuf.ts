// Room for bursts: what the kernel grants for receiving, and whether programs on this port already lost something.
import type { Group } from '../../core/group.ts';
import { check, unseen } from '../check.ts';
import type { SelfTest } from '../self-test.ts';
import { socketsOn } from '../sockets.ts';

type Seen = {
  group: Group;
  buffer: SelfTest['receiveBuffer'] | undefined;
  opened: boolean;
  /** Datagrams that the kernel dropped at sockets of this port since they were opened. */
  drops: number | undefined;
};

export const rcvbuf = check({
  id: 'rcvbuf',
  link: 'https://man7.org/linux/man-pages/man7/socket.7.html',
  async look(host): Promise<Seen> {
    const test = await host.selfTest();
    const sockets = await socketsOn(host);
    return {
      group: host.group,
      buffer: test?.receiveBuffer,
      opened: test !== undefined && !test.refused,
      drops: sockets?.reduce((sum, { drops }) => sum + drops, 0),
    };
  },
  judge({ group, buffer, opened, drops }) {
    const { asked = 0, granted } = buffer ?? {};
    const evidence = `asked ${asked} B, granted ${granted ?? '?'} B; drops on port ${group.port}: ${drops ?? '?'}`;
    const facts = { asked, granted: granted ?? '?', drops: drops ?? 0, port: group.port };
    if (drops !== undefined && drops > 0) return { status: 'warn', because: 'drops', evidence, facts };
    if (!opened) return unseen('not-opened');
    if (granted === undefined) return unseen('not-told');
    return granted < asked
      ? { status: 'warn', because: 'small', evidence, facts }
      : { status: 'ok', because: 'ok', evidence, facts };
  },
});
