// A share between hosts, as it is typed, each receiver losing packets of its own: whole on both, over IPv4 and IPv6.
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Transfer } from '../../source/core/event.ts';
import { temporaryDirectory } from '../support/cli.ts';
import { Lab, labAvailable } from './lab.ts';

const reason = labAvailable();
const bytes = 4_000_000;

describe.skipIf(reason)(`a share between hosts${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.build({ hosts: 3 });
  });
  afterEach(() => lab?.stopAll());
  afterAll(() => lab?.close());

  test.each(['239.255.9.2:50000', '[ff15::9:2]:50000'])(
    'to %s, where one packet in twenty is lost',
    async (group) => {
      lab.setLoss({ 2: 0.05, 3: 0.05 }, true);
      const data = randomBytes(bytes);
      const path = join(temporaryDirectory(), 'data.bin');
      writeFileSync(path, data);
      const more = ['--group', group, '--json', '--no-record', '--data-dir', temporaryDirectory()];
      const outs = [2, 3].map(() => temporaryDirectory());
      const receivers = outs.map((out, i) =>
        lab.run(i + 2, ['receive', '--once', '--yes', '--out', out, ...more]),
      );
      const sender = lab.run(1, ['share', path, '--clients', '2', ...more]);
      expect(await Promise.all([sender, ...receivers].map(({ ended }) => ended))).toEqual([0, 0, 0]);
      for (const out of outs) expect(readFileSync(join(out, 'data.bin')).equals(data)).toBe(true);
      const last = sender.json().findLast(({ type }) => type === 'transfer') as Transfer;
      expect(last.receivers.map(({ state }) => state)).toEqual(['whole', 'whole']);
      // Both lost some, and what one repair mends at both is sent once.
      const lost = last.receivers.map((receiver) => receiver.lost);
      expect(Math.min(...lost)).toBeGreaterThan(0);
      expect(last.receivers.map(({ repaired }) => repaired)).toEqual(lost);
      expect(last.sent).toBeLessThan(bytes * 1.5);
    },
    60_000,
  );
});
