// Access points send multicast at the lowest rate, and nobody acknowledges it: a third can be lost.
import { check, unseen } from '../check.ts';
import { type Kind, linkOf } from '../links.ts';

type Seen = { interface: string | undefined; kind: Kind | undefined };

export const envWifi = check({
  id: 'env.wifi',
  link: 'https://datatracker.ietf.org/doc/html/rfc9119#section-3',
  async look(host): Promise<Seen> {
    const name = host.local?.name;
    return { interface: name, kind: name === undefined ? undefined : (await linkOf(host, name))?.kind };
  },
  judge({ interface: name, kind }) {
    if (name === undefined) return unseen('no-interface');
    if (kind === undefined) return unseen('not-told', name);
    const found = { evidence: `${name}: ${kind}`, facts: { interface: name } };
    return kind === 'wifi'
      ? { status: 'warn', because: 'wifi', ...found }
      : { status: 'ok', because: 'ok', ...found };
  },
});
