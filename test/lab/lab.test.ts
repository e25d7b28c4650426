import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { Lab, labAvailable } from './lab.ts';
import { sweepAbandoned } from './teardown.ts';

const reason = labAvailable();
const namespaces = () => execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' });

describe.skipIf(reason)(`the lab itself${reason ? ` (skipped: ${reason})` : ''}`, () => {
  test('a host has its network and its processes, and after closing nothing is left', async () => {
    const lab = await Lab.build({ hosts: 2 });
    lab.exec(1, 'ip', 'route', 'get', Lab.address(2));
    const process2 = lab.spawn(2, ['sh', '-c', 'echo in; sleep 1000']);
    await process2.waitForLine(/^in$/);
    expect(namespaces()).toContain(`mt${process.pid}-`);
    await lab.close();
    await lab.close();
    expect(await process2.ended).toBe('SIGKILL');
    expect(namespaces()).not.toContain(`mt${process.pid}-`);
  });

  test('a lab whose building fails is taken down', async () => {
    // Loss is set last, when the hosts stand already.
    await expect(Lab.build({ hosts: 1, loss: 2 })).rejects.toThrow();
    expect(namespaces()).not.toContain(`mt${process.pid}-`);
  });

  test('what a killed test run left behind goes with the next lab', () => {
    // No process has this number: it is above the largest that Linux gives.
    const abandoned = 'mt4194305-1-h1';
    execFileSync('ip', ['netns', 'add', abandoned]);
    expect(namespaces()).toContain(abandoned);
    sweepAbandoned();
    expect(namespaces()).not.toContain(abandoned);
  });
});
