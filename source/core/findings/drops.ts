// The kernel drops what arrived, because this program is too slow to take it.
import type { Millis } from '../event.ts';
import type { Rule, Scene, Symptom } from './finding.ts';

/** Drops that are older are over, ms. */
const lately = 10_000;

export const drops: Rule = {
  id: 'live.drops',
  link: 'https://man7.org/linux/man-pages/man7/socket.7.html',
  after: 0,
  mended: 10_000,
  watch() {
    let seen = 0;
    let grownAt: Millis = Number.NEGATIVE_INFINITY;
    /** Since they began to grow. */
    let count = 0;
    return (scene) => {
      const { group, now } = scene;
      if (now - grownAt > lately) count = 0;
      if (group.kernelDrops > seen) {
        count += group.kernelDrops - seen;
        grownAt = now;
      }
      // Counting may have begun from zero again.
      seen = group.kernelDrops;
      return now - grownAt <= lately && count > 0 ? symptom(count, scene) : undefined;
    };
  },
  ended: () => 'kept-up',
};

function symptom(count: number, { group, around }: Scene): Symptom {
  const granted = group.receiveBuffer;
  const asked = around.receiveBuffer;
  const small = granted !== undefined && granted < asked;
  return {
    status: 'warn',
    code: small ? 'small-buffer' : 'too-slow',
    facts: { count, asked, granted: granted ?? '?' },
    evidence: `drops of the socket grew by ${count}; receive buffer ${granted ?? '?'} of ${asked} bytes`,
  };
}
