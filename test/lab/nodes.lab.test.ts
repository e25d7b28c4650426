// The main job on several hosts: people on three nodes see each other, talk, lose, die and come back.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openPty, type Pty, ptyUnavailable } from '../pty/harness.ts';
import { eventually } from '../support/eventually.ts';
import { Lab, labAvailable } from './lab.ts';
import type { LabProcess } from './lab-process.ts';

const reason = labAvailable();
const noPty = ptyUnavailable();
const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const names = ['ana', 'bob', 'eva'];

describe.skipIf(reason)(`three nodes${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let lab: Lab;
  let dataDir: string;
  const screens: Pty[] = [];

  beforeAll(async () => {
    lab = await Lab.build({ hosts: 3 });
    dataDir = mkdtempSync(join(tmpdir(), 'mcast-nodes-'));
  });
  afterEach(async () => {
    lab?.setLoss(0);
    await Promise.all(screens.splice(0).map((screen) => screen.close()));
    await lab?.stopAll();
  });
  afterAll(async () => {
    await lab?.close();
    if (dataDir) rmSync(dataDir, { recursive: true, force: true });
  });

  const listen = async (host: number, ...more: string[]): Promise<LabProcess> => {
    const name = names[host - 1]!;
    const node = lab.run(host, ['listen', '--json', '--no-record', '--name', name, ...more], {
      LANG: 'C.UTF-8',
    });
    await node.waitForJson({ type: 'joined' });
    return node;
  };

  describe.skipIf(noPty)(`on their screens${noPty ? ` (skipped: ${noPty})` : ''}`, () => {
    const open = async (host: number, group: string): Promise<Pty> => {
      const args = ['-g', group, '--name', names[host - 1]!, '--data-dir', join(dataDir, String(host))];
      const screen = await openPty({ argv: lab.inside(host, [process.execPath, program, ...args]) });
      screens.push(screen);
      return screen;
    };
    /** A row of the peers table that says that this node is alive. */
    const alive = (name: string) => new RegExp(`alive\\s+${name}\\b`);

    test.each(['239.255.0.1:50000', '[ff15::4d43]:50000'])(
      '%s: they see each other and chat',
      async (group) => {
        const nodes = await Promise.all([1, 2, 3].map((host) => open(host, group)));
        for (const [i, screen] of nodes.entries()) {
          await eventually(() => {
            const text = screen.screen().join('\n');
            for (const name of names) if (name !== names[i]) expect(text).toMatch(alive(name));
          });
        }
        nodes[0]!.type('buenos días\r');
        await nodes[1]!.waitForText('buenos días');
        await nodes[2]!.waitForText('buenos días');
        nodes[2]!.type('hello from eva\r');
        await nodes[0]!.waitForText('hello from eva');
        // Its line is ticked when both others have reported it.
        await nodes[0]!.waitForText('✓ 2/2');
        nodes[1]!.type('salir\r');
        expect(await nodes[1]!.exit).toBe(0);
        await nodes[0]!.waitForText(/gone\s+bob/);
      },
    );
  });

  test('each counts exactly what the switch took away from it, and no more', async () => {
    const [bob, eva] = [await listen(2, '--heartbeat', '0'), await listen(3, '--heartbeat', '0')];
    const ana = lab.run(1, ['send', '--name', 'ana', '--ack-timeout', '0']);
    ana.say('before');
    await bob.waitForJson({ kind: 'chat', text: 'before' });
    await eva.waitForJson({ kind: 'chat', text: 'before' });

    lab.setLoss({ 2: 0.05, 3: 0.3 });
    for (let n = 1; n <= 2000; n++) ana.say(`line ${n}`);
    await ana.waitForLine(/line 2000/);
    const taken = { bob: lab.lostToward(2), eva: lab.lostToward(3) };
    lab.setLoss(0);
    ana.say('after');
    await bob.waitForJson({ kind: 'chat', text: 'after' });
    await eva.waitForJson({ kind: 'chat', text: 'after' });
    await Promise.all([bob.stop('SIGINT'), eva.stop('SIGINT')]);

    const lost = (node: LabProcess) => (node.json().at(-1) as { totals: { lost: number } }).totals.lost;
    expect({ bob: lost(bob), eva: lost(eva) }).toEqual(taken);
    expect(taken.bob / 2000).toBeGreaterThan(0.02);
    expect(taken.bob / 2000).toBeLessThan(0.09);
    expect(taken.eva / 2000).toBeGreaterThan(0.25);
    expect(taken.eva / 2000).toBeLessThan(0.35);
  });

  test('a killed node turns suspect, then dead; started again it is a restart and no loss', async () => {
    const ana = await listen(1, '--heartbeat', '250');
    const bob = await listen(2, '--heartbeat', '250');
    const first = await ana.waitForJson({ type: 'peer', name: 'bob', state: 'alive' });
    await bob.stop('SIGKILL');
    const killedAt = Date.now();
    const suspect = await ana.waitForJson({ type: 'peer', name: 'bob', state: 'suspect', was: 'alive' });
    const dead = await ana.waitForJson({ type: 'peer', name: 'bob', state: 'dead', was: 'suspect' });
    // Not before three beats were missed.
    expect(Number(suspect.at) - killedAt).toBeGreaterThan(2 * 250);
    expect(Number(dead.at)).toBeGreaterThan(Number(suspect.at));

    await listen(2, '--heartbeat', '250');
    const again = await ana.waitForJson({
      type: 'peer',
      state: 'gone',
      reason: 'restarted',
      id: first.id as string,
    });
    expect(again.name).toBe('bob');
    await ana.stop('SIGINT');
    expect(ana.json().at(-1)).toMatchObject({ type: 'stopped', totals: { lost: 0 } });
  });

  test('a node that is cut off knows that it is itself', async () => {
    const ana = await listen(1, '--heartbeat', '250');
    await listen(2, '--heartbeat', '250');
    await listen(3, '--heartbeat', '250');
    await ana.waitForJson({ type: 'peer', name: 'bob', state: 'alive' });
    await ana.waitForJson({ type: 'peer', name: 'eva', state: 'alive' });
    lab.setLoss({ 1: 1 });
    expect(await ana.waitForJson({ type: 'warning', code: 'isolated' })).toMatchObject({
      text: expect.stringContaining('cut off') as string,
    });
  });
});
