// Faults between two hosts, made for real: doctor on host 1 names that one and no other, by what the node on host 2
// answers, and is content once it is mended.
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import {
  complaints,
  DoctorStage,
  type Examination,
  group,
  group6,
  program,
  read,
  statusOf,
} from './doctor-stage.ts';
import { labAvailable } from './lab.ts';

const reason = labAvailable();
const member = fileURLToPath(new URL('member-script.ts', import.meta.url));
const slowNode = fileURLToPath(new URL('slow-node-script.ts', import.meta.url));
const multicast = 'ip daddr 239.255.0.1';

describe.skipIf(reason)(
  `doctor with another node${reason ? ` (skipped: ${reason})` : ''}`,
  { timeout: 90_000 },
  () => {
    const stage = new DoctorStage();
    const peers = (...more: string[]) => stage.examine(1, ['--peer', 'bob', ...more]);
    const bob = (...more: string[]) => stage.speaker(2, '--name', 'bob', '--heartbeat', '300', ...more);
    const finding = ({ checks }: Examination, id: string) => checks.find((each) => each.id === id)!;
    /** On the switch, on what goes to host 1 or 2. */
    const towards = (host: number, rule: string) =>
      stage.lab.execOnSwitch(
        'nft',
        `table netdev fault { chain c { type filter hook egress device p${host} priority 0; ${rule}; }; }`,
      );
    const mendSwitch = () => stage.lab.execOnSwitch('nft', 'delete table netdev fault');
    const content = async (...more: string[]) => {
      const mended = await peers(...more);
      expect(complaints(mended)).toEqual({});
      return mended;
    };

    afterEach(() => {
      stage.noRules(1);
      stage.noRules(2);
    });

    test.each([group, group6])('%s: a healthy lab of three nodes', async (name) => {
      await Promise.all([bob('-g', name), stage.speaker(3, '--name', 'carla', '-g', name)]);
      const result = await stage.examine(1, ['-g', name]);
      expect(result.verdict).toBe('ok');
      expect(complaints(result)).toEqual({});
      for (const id of [
        'peer.heard',
        'peer.reached',
        'peer.size',
        'peer.unicast',
        'peer.twice',
        'firewall.ack',
      ]) {
        expect([id, statusOf(result, id)]).toEqual([id, 'ok']);
      }
      const sizes = finding(result, 'peer.size').evidence;
      for (const bytes of ['300 B', '512 B', '1200 B', name === group ? '1472 B' : '1452 B']) {
        expect(sizes).toContain(`${bytes} 8/8 there 8 back`);
      }
      expect(sizes).toContain(`${name === group ? '1772 B' : '1752 B'} 8/8 there 8 back`);
    });

    describe('multicast is lost on the way there', () => {
      test.each<[string, () => void, () => void, string, RegExp]>([
        [
          'by the network',
          () => towards(2, `${multicast} drop`),
          mendSwitch,
          'the network does not deliver it',
          /there 0 of 10 \(InMcastPkts \+\d+, IPReversePathFilter \+0/,
        ],
        [
          'by the firewall of its host',
          () =>
            stage.nft(
              2,
              `table inet t { chain c { type filter hook input priority 0; ${multicast} ip saddr 10.77.0.1 drop; }; }`,
            ),
          () => stage.noRules(2),
          'consistent with a firewall there',
          /there 0 of 10 \(InMcastPkts \+\d\d, IPReversePathFilter \+0/,
        ],
      ])('%s', async (_, make, mend, cause, evidence) => {
        await bob();
        make();
        const result = await peers();
        mend();
        expect(complaints(result)).toEqual({ 'peer.reached': 'fail' });
        expect(finding(result, 'peer.reached').cause).toContain(cause);
        expect(finding(result, 'peer.reached').evidence).toMatch(evidence);
        await content();
      });

      test('by the reverse-path filter of its host', async () => {
        stage.lab.exec(1, 'ip', 'address', 'add', '10.99.0.1/24', 'dev', 'lan0');
        stage.lab.set(2, 'net.ipv4.conf.lan0.rp_filter', 1);
        await bob();
        const result = await peers('-i', '10.99.0.1');
        stage.lab.exec(2, 'ip', 'route', 'add', '10.99.0.0/24', 'dev', 'lan0');
        const mended = await peers('-i', '10.99.0.1');
        stage.lab.set(2, 'net.ipv4.conf.lan0.rp_filter', 0);
        stage.lab.exec(2, 'ip', 'route', 'del', '10.99.0.0/24');
        stage.lab.exec(1, 'ip', 'address', 'del', '10.99.0.1/24', 'dev', 'lan0');
        expect(complaints(result)).toEqual({ 'peer.reached': 'fail' });
        expect(finding(result, 'peer.reached').cause).toContain('The reverse-path filter of bob');
        expect(complaints(mended)).toEqual({});
      });

      test('at a receive buffer that is full', async () => {
        const spawn = (...args: string[]) =>
          stage.lab.spawn(2, [process.execPath, '--import', 'tsx', slowNode, ...args]);
        const slow = spawn('280');
        await slow.waitForLine(/joined/, { timeout: 60_000 });
        const result = await peers();
        await slow.stop('SIGKILL');
        expect(complaints(result)).toEqual({ 'peer.reached': 'warn' });
        expect(finding(result, 'peer.reached').cause).toContain('finds its receive buffer full');
        expect(finding(result, 'peer.reached').evidence).toMatch(/RcvbufErrors \+[1-9]/);
        const quick = spawn('0');
        await quick.waitForLine(/joined/, { timeout: 60_000 });
        await content();
      });
    });

    describe('multicast is lost on the way here, and an address is asked by unicast', () => {
      const here = () => stage.examine(1, ['--peer', '10.77.0.2']);

      test.each<[string, () => void, string]>([
        [
          'by the network',
          () => towards(1, `${multicast} ip saddr 10.77.0.2 drop`),
          'the network does not deliver it',
        ],
        [
          'by the own firewall, for that sender alone',
          () =>
            stage.nft(
              1,
              `table inet t { chain c { type filter hook input priority 0; ${multicast} ip saddr 10.77.0.2 drop; }; }`,
            ),
          'consistent with a local firewall',
        ],
      ])('%s', async (where, make, cause) => {
        await bob();
        make();
        const result = await here();
        if (where === 'by the network') mendSwitch();
        else stage.noRules(1);
        expect(complaints(result)).toEqual({ 'peer.heard': 'fail' });
        expect(finding(result, 'peer.heard').cause).toContain(cause);
        expect(statusOf(result, 'peer.reached')).toBe('ok');
        const mended = await here();
        expect([complaints(mended), statusOf(mended, 'peer.heard')]).toEqual([{}, 'ok']);
      });

      test('in both directions: nothing at all is heard by multicast', async () => {
        await bob();
        stage.lab.execOnSwitch(
          'nft',
          `table netdev fault { chain c { type filter hook egress device p1 priority 0; ${multicast} drop; };
          chain d { type filter hook egress device p2 priority 0; ${multicast} drop; }; }`,
        );
        const result = await here();
        mendSwitch();
        expect(complaints(result)).toEqual({ 'peer.heard': 'fail', 'peer.reached': 'fail' });
        for (const id of ['peer.heard', 'peer.reached'])
          expect(finding(result, id).cause).toMatch(/the network does not deliver it/);
        expect(statusOf(result, 'peer.unicast')).toBe('ok');
        expect(statusOf(result, 'peer.size')).toBe('ok');
      });

      test('a port of its own is asked when it is told', async () => {
        await bob('--reply-port', '45678');
        towards(1, `${multicast} drop`);
        const result = await stage.examine(1, ['--peer', '10.77.0.2:45678']);
        mendSwitch();
        expect(complaints(result)).toEqual({ 'peer.heard': 'fail' });
        expect(finding(result, 'peer.heard').evidence).toMatch(/^bob \(10\.77\.0\.2\)/);
      });

      test('a host where it does not run, and no host', async () => {
        const refused = await here();
        expect(complaints(refused)).toEqual({ 'peer.heard': 'fail' });
        expect(finding(refused, 'peer.heard').cause).toContain('is there and reached by unicast');
        const silent = await stage.examine(1, ['--peer', '10.77.0.99']);
        expect(complaints(silent)).toEqual({ 'peer.heard': 'fail' });
        expect(finding(silent, 'peer.heard').cause).toContain('is not heard, and answers nothing by unicast');
      });
    });

    describe('unicast', () => {
      const closed = (host: number, ...allowed: string[]) =>
        stage.nft(
          host,
          `table inet t { chain c { type filter hook input priority 0; policy drop;
          ct state established,related accept; iif lo accept; meta l4proto { icmp, igmp, icmpv6 } accept;
          ${multicast} accept; ${allowed.join('; ')}; }; }`,
        );

      test('the firewall of the other host lets no unicast in', async () => {
        await bob();
        closed(2);
        const result = await peers();
        stage.noRules(2);
        expect(complaints(result)).toEqual({ 'peer.unicast': 'warn' });
        expect(finding(result, 'peer.unicast').cause).toContain('at any port');
        await content();
      });

      test('it lets a fixed port in, and not the one where acknowledgements go', async () => {
        await bob();
        closed(2, 'udp dport 50001 accept');
        const result = await peers();
        expect(complaints(result)).toEqual({ 'peer.unicast': 'warn' });
        expect(finding(result, 'peer.unicast').cause).toContain('drops acknowledgements');
        await stage.lab.stopAll();
        await bob('--reply-port', '50001');
        await content();
      });

      test('the own firewall drops replies, which shows without root', async () => {
        await bob();
        closed(1);
        const argv = ['setpriv', '--reuid=65534', '--clear-groups', process.execPath, program];
        const look = (...more: string[]) =>
          read(
            stage.lab.spawn(
              1,
              [
                ...argv,
                'doctor',
                '--json',
                '--duration',
                '0.5',
                '--data-dir',
                '/tmp',
                '--peer',
                'bob',
                ...more,
              ],
              { LANG: 'C.UTF-8', HOME: '/tmp' },
            ),
          );
        const result = await look();
        expect(complaints(result)).toEqual({ 'firewall.ack': 'warn' });
        expect(finding(result, 'firewall.ack').evidence).toBe('unasked 0 of 8 came, asked 8');
        stage.noRules(1);
        closed(1, 'udp dport 50001 accept');
        const mended = await look('--reply-port', '50001');
        expect([complaints(mended), statusOf(mended, 'firewall.ack')]).toEqual([{}, 'ok']);
      });
    });

    describe('a path that carries less than its ends', () => {
      test.each<[string, number, string, 'fail' | 'warn', string]>([
        ['than our messages need, there', 2, 'meta length > 1000 drop', 'fail', 'Small messages reach bob'],
        ['than our messages need, here', 1, 'meta length > 1000 drop', 'fail', 'Small messages of bob come'],
        ['than a whole frame, there', 2, 'meta length > 1400 drop', 'warn', 'datagrams of 1472 bytes'],
        ['than a whole frame, here', 1, 'meta length > 1400 drop', 'warn', 'datagrams of 1472 bytes'],
        ['and loses fragments', 2, 'ip frag-off & 0x3fff != 0 drop', 'warn', 'need fragments (1772 bytes)'],
      ])('%s', async (_, host, rule, status, cause) => {
        await bob();
        towards(host, rule);
        const result = await peers();
        mendSwitch();
        expect(complaints(result)).toEqual({ 'peer.size': status });
        expect(finding(result, 'peer.size').cause).toContain(cause);
        expect(statusOf(await content(), 'peer.size')).toBe('ok');
      });
    });

    test('two paths to the other host', async () => {
      const namespace = stage.lab.inside(2, [])[3]!;
      const veth = ['ip', 'link', 'add', 'p2b', 'type', 'veth', 'peer', 'name', 'lan1', 'netns', namespace];
      stage.lab.execOnSwitch(...veth);
      stage.lab.execOnSwitch('ip', 'link', 'set', 'p2b', 'master', 'br0', 'up');
      stage.lab.exec(2, 'ip', 'address', 'add', '10.77.0.102/24', 'dev', 'lan1');
      stage.lab.exec(2, 'ip', 'link', 'set', 'lan1', 'up');
      const where = { address: '239.255.0.1', port: 50_000, family: 4 };
      const options = JSON.stringify({ group: where, ttl: 1, interface: 'lan1' });
      const other = stage.lab.spawn(2, [process.execPath, '--import', 'tsx', member, options]);
      await other.waitForJson({ what: 'open' });
      await bob();
      const result = await peers();
      expect(complaints(result)).toEqual({ 'peer.twice': 'warn' });
      expect(finding(result, 'peer.twice').evidence).toMatch(/^bob: (29|30) copies of 30/);
      await other.stop();
      stage.lab.exec(2, 'ip', 'link', 'delete', 'lan1');
      expect(statusOf(await content(), 'peer.twice')).toBe('ok');
    });

    test('two nodes on one host: the second answers at the port that it speaks from', async () => {
      await stage.speaker(2, '--name', 'first');
      await bob();
      const result = await content();
      expect(statusOf(result, 'peer.unicast')).toBe('ok');
      expect(finding(result, 'peer.unicast').evidence).not.toContain('to-reply');
    });

    test('a node that answers no probes is no fault', async () => {
      const script = `const s = require('dgram').createSocket('udp4');
      let seq = 0;
      setInterval(() => s.send(JSON.stringify({ mcast: 1, kind: 'heartbeat', id: '00000000000000aa', name: 'bob',
        seq: ++seq, at: Date.now(), every: 300 }), 50000, '239.255.0.1'), 300);
      console.log('speaks');`;
      const old = stage.lab.spawn(2, [process.execPath, '-e', script]);
      await old.waitForLine(/speaks/);
      const result = await content();
      expect(statusOf(result, 'peer.heard')).toBe('ok');
      for (const id of ['peer.reached', 'peer.size', 'peer.unicast', 'peer.twice'])
        expect([id, statusOf(result, id)]).toEqual([id, 'unknown']);
    });
  },
);
