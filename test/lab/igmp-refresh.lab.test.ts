// A switch that watches memberships and hears no querier forgets them; --igmp-refresh keeps them alive.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Lab, labAvailable } from './lab.ts';
import type { LabProcess } from './lab-process.ts';

const reason = labAvailable();

describe.skipIf(reason)(`a switch without queries${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.build({ hosts: 2 });
    // As if a querier had been there at the start and never asked again: nothing for an hour, members kept for 3 s.
    const silent = 'mcast_query_interval 360000 mcast_membership_interval 300';
    lab.execOnSwitch('ip', 'link', 'set', 'br0', 'type', 'bridge', ...silent.split(' '));
    lab.exec(
      2,
      'nft',
      'table inet counts { counter v4 { }; counter v6 { }; chain out { type filter hook output priority 0; meta l4proto igmp counter name v4; icmpv6 type mld2-listener-report counter name v6; }; }',
    );
  });
  afterEach(() => lab?.stopAll());
  afterAll(() => lab?.close());

  const reports = (name: string) =>
    Number(/packets (\d+)/.exec(lab.exec(2, 'nft', 'list', 'counter', 'inet', 'counts', name))?.[1]);

  async function member(host: number, group: string, ...more: string[]): Promise<LabProcess> {
    const node = lab.run(host, [
      'listen',
      '--json',
      '--no-record',
      '--heartbeat',
      '200',
      '-g',
      group,
      ...more,
    ]);
    await node.waitForJson({ type: 'joined' });
    return node;
  }
  const heardOfOther = (node: LabProcess) =>
    node
      .json()
      .filter(({ type, kind, name }) => type === 'received' && kind === 'heartbeat' && name === 'ana').length;
  /** Whether a figure stays the same for `ms`. */
  async function unchanged(figure: () => unknown, ms: number): Promise<boolean> {
    const before = JSON.stringify(figure());
    await new Promise((resolve) => setTimeout(resolve, ms));
    return JSON.stringify(figure()) === before;
  }
  const listed = (group: string) =>
    lab.execOnSwitch('bridge', 'mdb', 'show').includes(`port p2 grp ${group}`);

  describe.each([
    ['239.255.9.1', '239.255.9.1:50000', 'v4'],
    ['ff15::9:1', '[ff15::9:1]:50000', 'v6'],
  ])('%s', (address, group, counter) => {
    test('without a refresh the switch forgets the member, and it hears nothing more', async () => {
      const node = await member(2, group);
      await member(1, group, '--name', 'ana');
      await expect.poll(() => heardOfOther(node)).toBeGreaterThan(0);
      await expect.poll(() => listed(address), { timeout: 15_000 }).toBe(false);
      // What was on its way may still come; then ten heartbeats in a row do not, and nobody reports a membership.
      const heard = () => [heardOfOther(node), reports(counter)];
      await expect.poll(() => unchanged(heard, 2000), { timeout: 15_000 }).toBe(true);
    });

    test('with it the reports flow and every heartbeat arrives', async () => {
      const node = await member(2, group, '--igmp-refresh', '1');
      await member(1, group, '--name', 'ana');
      await expect.poll(() => heardOfOther(node)).toBeGreaterThan(0);
      const before = reports(counter);
      await new Promise((resolve) => setTimeout(resolve, 8000));
      expect(listed(address)).toBe(true);
      expect(reports(counter) - before).toBeGreaterThanOrEqual(6);
      await node.stop('SIGINT');
      const stopped = node.json().at(-1) as { totals: { lost: number } };
      expect(stopped.totals.lost).toBe(0);
      expect(node.json().filter(({ type }) => type === 'warning')).toEqual([]);
    });
  });
});
