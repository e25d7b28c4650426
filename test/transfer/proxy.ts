// Stands between a receiver and its sender, and cuts them off.
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { afterEach } from 'vitest';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Passes connections on, to where the other port is then (0: nowhere); `cut` ends all of them without a word. */
export async function proxy(to: () => number): Promise<{ port: number; cut(): void }> {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const target = to();
    if (target === 0) {
      near.destroy();
      return;
    }
    const far = createConnection(target, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => {}).on('close', () => other.destroy());
      one.pipe(other);
    }
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    cut() {
      for (const each of open) each.destroy();
      open.clear();
    },
  };
}
