// A router with multicast routing between two networks: how far messages get by their TTL.
//
//   host 1: 10.77.0.1 ── switch ── 10.77.0.3 lan0 [host 3: smcrouted] far0 10.88.0.3 ── 10.88.0.2 far0: host 2
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complaints, DoctorStage, type Examination, statusOf } from './doctor-stage.ts';
import { labAvailable } from './lab.ts';
import type { LabProcess } from './lab-process.ts';
import { runQuietly } from './teardown.ts';

const reason = labAvailable() ?? (runQuietly('smcrouted', ['-h']) ? undefined : 'smcroute is not installed');

describe.skipIf(reason)(
  `doctor across a router${reason ? ` (skipped: ${reason})` : ''}`,
  { timeout: 90_000 },
  () => {
    const stage = new DoctorStage();
    const folder = mkdtempSync(join(tmpdir(), 'mcast-router-'));
    const config = join(folder, 'smcroute.conf');
    const finding = ({ checks }: Examination, id: string) => checks.find((each) => each.id === id)!;
    const look = (...more: string[]) => stage.examine(1, ['--peer', '10.88.0.2', ...more]);
    const bob = (...more: string[]) => stage.speaker(2, '--name', 'bob', '--heartbeat', '300', ...more);

    const router = async (): Promise<LabProcess> => {
      const files = ['-f', config, '-P', join(folder, 'pid'), '-u', join(folder, 'sock')];
      const daemon = stage.lab.spawn(3, ['smcrouted', '-n', '-N', ...files]);
      // It has joined for the router, and the switch knows.
      await expect.poll(() => stage.lab.exec(3, 'ip', 'maddr', 'show', 'lan0')).toContain('239.255.0.1');
      return daemon;
    };

    beforeAll(() => {
      const namespace = (host: number) => stage.lab.inside(host, [])[3]!;
      stage.lab.unplug(2);
      const veth = [
        'ip',
        'link',
        'add',
        'far0',
        'type',
        'veth',
        'peer',
        'name',
        'far0',
        'netns',
        namespace(2),
      ];
      stage.lab.exec(3, ...veth);
      for (const host of [2, 3]) {
        stage.lab.exec(host, 'ip', 'address', 'add', `10.88.0.${host}/24`, 'dev', 'far0');
        stage.lab.exec(host, 'ip', 'link', 'set', 'far0', 'up');
      }
      stage.lab.exec(2, 'ip', 'route', 'add', '224.0.0.0/4', 'dev', 'far0');
      stage.lab.exec(2, 'ip', 'route', 'add', 'default', 'via', '10.88.0.3');
      stage.lab.exec(1, 'ip', 'route', 'add', '10.88.0.0/24', 'via', '10.77.0.3');
      stage.lab.set(3, 'net.ipv4.ip_forward', 1);
      const lines = ['lan0', 'far0'].map((name) => `phyint ${name} enable\n`);
      const ways = [
        ['lan0', 'far0'],
        ['far0', 'lan0'],
      ].map(
        ([from, to]) =>
          `mgroup from ${from} group 239.255.0.1\nmroute from ${from} group 239.255.0.1 to ${to}\n`,
      );
      writeFileSync(config, [...lines, ...ways].join(''));
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    test('the own TTL ends at the router', async () => {
      await router();
      await bob('--ttl', '8');
      const result = await look();
      expect(complaints(result)).toEqual({ ttl: 'fail' });
      expect(finding(result, 'ttl').cause).toContain('10.88.0.2 is on another network and hears nothing');
      expect(statusOf(result, 'peer.heard')).toBe('ok');
      expect(statusOf(result, 'peer.reached')).toBe('unknown');
      const mended = await look('--ttl', '8');
      expect(complaints(mended)).toEqual({});
      for (const id of ['ttl', 'peer.heard', 'peer.reached', 'peer.size', 'peer.unicast'])
        expect([id, statusOf(mended, id)]).toEqual([id, 'ok']);
    });

    test('the TTL of the other node ends at the router', async () => {
      await router();
      await bob();
      const result = await look('--ttl', '8');
      expect(complaints(result)).toEqual({ 'peer.heard': 'fail' });
      expect(finding(result, 'peer.heard').cause).toContain('sends with a TTL of 1');
      expect(statusOf(result, 'peer.reached')).toBe('ok');
    });

    test('the router forwards no multicast', async () => {
      await bob('--ttl', '8');
      const result = await look('--ttl', '8');
      expect(complaints(result)).toEqual({ 'peer.heard': 'fail', 'peer.reached': 'fail' });
      for (const id of ['peer.heard', 'peer.reached'])
        expect(finding(result, id).cause).toContain('the router does not forward it');
      await router();
      expect(complaints(await look('--ttl', '8'))).toEqual({});
    });
  },
);
