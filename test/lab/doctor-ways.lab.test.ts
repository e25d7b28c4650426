// Ways between two hosts that carry a part only, for real: unicast to some ports, datagrams of some sizes, or everything
// twice. Doctor on host 1 names that one and no other, and is content once it is mended.
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { complaints, DoctorStage, findingOf, program, read, statusOf } from './doctor-stage.ts';
import { labAvailable } from './lab.ts';

const reason = labAvailable();
const member = fileURLToPath(new URL('member-script.ts', import.meta.url));
const multicast = 'ip daddr 239.255.0.1';

describe.skipIf(reason)(
  `doctor and ways to another node${reason ? ` (skipped: ${reason})` : ''}`,
  { timeout: 90_000 },
  () => {
    const stage = new DoctorStage();

    afterEach(() => {
      stage.noRules(1);
      stage.noRules(2);
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
        await stage.bob();
        closed(2);
        const result = await stage.lookForBob();
        stage.noRules(2);
        expect(complaints(result)).toEqual({ 'peer.unicast': 'warn' });
        expect(findingOf(result, 'peer.unicast').cause).toContain('at any port');
        await stage.content();
      });

      test('it lets a fixed port in, and not the one where acknowledgements go', async () => {
        await stage.bob();
        closed(2, 'udp dport 50001 accept');
        const result = await stage.lookForBob();
        expect(complaints(result)).toEqual({ 'peer.unicast': 'warn' });
        expect(findingOf(result, 'peer.unicast').cause).toContain('drops acknowledgements');
        await stage.lab.stopAll();
        await stage.bob('--reply-port', '50001');
        await stage.content();
      });

      test('the own firewall drops replies, which shows without root', async () => {
        await stage.bob();
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
        expect(findingOf(result, 'firewall.ack').evidence).toBe('unasked 0 of 8 came, asked 8');
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
        await stage.bob();
        stage.towards(host, rule);
        const result = await stage.lookForBob();
        stage.mendSwitch();
        expect(complaints(result)).toEqual({ 'peer.size': status });
        expect(findingOf(result, 'peer.size').cause).toContain(cause);
        expect(statusOf(await stage.content(), 'peer.size')).toBe('ok');
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
      await stage.bob();
      const result = await stage.lookForBob();
      expect(complaints(result)).toEqual({ 'peer.twice': 'warn' });
      expect(findingOf(result, 'peer.twice').evidence).toMatch(/^bob: (29|30) copies of 30/);
      await other.stop();
      stage.lab.exec(2, 'ip', 'link', 'delete', 'lan1');
      expect(statusOf(await stage.content(), 'peer.twice')).toBe('ok');
    });
  },
);
