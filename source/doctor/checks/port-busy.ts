// The port can be shared: every program that has it open must allow that (SO_REUSEADDR).
import type { Fault } from '../../core/fault.ts';
import { check, unseen } from '../check.ts';

type Seen = { port: number; refused: Fault | undefined; opened: boolean };

export const portBusy = check({
  id: 'port.busy',
  link: 'https://man7.org/linux/man-pages/man7/socket.7.html',
  async look(host): Promise<Seen> {
    const test = await host.selfTest();
    return { port: host.group.port, refused: test?.refused, opened: test !== undefined };
  },
  judge({ port, refused, opened }) {
    if (!opened) return unseen('no-interface');
    const facts = { port };
    if (refused?.code === 'port-busy') {
      const { pid, program } = refused.facts;
      const evidence = `bind: EADDRINUSE${pid === undefined ? '' : `; ${program} (${pid})`}`;
      return { status: 'fail', because: 'busy', evidence, facts: { port, pid: pid ?? '?' }, fault: refused };
    }
    if (refused) return unseen('not-opened', refused.code);
    return { status: 'ok', because: 'ok', evidence: `bind to port ${port}: ok`, facts };
  },
});
