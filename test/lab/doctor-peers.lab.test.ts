// Multicast lost between two hosts, for real: doctor on host 1 names what took it away and nothing else, by what the
// node on host 2 answers, and is content once it is mended.
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { complaints, DoctorStage, findingOf, group, group6, statusOf } from './doctor-stage.ts';
import { labAvailable } from './lab.ts';

const reason = labAvailable();
const slowNode = fileURLToPath(new URL('slow-node-script.ts', import.meta.url));
const multicast = 'ip daddr 239.255.0.1';

describe.skipIf(reason)(
  `doctor with another node${reason ? ` (skipped: ${reason})` : ''}`,
  { timeout: 90_000 },
  () => {
    const stage = new DoctorStage();

    afterEach(() => {
      stage.noRules(1);
      stage.noRules(2);
    });

    test.each([group, group6])('%s: a healthy lab of three nodes', async (name) => {
      await Promise.all([stage.bob('-g', name), stage.speaker(3, '--name', 'carla', '-g', name)]);
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
      const sizes = findingOf(result, 'peer.size').evidence;
      for (const bytes of ['300 B', '512 B', '1200 B', name === group ? '1472 B' : '1452 B']) {
        expect(sizes).toContain(`${bytes} 8/8 there 8 back`);
      }
      expect(sizes).toContain(`${name === group ? '1772 B' : '1752 B'} 8/8 there 8 back`);
    });

    describe('multicast is lost on the way there', () => {
      test.each<[string, () => void, () => void, string, RegExp]>([
        [
          'by the network',
          () => stage.towards(2, `${multicast} drop`),
          () => stage.mendSwitch(),
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
        await stage.bob();
        make();
        const result = await stage.lookForBob();
        mend();
        expect(complaints(result)).toEqual({ 'peer.reached': 'fail' });
        expect(findingOf(result, 'peer.reached').cause).toContain(cause);
        expect(findingOf(result, 'peer.reached').evidence).toMatch(evidence);
        await stage.content();
      });

      test('by the reverse-path filter of its host', async () => {
        stage.lab.exec(1, 'ip', 'address', 'add', '10.99.0.1/24', 'dev', 'lan0');
        stage.lab.set(2, 'net.ipv4.conf.lan0.rp_filter', 1);
        await stage.bob();
        const result = await stage.lookForBob('-i', '10.99.0.1');
        stage.lab.exec(2, 'ip', 'route', 'add', '10.99.0.0/24', 'dev', 'lan0');
        const mended = await stage.lookForBob('-i', '10.99.0.1');
        stage.lab.set(2, 'net.ipv4.conf.lan0.rp_filter', 0);
        stage.lab.exec(2, 'ip', 'route', 'del', '10.99.0.0/24');
        stage.lab.exec(1, 'ip', 'address', 'del', '10.99.0.1/24', 'dev', 'lan0');
        expect(complaints(result)).toEqual({ 'peer.reached': 'fail' });
        expect(findingOf(result, 'peer.reached').cause).toContain('The reverse-path filter of bob');
        expect(complaints(mended)).toEqual({});
      });

      test('at a receive buffer that is full', async () => {
        const spawn = (...args: string[]) =>
          stage.lab.spawn(2, [process.execPath, '--import', 'tsx', slowNode, ...args]);
        const slow = spawn('280');
        await slow.waitForLine(/joined/, { timeout: 60_000 });
        const result = await stage.lookForBob();
        await slow.stop('SIGKILL');
        expect(complaints(result)).toEqual({ 'peer.reached': 'warn' });
        expect(findingOf(result, 'peer.reached').cause).toContain('finds its receive buffer full');
        expect(findingOf(result, 'peer.reached').evidence).toMatch(/RcvbufErrors \+[1-9]/);
        const quick = spawn('0');
        await quick.waitForLine(/joined/, { timeout: 60_000 });
        await stage.content();
      });
    });

    describe('multicast is lost on the way here, and an address is asked by unicast', () => {
      const here = () => stage.examine(1, ['--peer', '10.77.0.2']);

      test.each<[string, () => void, string]>([
        [
          'by the network',
          () => stage.towards(1, `${multicast} ip saddr 10.77.0.2 drop`),
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
        await stage.bob();
        make();
        const result = await here();
        if (where === 'by the network') stage.mendSwitch();
        else stage.noRules(1);
        expect(complaints(result)).toEqual({ 'peer.heard': 'fail' });
        expect(findingOf(result, 'peer.heard').cause).toContain(cause);
        expect(statusOf(result, 'peer.reached')).toBe('ok');
        const mended = await here();
        expect([complaints(mended), statusOf(mended, 'peer.heard')]).toEqual([{}, 'ok']);
      });

      test('in both directions: nothing at all is heard by multicast', async () => {
        await stage.bob();
        stage.lab.execOnSwitch(
          'nft',
          `table netdev fault { chain c { type filter hook egress device p1 priority 0; ${multicast} drop; };
          chain d { type filter hook egress device p2 priority 0; ${multicast} drop; }; }`,
        );
        const result = await here();
        stage.mendSwitch();
        expect(complaints(result)).toEqual({ 'peer.heard': 'fail', 'peer.reached': 'fail' });
        for (const id of ['peer.heard', 'peer.reached'])
          expect(findingOf(result, id).cause).toMatch(/the network does not deliver it/);
        expect(statusOf(result, 'peer.unicast')).toBe('ok');
        expect(statusOf(result, 'peer.size')).toBe('ok');
      });

      test('a port of its own is asked when it is told', async () => {
        await stage.bob('--reply-port', '45678');
        stage.towards(1, `${multicast} drop`);
        const result = await stage.examine(1, ['--peer', '10.77.0.2:45678']);
        stage.mendSwitch();
        expect(complaints(result)).toEqual({ 'peer.heard': 'fail' });
        expect(findingOf(result, 'peer.heard').evidence).toMatch(/^bob \(10\.77\.0\.2\)/);
      });

      test('a host where it does not run, and no host', async () => {
        const refused = await here();
        expect(complaints(refused)).toEqual({ 'peer.heard': 'fail' });
        expect(findingOf(refused, 'peer.heard').cause).toContain('is there and reached by unicast');
        const silent = await stage.examine(1, ['--peer', '10.77.0.99']);
        expect(complaints(silent)).toEqual({ 'peer.heard': 'fail' });
        expect(findingOf(silent, 'peer.heard').cause).toContain(
          'is not heard, and answers nothing by unicast',
        );
      });
    });

    test('two nodes on one host: the second answers at the port that it speaks from', async () => {
      await stage.speaker(2, '--name', 'first');
      await stage.bob();
      const result = await stage.content();
      expect(statusOf(result, 'peer.unicast')).toBe('ok');
      expect(findingOf(result, 'peer.unicast').evidence).not.toContain('to-reply');
    });

    test('a node that answers no probes is no fault', async () => {
      const script = `const s = require('dgram').createSocket('udp4');
      let seq = 0;
      setInterval(() => s.send(JSON.stringify({ mcast: 1, kind: 'heartbeat', id: '00000000000000aa', name: 'bob',
        seq: ++seq, at: Date.now(), every: 300 }), 50000, '239.255.0.1'), 300);
      console.log('speaks');`;
      const old = stage.lab.spawn(2, [process.execPath, '-e', script]);
      await old.waitForLine(/speaks/);
      const result = await stage.content();
      expect(statusOf(result, 'peer.heard')).toBe('ok');
      for (const id of ['peer.reached', 'peer.size', 'peer.unicast', 'peer.twice'])
        expect([id, statusOf(result, id)]).toEqual([id, 'unknown']);
    });
  },
);
