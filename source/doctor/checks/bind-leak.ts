// A socket bound as ours is gets only its own group (IP_MULTICAST_ALL, ip(7)).
import { check, unseen } from '../check.ts';

export const bindLeak = check({
  id: 'bind.leak',
  link: 'https://man7.org/linux/man-pages/man7/ip.7.html',
  async look(host): Promise<{ leaked: number | undefined }> {
    return { leaked: (await host.selfTest())?.leaked };
  },
  judge({ leaked }) {
    if (leaked === undefined) return unseen('not-tried');
    const evidence = `${leaked} datagrams of another group received`;
    return leaked === 0
      ? { status: 'ok', because: 'ok', evidence }
      : { status: 'warn', because: 'leaks', evidence, facts: { count: leaked } };
  },
});
