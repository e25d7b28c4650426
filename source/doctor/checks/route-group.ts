// Where programs that leave the choice to the kernel would send the group. This one names its interface, so that it
// does without a route on IPv4.
import { createSocket } from 'node:dgram';
import type { Fault } from '../../core/fault.ts';
import type { Group } from '../../core/group.ts';
import { closeSocket, listenOn, numericOnly, socketType } from '../../net/dgram.ts';
import { check, unseen } from '../check.ts';

type Seen = {
  chosen: string | undefined;
  /** Why the group could not be joined and spoken to as this program does it. */
  refused: Fault | undefined;
  /** The address that the kernel would send from, or why it would not. */
  source?: string;
  code?: string;
  family: 4 | 6;
};

export const routeGroup = check({
  id: 'route.group',
  link: 'https://man7.org/linux/man-pages/man8/ip-route.8.html',
  async look(host): Promise<Seen> {
    const { group, local } = host;
    const refused = (await host.selfTest())?.refused;
    return { chosen: local?.name, refused, family: group.family, ...(await kernelsChoice(group)) };
  },
  judge({ chosen, refused, source, code, family }) {
    if (chosen === undefined) return unseen('no-interface');
    const facts = { interface: chosen, network: family === 4 ? '224.0.0.0/4' : 'ff00::/8' };
    const evidence = source === undefined ? `connect: ${code ?? '?'}` : `connect: from ${source}`;
    if (refused?.code === 'no-route') {
      return { status: 'fail', because: family === 4 ? 'needed' : 'needed6', evidence, facts };
    }
    if (source !== undefined) return { status: 'ok', because: 'ok', evidence, facts };
    if (code === undefined) return unseen('not-told');
    if (chosen === 'lo') return { status: 'ok', because: 'loopback', evidence, facts };
    return { status: 'warn', because: family === 4 ? 'none' : 'none6', evidence, facts };
  },
});

/** Connecting a datagram socket asks for the route and sends nothing. */
async function kernelsChoice({ address, port, family }: Group): Promise<{ source?: string; code?: string }> {
  const socket = createSocket({ type: socketType(family), lookup: numericOnly });
  try {
    await listenOn(socket, family === 4 ? '0.0.0.0' : '::', 0);
    // Node hands a failure to the callback, which its types do not say.
    const failure = await new Promise<unknown>((resolve) => {
      socket.connect(port, address, (...outcome: unknown[]) => resolve(outcome[0]));
    });
    if (failure) throw failure;
    return { source: socket.address().address };
  } catch (error) {
    return error instanceof Error && 'code' in error ? { code: String(error.code) } : {};
  } finally {
    await closeSocket(socket);
  }
}
