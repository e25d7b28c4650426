// Files between two terminals: a question that a person answers, bars, and the monitor's banner and pane.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePort } from '../support/cli.ts';
import { openPty, type Pty, ptyUnavailable } from './harness.ts';

const cli = join(import.meta.dirname, '../../dist/cli.js');
const ptys: Pty[] = [];
let dir: string;
let network: string[];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'mcast-tui-share-'));
  writeFileSync(join(dir, 'slides.bin'), Buffer.alloc(50_000, 'slides'));
  network = ['--interface', 'lo', '-g', `239.255.77.10:${await freePort()}`, '--ttl', '0', '--lang', 'en'];
});

afterEach(async () => {
  await Promise.all(ptys.splice(0).map((pty) => pty.close()));
  rmSync(dir, { recursive: true, force: true });
});

async function start(name: string, ...argv: string[]): Promise<Pty> {
  const common = [...network, '--name', name, '--data-dir', join(dir, `data-${name}`)];
  const pty = await openPty({ argv: [process.execPath, cli, ...argv, ...common], columns: 100, rows: 30 });
  ptys.push(pty);
  return pty;
}

const received = (name: string) => readFileSync(join(dir, name, 'slides.bin'));
const original = () => readFileSync(join(dir, 'slides.bin'));

describe.skipIf(ptyUnavailable())('on a pseudo-terminal', () => {
  test('receive asks, and takes what is answered with y', async () => {
    const receiver = await start('ben', 'receive', '--once', '--out', join(dir, 'ben'));
    await receiver.waitForText('Waiting for somebody to share something');
    const sender = await start('ana', 'share', join(dir, 'slides.bin'));
    await receiver.waitForText(
      /ana \(127\.0\.0\.1\) offers slides\.bin \(50\.0 kB, 1 file\)\.\n *Receive it into .*\?/,
    );
    receiver.type('y\r');
    expect(await receiver.exit).toBe(0);
    expect(await sender.exit).toBe(0);
    expect(receiver.screen().join('\n')).toMatch(/from ana: done\nwritten to/);
    expect(sender.screen().join('\n')).toMatch(/1 +ben +127\.0\.0\.1:\d+ +50\.0 kB .* whole/);
    expect(received('ben')).toEqual(original());
  });

  test('anything but y is no, and nothing is written', async () => {
    const receiver = await start('ben', 'receive', '--out', join(dir, 'ben'));
    const sender = await start('ana', 'share', join(dir, 'slides.bin'));
    await receiver.waitForText('[y/N]');
    receiver.type('\r');
    // It goes on, and Ctrl+C still ends it.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(receiver.screen().filter((line) => line.includes('[y/N]'))).toHaveLength(1);
    receiver.type('\x03');
    expect(await receiver.exit).toBe(130);
    expect(readdirSync(dir)).not.toContain('ben');
    sender.type('\x03');
    expect(await sender.exit).toBe(130);
    expect(sender.screen().join('\n')).toContain('slides.bin (50.0 kB, 1 file): cancelled');
  });

  test('Ctrl+C ends it while the question stands there', async () => {
    const receiver = await start('ben', 'receive', '--out', join(dir, 'ben'));
    await start('ana', 'share', join(dir, 'slides.bin'));
    await receiver.waitForText('[y/N]');
    receiver.type('\x03');
    expect(await receiver.exit).toBe(130);
  });

  test('in the monitor: /share, a banner, a key, a pane on both sides', async () => {
    const ana = await start('ana');
    const ben = await start('ben', '--out', join(dir, 'ben'));
    await ana.waitForText('Write a message');
    await ben.waitForText('Write a message');
    ana.type(`/share ${join(dir, 'slides.bin')}\r`);
    await ben.waitForText('ana offers slides.bin (50.0 kB) · /accept or /decline');
    await ana.waitForText('4 Files');
    ben.type('\x1b');
    await ben.waitForText('a accept');
    ben.type('a');
    await ben.waitForText(/slides\.bin is whole: .*ben\/slides\.bin/);
    await ana.waitForText('slides.bin is whole at 1 of 1 receivers');
    await ana.waitForText(/✓ whole +ben/);
    await ben.until(
      () => !ben.screen().join('\n').includes('ana offers slides.bin (50.0 kB) ·'),
      'no banner',
    );
    expect(received('ben')).toEqual(original());
  });
});
