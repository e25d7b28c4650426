// A host with two interfaces in one network hears each message twice as soon as anybody joins on both.
import { networkInterfaces } from 'node:os';
import { check, unseen } from '../check.ts';

type Seen = {
  interface: string | undefined;
  /** Another interface in the same network. */
  other: string | undefined;
  /** Same datagrams that came twice within 50 ms, of those received; undefined when nothing was listened to. */
  heard: { received: number; twice: number } | undefined;
};

export const dupMultihome = check({
  id: 'dup.multihome',
  link: 'https://datatracker.ietf.org/doc/html/rfc1112#section-7',
  async look(host): Promise<Seen> {
    const name = host.local?.name;
    const test = await host.selfTest();
    const heard = test === undefined || test.refused ? undefined : test.others;
    return { interface: name, other: name && twin(name, host.group.family), heard };
  },
  judge({ interface: name, other, heard }) {
    if (name === undefined) return unseen('no-interface');
    if (!heard) return unseen('not-opened');
    const evidence = `received ${heard.received}, twice ${heard.twice}; in the same network: ${other ?? '-'}`;
    const facts = { interface: name, other: other ?? '', count: heard.twice, received: heard.received };
    if (heard.twice > 0) return { status: 'warn', because: 'twice', evidence, facts };
    if (other !== undefined) return { status: 'warn', because: 'likely', evidence, facts };
    return { status: 'ok', because: 'ok', evidence, facts };
  },
});

/** An interface with an address of the same network; link-local ones are the same everywhere. */
function twin(name: string, family: 4 | 6): string | undefined {
  const all = Object.entries(networkInterfaces()).flatMap(([of, entries = []]) =>
    entries
      .filter((entry) => entry.family === `IPv${family}` && !/^fe80:/i.test(entry.address))
      .map((entry) => ({ of, network: networkOf(entry.address, entry.netmask) })),
  );
  const own = all.filter(({ of }) => of === name).map(({ network }) => network);
  return all.find(({ of, network }) => of !== name && own.includes(network))?.of;
}

/** The part of an address that its mask keeps, with the mask; equal for hosts of one network. */
function networkOf(address: string, netmask: string): string {
  const split = (text: string) => (text.includes(':') ? expand(text) : text.split('.').map(Number));
  const mask = split(netmask);
  return `${split(address).map((word, i) => word & mask[i]!)}/${netmask}`;
}

function expand(text: string): number[] {
  const [head = '', tail] = text.split('::');
  const words = (part: string) =>
    part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16));
  const [before, after] = [words(head), words(tail ?? '')];
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}
