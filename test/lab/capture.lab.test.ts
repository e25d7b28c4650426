// What `capture` makes on a host of the lab: the join of our own process, its datagrams, and no one else's.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { fields, noTshark } from '../report/tshark.ts';
import { eventually } from '../support/eventually.ts';
import { Lab, labAvailable } from './lab.ts';

const has = (tool: string) => spawnSync(tool, ['--version']).status === 0;
const reason =
  labAvailable() ??
  noTshark ??
  (has('dumpcap') && has('tcpdump') ? undefined : 'dumpcap or tcpdump is not installed');
const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const groups = { 4: '239.255.0.1:50000', 6: '[ff15::4d43]:50000' };

describe.skipIf(reason)(`capture${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let lab: Lab;
  let folder: string;

  beforeAll(async () => {
    lab = await Lab.build({ hosts: 2 });
    folder = mkdtempSync(join(tmpdir(), 'mcast-capture-'));
  });
  afterEach(() => lab?.stopAll());
  afterAll(async () => {
    await lab?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  /** Our program, for which only these tools are found by name. */
  function onlyWith(tools: readonly string[]): string[] {
    const bin = mkdtempSync(join(folder, 'bin-'));
    for (const tool of tools) {
      const real = execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim();
      symlinkSync(real, join(bin, tool));
    }
    return ['env', `PATH=${bin}`, process.execPath, join(dist, 'cli.js')];
  }

  test.each([
    ['dumpcap', 4],
    ['dumpcap', 6],
    ['tcpdump', 4],
    ['tcpdump', 6],
  ] as const)('%s takes the join, the datagrams and the leave, IPv%i', async (tool, family) => {
    const path = join(folder, `${tool}-${family}.pcapng`);
    const group = groups[family];
    const flags = ['-g', group, '-i', 'lan0', '--lang', 'en'];
    const capture = lab.spawn(1, [...onlyWith([tool]), 'capture', ...flags, '--out', path, '--json']);
    await eventually(() => expect(capture.stderr).toContain(`capturing on lan0 with ${tool}`));

    const noise = lab.run(2, ['listen', '-g', '239.1.1.1:4000', '--json', '--no-record']);
    await noise.waitForJson({ type: 'sent', kind: 'heartbeat' });
    const node = lab.run(1, ['listen', ...flags, '--json', '--no-record', '--name', 'ana']);
    await node.waitForJson({ type: 'sent', kind: 'heartbeat' });
    await node.stop('SIGINT');
    // The leave is sent twice, within a second or so.
    await eventually(() => expect(fieldsNow(path, joinOf(family)).length).toBeGreaterThan(1));
    expect(await capture.stop('SIGINT')).toBe(130);

    const told = JSON.parse(capture.lines.join('\n')) as Record<string, unknown>;
    expect(told).toMatchObject({ path, tool, interfaces: ['lan0'] });
    const kinds = fields(path, ['mcast.kind'], 'mcast').flat();
    expect(kinds).toContain('heartbeat');
    expect(kinds).toContain('bye');
    expect(told.packets).toBe(fields(path, ['frame.number']).length);
    // The membership report names our group.
    const joins = fields(
      path,
      family === 4 ? ['ip.src', 'igmp.maddr'] : ['ipv6.src', 'icmpv6.mldr.mar.multicast_address'],
      joinOf(family),
    );
    expect(joins.map(([, name]) => name)).toContain(family === 4 ? '239.255.0.1' : 'ff15::4d43');
    // Nothing of the other group's.
    expect(fields(path, ['udp.dstport'], 'udp && udp.port != 50000')).toEqual([]);
    // The filters that it tells find what they are for.
    const filters = told.display as { use: string; filter: string }[];
    for (const use of ['group', 'membership', 'joins', 'ours']) {
      const { filter } = filters.find((each) => each.use === use)!;
      expect(fields(path, ['frame.number'], filter).length, filter).toBeGreaterThan(0);
    }
  });

  /** Of a file that is being written: its last packet may not be whole yet. */
  function fieldsNow(path: string, filter: string): string[][] {
    try {
      return fields(path, ['frame.number'], filter);
    } catch {
      return [];
    }
  }

  const joinOf = (family: 4 | 6) => (family === 4 ? 'igmp.type == 0x22' : 'icmpv6.type == 143');

  test('ends by itself after so many packets, or seconds', async () => {
    const path = join(folder, 'few.pcapng');
    const flags = ['-g', groups[4], '-i', 'lan0', '--lang', 'en'];
    const capture = lab.run(1, ['capture', ...flags, '--out', path, '--count', '3']);
    await eventually(() => expect(capture.stderr).toContain('capturing'));
    lab.run(1, ['listen', '-g', groups[4], '-i', 'lan0', '--heartbeat', '50', '--no-record']);
    expect(await capture.ended).toBe(0);
    expect(fields(path, ['frame.number'])).toHaveLength(3);
    expect(capture.lines[0]).toContain(`3 packets in ${path}`);
    expect(capture.lines.join('\n')).toContain('ip.dst == 239.255.0.1');

    const timed = lab.run(1, ['capture', ...flags, '--out', path, '--duration', '0.5', '--json']);
    expect(await timed.ended).toBe(0);
    expect(Number(JSON.parse(timed.lines.join('\n')).packets)).toBeGreaterThan(0);
  });

  test('where nothing is installed it says so, with what to run, and leaves no file', async () => {
    const path = join(folder, 'none.pcapng');
    const flags = ['-g', groups[4], '-i', 'lan0', '--out', path, '--lang', 'en'];
    const capture = lab.spawn(1, [...onlyWith([]), 'capture', ...flags]);
    expect(await capture.ended).toBe(2);
    expect(capture.stderr).toContain('Neither dumpcap nor tcpdump is installed here.');
    expect(capture.stderr).toMatch(/sudo tcpdump -i lan0 .*-w .*none\.pcapng '\(dst host 239\.255\.0\.1/);
    expect(existsSync(path)).toBe(false);
  });

  test('without the privilege it says so, with what to run', async () => {
    const open = mkdtempSync(join(tmpdir(), 'mcast-open-'));
    try {
      chmodSync(open, 0o777);
      cpSync(dist, join(open, 'dist'), { recursive: true });
      const path = join(open, 'refused.pcapng');
      const node = execFileSync('sh', ['-c', 'command -v node'], { encoding: 'utf8' }).trim();
      const flags = ['-g', groups[4], '-i', 'lan0', '--out', path, '--lang', 'en', '--data-dir', open];
      const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--no-new-privs'];
      const capture = lab.spawn(1, [...nobody, node, join(open, 'dist/cli.js'), 'capture', ...flags]);
      expect(await capture.ended).toBe(2);
      expect(capture.stderr).toMatch(/This user may not capture packets \((dumpcap|tcpdump) said so\)/);
      expect(capture.stderr).toMatch(/Run this instead, .*: sudo (dumpcap|tcpdump) -i lan0 /);
      expect(existsSync(path)).toBe(false);
      expect(dirname(path)).toBe(open);
    } finally {
      rmSync(open, { recursive: true, force: true });
    }
  });
});
