// `--mode lab` between hosts: what the network loses is what both sides tell.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Transfer } from '../../source/core/event.ts';
import { Lab, labAvailable } from './lab.ts';
import type { LabProcess } from './lab-process.ts';

const reason = labAvailable();
const port = 5000;

describe.skipIf(reason)(`the plain protocol of a class${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let lab: Lab;
  let folder: string;

  beforeAll(async () => {
    lab = await Lab.build({ hosts: 3 });
    folder = mkdtempSync(join(tmpdir(), 'mcast-class-'));
  });
  afterEach(() => lab?.stopAll());
  afterAll(async () => {
    await lab?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const last = (process: LabProcess) =>
    process.json().findLast(({ type }) => type === 'transfer') as Transfer;

  /** One sender and two receivers; what each of them told last, and the folders that the receivers wrote to. */
  const run = async (name: string) => {
    const path = join(folder, name);
    writeFileSync(path, randomBytes(400 * 1024));
    const more = ['--json', '--no-record', '--data-dir', join(folder, 'data')];
    const clients = ['--clients', '2', '--control-port', String(port), '--rate', '20'];
    const sender = lab.run(1, ['share', path, '--mode', 'lab', ...clients, ...more]);
    await sender.waitForJson({ type: 'transfer', phase: 'waiting' });
    const outs = [2, 3].map((host) => join(folder, `${name}-${host}`));
    const receivers = outs.map((out, i) =>
      lab.run(i + 2, ['receive', '--mode', 'lab', `${Lab.address(1)}:${port}`, '--out', out, ...more]),
    );
    const codes = await Promise.all([sender, ...receivers].map(({ ended }) => ended));
    return { codes, path, outs, sent: last(sender), received: receivers.map(last) };
  };

  test('on a network that loses nothing both have it', async () => {
    lab.setLoss(0);
    const { codes, path, outs, sent } = await run('whole.bin');
    expect(codes).toEqual([0, 0, 0]);
    expect(sent.receivers.map(({ address, state }) => [address, state]).sort()).toEqual([
      [Lab.address(2), 'whole'],
      [Lab.address(3), 'whole'],
    ]);
    for (const out of outs) expect(readFileSync(join(out, 'whole.bin'))).toEqual(readFileSync(path));
  });

  test('what is lost on the way to one is missing there, and both sides say so', async () => {
    lab.setLoss({ 3: 0.1 });
    const { codes, outs, sent, received } = await run('lossy.bin');
    expect(codes).toEqual([1, 0, 1]);
    expect(received.map(({ phase }) => phase)).toEqual(['done', 'failed']);
    expect(readdirSync(outs[0]!)).toEqual(['lossy.bin']);
    // With the name or the size nothing is written, else what came; never under the name.
    expect(readdirSync(outs[1]!)).not.toContain('lossy.bin');
    const row = sent.receivers.find(({ address }) => address === Lab.address(3))!;
    expect(row).toMatchObject({
      state: 'failed',
      reason: 'not-whole',
      bytes: received[1]!.receivers[0]!.bytes,
    });
  });
});
