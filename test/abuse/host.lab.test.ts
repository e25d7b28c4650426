// Networks that fail under the running program, in hosts of network namespaces: what it says, and that it comes back.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Lab, labAvailable } from '../lab/lab.ts';
import type { LabProcess } from '../lab/lab-process.ts';
import { temporaryDirectory } from '../support/cli.ts';

const reason = labAvailable();
const groups = { IPv4: '239.255.77.35:50001', IPv6: '[ff15::4d43:35]:50001' };
type Family = keyof typeof groups;

describe.skipIf(reason)(`a network that fails${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.build({ hosts: 2 });
  });
  afterEach(async () => {
    await lab?.stopAll();
    for (const host of [1, 2]) lab?.replug(host);
  });
  afterAll(() => lab?.close());

  const listen = (host: number, family: Family, ...more: string[]): LabProcess =>
    lab.run(host, [
      'listen',
      '-g',
      groups[family],
      '--json',
      '--heartbeat',
      '200',
      '--data-dir',
      temporaryDirectory(),
      ...more,
    ]);

  /** The exit code and what it told on standard error. */
  async function refusal(process: LabProcess): Promise<string> {
    expect(await process.ended).toBe(2);
    expect(process.lines).toEqual([]);
    expect(process.stderr).toMatch(/^mcast-tui: [^\n]+\n$/);
    return process.stderr;
  }

  test('an interface that is down, or has no address of the family, is told with the command that helps', async () => {
    lab.exec(1, 'ip', 'link', 'set', 'lan0', 'down');
    expect(await refusal(listen(1, 'IPv4', '-i', 'lan0'))).toMatch(/lan0 is down.*ip link set lan0 up/);
    lab.exec(1, 'ip', 'link', 'set', 'lan0', 'up');
    lab.exec(1, 'ip', '-6', 'address', 'flush', 'dev', 'lan0');
    expect(await refusal(listen(1, 'IPv6', '-i', 'lan0'))).toMatch(
      /lan0 has no IPv6 address.*ip address add/,
    );
    lab.exec(1, 'ip', 'address', 'flush', 'dev', 'lan0');
    expect(await refusal(listen(1, 'IPv4', '-i', 'lan0'))).toMatch(/ip address add/);
    lab.exec(1, 'ip', 'link', 'set', 'lo', 'down');
    lab.exec(1, 'ip', 'link', 'set', 'lan0', 'down');
    expect(await refusal(listen(1, 'IPv4'))).toMatch(/No interface of this host is up.*ip link set NAME up/);
    lab.exec(1, 'ip', 'link', 'set', 'lo', 'up');
  });

  test('IPv6 without a multicast route: the command that it tells helps', async () => {
    lab.exec(1, 'ip', '-6', 'route', 'del', 'multicast', 'ff00::/8', 'dev', 'lan0', 'table', 'local');
    const told = await refusal(listen(1, 'IPv6', '-i', 'lan0'));
    const [, remedy] = /does not know where to send .*: (ip -6 route add .*)\n$/.exec(told) ?? [];
    lab.exec(1, ...remedy!.split(' '));
    await listen(1, 'IPv6', '-i', 'lan0').waitForJson({ type: 'joined' });
  });

  test('IPv4 without any route but a named interface needs none', async () => {
    lab.exec(1, 'ip', 'route', 'flush', 'table', 'main');
    await listen(1, 'IPv4', '-i', 'lan0').waitForJson({ type: 'joined', interface: 'lan0' });
  });

  const faults: { what: string; family: Family; fail(): void; mend(): void }[] = [
    {
      what: 'goes down and up',
      family: 'IPv4',
      fail: () => lab.exec(1, 'ip', 'link', 'set', 'lan0', 'down'),
      mend: () => {
        lab.exec(1, 'ip', 'link', 'set', 'lan0', 'up');
        // The kernel drops it with the link; a host's network manager sets it again.
        lab.exec(1, 'ip', 'route', 'replace', '224.0.0.0/4', 'dev', 'lan0');
      },
    },
    {
      what: 'goes down and up',
      family: 'IPv6',
      fail: () => lab.exec(1, 'ip', 'link', 'set', 'lan0', 'down'),
      mend: () => {
        lab.exec(1, 'ip', 'link', 'set', 'lan0', 'up');
        lab.exec(1, 'ip', 'address', 'replace', `${Lab.address(1, 6)}/64`, 'dev', 'lan0', 'nodad');
      },
    },
    { what: 'is made anew', family: 'IPv6', fail: () => lab.unplug(1), mend: () => lab.plug(1) },
    {
      what: 'comes back with another address',
      family: 'IPv4',
      fail: () => lab.unplug(1),
      mend: () => lab.plug(1, '10.77.0.99'),
    },
  ];

  test.each(faults)(
    'the interface $what ($family): it is told, and the group joined again',
    async ({ family, fail, mend }) => {
      const watched = listen(1, family, '-i', 'lan0', '--name', 'watched');
      const other = listen(2, family, '-i', 'lan0', '--name', 'other');
      await watched.waitForJson({ type: 'peer', name: 'other', state: 'alive' });
      await other.waitForJson({ type: 'peer', name: 'watched', state: 'alive' });
      fail();
      const gone = await watched.waitForJson({ type: 'warning', code: 'interface-gone' });
      expect(gone.text).toContain('ip link set lan0 up');
      await watched.waitForJson({ type: 'left', reason: 'interface-gone' });
      await other.waitForJson({ type: 'peer', name: 'watched', state: 'dead' });
      mend();
      const from = watched.lines.length;
      await watched.waitForJson({ type: 'warning', code: 'interface-back' }, { from });
      await watched.waitForJson({ type: 'joined' }, { from });
      await watched.waitForJson({ type: 'received', name: 'other' }, { from });
      await other.waitForJson({ type: 'peer', name: 'watched', state: 'alive', was: 'dead' });
      expect(watched.stderr).toBe('');
      expect(await watched.stop()).toBe(143);
      // The same incarnation all along, and its session is whole.
      expect(watched.json().at(-1)).toMatchObject({ type: 'stopped', reason: 'SIGTERM' });
    },
  );
});
