import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { TransportOptions } from '../../source/net/transport.ts';
import { Lab, labAvailable } from './lab.ts';
import type { LabProcess } from './lab-process.ts';

const reason = labAvailable();
const script = fileURLToPath(new URL('member-script.ts', import.meta.url));

const groups = {
  IPv4: { address: '239.255.0.1', port: 50_000, family: 4 },
  IPv6: { address: 'ff15::4d43', port: 50_000, family: 6 },
  'IPv6 of the link': { address: 'ff02::4d43', port: 50_000, family: 6 },
} as const;
const families = Object.keys(groups) as (keyof typeof groups)[];

describe.skipIf(reason)(`hosts on a switch${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.build({ hosts: 3 });
  });
  afterEach(() => lab?.stopAll());
  afterAll(() => lab?.close());

  const start = (host: number, options: Partial<TransportOptions> & Pick<TransportOptions, 'group'>) =>
    lab.spawn(host, [process.execPath, '--import', 'tsx', script, JSON.stringify({ ttl: 1, ...options })]);

  async function join(host: number, options: Parameters<typeof start>[1]): Promise<LabProcess> {
    const member = start(host, options);
    await member.waitForJson({ what: 'open' });
    return member;
  }

  /** Says something until the other hears it: a switch learns of a new member a moment after it joined. */
  async function reach(from: LabProcess, to: LabProcess, word: string) {
    for (let n = 0; n < 40; n++) {
      from.say(`send ${word}${n}`);
      const heard = await to
        .waitForLine(new RegExp(`"datagram","text":"${word}`), { timeout: 250 })
        .catch(() => {});
      if (heard !== undefined) return JSON.parse(heard) as Record<string, unknown>;
    }
    throw new Error(`${word} never arrived\n${from.lines.slice(-5).join('\n')}\n${to.lines.join('\n')}`);
  }

  const stop = (...members: LabProcess[]) => Promise.all(members.map((each) => each.stop()));

  test.each(families)(
    '%s: found without --interface, heard across hosts, answered by unicast',
    async (family) => {
      const group = groups[family];
      const [a, b] = await Promise.all([join(1, { group }), join(2, { group })]);
      expect(await a.waitForJson({ what: 'open' })).toMatchObject({ interface: 'lan0' });
      const { address, port } = await reach(a, b, 'hello');
      if (family !== 'IPv6 of the link') expect(address).toBe(Lab.address(1, group.family));
      else expect(address).toMatch(/^fe80:.*%lan0$/);
      b.say(`reply ack ${address} ${port}`);
      expect(await a.waitForJson({ what: 'datagram', text: 'ack' })).toMatchObject({ unicast: true });
      await stop(a, b);
    },
  );

  test('IGMP snooping is on: the switch knows who is a member, and spares the others', async () => {
    const { IPv4: group } = groups;
    const [a, b] = await Promise.all([join(1, { group }), join(2, { group })]);
    await reach(a, b, 'snoop');
    const members = lab.execOnSwitch('bridge', 'mdb', 'show');
    expect(members).toMatch(/port p1 grp 239\.255\.0\.1/);
    expect(members).toMatch(/port p2 grp 239\.255\.0\.1/);
    expect(members).not.toMatch(/port p3 grp 239\.255\.0\.1/);
    const toward = () => Number(lab.execOnSwitch('cat', '/sys/class/net/p3/statistics/tx_packets'));
    const before = toward();
    a.say('many 200');
    await b.waitForJson({ what: 'datagram', text: 'm199' });
    expect(toward() - before).toBeLessThan(50);
    await stop(a, b);
  });

  test.each([
    ['IPv4', { address: '232.1.2.3', port: 50_001, family: 4 }],
    ['IPv6', { address: 'ff35::4d43', port: 50_001, family: 6 }],
  ] as const)('SSM on %s: only the chosen source is heard', async (_, group) => {
    const member = await join(3, { group, source: Lab.address(1, group.family) });
    const [chosen, other] = await Promise.all([join(1, { group }), join(2, { group })]);
    await reach(other, chosen, 'other');
    await reach(chosen, member, 'chosen');
    await reach(other, chosen, 'again');
    await reach(chosen, member, 'last');
    expect(member.lines.join('\n')).not.toMatch(/"text":"(other|again)/);
    await stop(member, chosen, other);
  });

  test.each(families)('%s: the interface goes down and up', async (family) => {
    const group = groups[family];
    const [a, b] = await Promise.all([join(1, { group }), join(2, { group })]);
    await reach(a, b, 'before');
    lab.exec(2, 'ip', 'link', 'set', 'lan0', 'down');
    await b.waitForJson({ what: 'notice', code: 'interface-gone' });
    b.say('joined');
    expect(await b.waitForJson({ what: 'joined' })).toMatchObject({ joined: false });
    b.say('send nowhere');
    expect(await b.waitForJson({ what: 'fault' })).toMatchObject({ code: 'no-route' });
    lab.exec(2, 'ip', 'link', 'set', 'lan0', 'up');
    // The kernel forgets such addresses with the link; a network's own services give them back.
    if (family === 'IPv6')
      lab.exec(2, 'ip', 'address', 'replace', `${Lab.address(2, 6)}/64`, 'dev', 'lan0', 'nodad');
    await b.waitForJson({ what: 'notice', code: 'interface-back' });
    await reach(a, b, 'after');
    await reach(b, a, 'answer');
    await stop(a, b);
  });

  test.each(families)('%s: the interface is deleted and made anew with another address', async (family) => {
    const group = groups[family];
    const [a, b] = await Promise.all([join(1, { group }), join(3, { group })]);
    await reach(a, b, 'before');
    lab.unplug(3);
    await b.waitForJson({ what: 'notice', code: 'interface-gone' });
    lab.plug(3, '10.77.0.33');
    await b.waitForJson({ what: 'notice', code: 'interface-back' });
    await reach(a, b, 'after');
    const answer = await reach(b, a, 'answer');
    if (group.family === 4) expect(answer.address).toBe('10.77.0.33');
    await stop(a, b);
    lab.replug(3);
  });

  test('no route is needed on IPv4, because the interface is named to the kernel', async () => {
    lab.exec(1, 'ip', 'route', 'flush', 'table', 'main');
    const { IPv4: group } = groups;
    const [a, b] = await Promise.all([join(1, { group }), join(2, { group })]);
    await reach(a, b, 'hello');
    await stop(a, b);
    lab.replug(1);
  });

  test.each(['IPv4', 'IPv6'] as const)(
    '%s: loss is independent for each receiver, and as asked for',
    async (family) => {
      const group = groups[family];
      const [a, b, c] = await Promise.all([join(1, { group }), join(2, { group }), join(3, { group })]);
      await Promise.all([reach(a, b, 'hello'), reach(a, c, 'hello')]);
      lab.setLoss({ 2: 0.1, 3: 0.3 });
      a.say('many 2000');
      await a.waitForJson({ what: 'datagram', text: 'm1999' });
      const count = (member: LabProcess) =>
        member.json().filter(({ text }) => /^m\d/.test(String(text))).length;
      await expect.poll(() => count(b) + lab.lostToward(2), { timeout: 10_000 }).toBe(2000);
      await expect.poll(() => count(c) + lab.lostToward(3), { timeout: 10_000 }).toBe(2000);
      expect(Math.abs(count(b) / 2000 - 0.9)).toBeLessThan(0.04);
      expect(Math.abs(count(c) / 2000 - 0.7)).toBeLessThan(0.05);
      lab.setLoss({ 2: 1 });
      a.say('send everything-lost');
      await c.waitForJson({ what: 'datagram', text: 'everything-lost' });
      await expect.poll(() => lab.lostToward(2)).toBe(1);
      lab.setLoss(0);
      await stop(a, b, c);
    },
  );

  /** Starts a transport that must fail, and returns its fault. */
  async function faultOf(host: number, options: Parameters<typeof start>[1]) {
    const member = start(host, options);
    const fault = await member.waitForJson({ what: 'fault' });
    member.endInput();
    await member.ended;
    return fault;
  }

  test('the limit of memberships', async () => {
    lab.set(2, 'net.ipv4.igmp_max_memberships', 0);
    expect(await faultOf(2, { group: groups.IPv4 })).toMatchObject({
      code: 'join-limit',
      facts: { limit: 0 },
    });
    lab.set(2, 'net.ipv4.igmp_max_memberships', 20);
  });

  test('no route: IPv6 on loopback has none until it is given, by the command that the fault names', async () => {
    const options = { group: groups.IPv6, interface: 'lo' };
    expect(await faultOf(2, options)).toMatchObject({
      code: 'no-route',
      facts: { interface: 'lo', family: 'IPv6' },
    });
    lab.exec(2, 'ip', '-6', 'route', 'add', 'local', 'ff00::/8', 'dev', 'lo');
    const [a, b] = await Promise.all([join(2, options), join(2, options)]);
    await reach(a, b, 'hello');
    await stop(a, b);
    lab.exec(2, 'ip', '-6', 'route', 'delete', 'local', 'ff00::/8', 'dev', 'lo');
  });

  test('an interface that is down, one without the family, and none at all', async () => {
    lab.exec(2, 'ip', 'link', 'set', 'lan0', 'down');
    expect(await faultOf(2, { group: groups.IPv4, interface: 'lan0' })).toMatchObject({
      code: 'interface-without-family',
      facts: { interface: 'lan0', state: 'down' },
    });
    lab.exec(2, 'ip', 'link', 'set', 'lo', 'down');
    expect(await faultOf(2, { group: groups.IPv4 })).toMatchObject({ code: 'no-multicast-interface' });
    lab.exec(2, 'ip', 'link', 'set', 'lo', 'up');
    lab.replug(2);
    lab.set(2, 'net.ipv6.conf.lan0.disable_ipv6', 1);
    expect(await faultOf(2, { group: groups.IPv6, interface: 'lan0' })).toMatchObject({
      code: 'interface-without-family',
      facts: { interface: 'lan0', family: 'IPv6', state: 'up' },
    });
    lab.set(2, 'net.ipv6.conf.lan0.disable_ipv6', 0);
    lab.replug(2);
  });

  test('a port held by a program that does not share it', async () => {
    const holder = lab.spawn(2, [
      process.execPath,
      '-e',
      "require('dgram').createSocket('udp4').bind(50000)",
    ]);
    await expect.poll(() => lab.exec(2, 'cat', '/proc/net/udp')).toMatch(/00000000:C350/);
    expect(await faultOf(2, { group: groups.IPv4 })).toMatchObject({
      code: 'port-busy',
      facts: { port: 50_000, program: 'node', pid: holder.pid },
    });
    await holder.stop();
  });
});
