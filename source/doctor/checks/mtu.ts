// Whether our largest message passes the interface in one piece. Fragments are the first thing that networks lose.
import { messageLimit } from '../../core/message.ts';
import { check, unseen } from '../check.ts';
import { headerBytes } from '../lanes.ts';
import { linkOf } from '../links.ts';

type Seen = { interface: string | undefined; family: 4 | 6; mtu: number | undefined };

export const mtu = check({
  id: 'mtu',
  link: 'https://datatracker.ietf.org/doc/html/rfc8899',
  async look(host): Promise<Seen> {
    const name = host.local?.name;
    const link = name === undefined ? undefined : await linkOf(host, name);
    return { interface: name, family: host.group.family, mtu: link?.mtu };
  },
  judge({ interface: name, family, mtu: bytes }) {
    if (name === undefined) return unseen('no-interface');
    if (bytes === undefined) return unseen('not-told', name);
    const needed = messageLimit + headerBytes[family];
    const evidence = `${name}: mtu ${bytes}, needed ${needed}`;
    const facts = { interface: name, mtu: bytes, needed };
    return bytes < needed
      ? { status: 'warn', because: 'small', evidence, facts }
      : { status: 'ok', because: 'ok', evidence, facts };
  },
});
