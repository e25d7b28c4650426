import { expect, test } from 'vitest';
import { checks } from '../../source/doctor/registry.ts';
import { freePort, type Json, runCli } from '../support/cli.ts';

const doctor = async (...args: string[]) =>
  runCli(['doctor', '--duration', '0.1', '-g', `239.255.0.9:${await freePort()}`, ...args]);

test('--json is the verdict and all checks with evidence, cause, remedy and link', async () => {
  const { code, out, err } = await doctor('--json');
  const result = JSON.parse(out) as { verdict: string; checks: Json[] };
  expect([Object.keys(result), err]).toEqual([['verdict', 'checks'], '']);
  expect(code).toBe(result.verdict === 'fail' ? 1 : 0);
  expect(result.checks.map(({ id }) => id)).toEqual(checks.map(({ id }) => id));
  for (const found of result.checks) {
    expect(Object.keys(found)).toEqual(['id', 'status', 'evidence', 'cause', 'remedy', 'link']);
    expect(['ok', 'warn', 'fail', 'unknown']).toContain(found.status);
    if (found.status !== 'ok') expect(found.remedy).not.toBe('');
  }
});

test('a failed check is told with evidence and remedy, and exits with 1', async () => {
  const { code, out } = await runCli(['doctor', '--duration', '0.1', '-g', `232.1.1.1:${await freePort()}`]);
  expect(code).toBe(1);
  expect(out).toMatch(/^FAIL +group\.sane +232\.1\.1\.1 is source-specific/m);
  expect(out).toMatch(/^ +read: 232\.1\.1\.1$/m);
  expect(out).toMatch(/^ +remedy: --source/m);
  expect(out).toMatch(/^ +more: https:/m);
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(130);
});

test('in Spanish', async () => {
  const { out } = await doctor('--lang', 'es');
  expect(out).toMatch(/^bien +group\.sane/m);
});

test('no interface: that is what failed, and nothing is called well that was not looked at', async () => {
  const { code, out } = await doctor('--json', '-i', 'none0');
  expect(code).toBe(1);
  const found = (JSON.parse(out) as { checks: Json[] }).checks;
  expect(found.filter(({ status }) => status === 'fail').map(({ id }) => id)).toEqual(['iface.flags']);
  expect(found.find(({ id }) => id === 'join.registered')).toMatchObject({ status: 'unknown' });
});

test('several groups: each check tells the worst, and of which group', async () => {
  const { out } = await doctor('--json', '-g', `239.128.0.1:${await freePort()}`);
  const found = (JSON.parse(out) as { checks: Json[] }).checks.find(({ id }) => id === 'group.sane')!;
  expect(found).toMatchObject({
    status: 'warn',
    evidence: expect.stringMatching(/^239\.128\.0\.1:\d+: /) as string,
  });
});
