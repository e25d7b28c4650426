// The doctor inside the monitor, as it is installed: what is typed, what is seen, what is recorded.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Diagnosis, Event } from '../../source/core/event.ts';
import { openPty, type Pty, ptyUnavailable } from './harness.ts';

const cli = join(import.meta.dirname, '../../dist/cli.js');
const address = '239.255.77.10';
let dataDir: string;
let port: number;
const open: Pty[] = [];

async function start(...args: string[]): Promise<Pty> {
  const pty = await openPty({
    argv: [process.execPath, cli, ...args, '--data-dir', dataDir, '--lang', 'en'],
  });
  open.push(pty);
  return pty;
}

const monitor = (...more: string[]) =>
  start('--interface', 'lo', '--group', `${address}:${port}`, '--ttl', '0', '--name', 'ana', ...more);

async function quit(pty: Pty): Promise<void> {
  pty.type('\x03');
  expect(await pty.exit).toBe(0);
}

function sessionPath(): string {
  const folder = join(dataDir, 'sessions');
  const [file = ''] = readdirSync(folder).filter((name) => /^\d.*\.json$/.test(name));
  return join(folder, file);
}

const diagnoses = (): Diagnosis[] =>
  (JSON.parse(readFileSync(sessionPath(), 'utf8')) as { events: Event[] }).events.filter(
    (event): event is Diagnosis => event.type === 'diagnosis',
  );

describe.skipIf(ptyUnavailable())(`the doctor on a pseudo-terminal ${ptyUnavailable() ?? ''}`, () => {
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'mcast-tui-doctor-'));
    const probe = createSocket('udp4').bind(0, '127.0.0.1');
    await once(probe, 'listening');
    port = probe.address().port;
    probe.close();
  });
  afterEach(async () => {
    for (const pty of open.splice(0)) await pty.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('/doctor checks this host while the screen goes on, and a replay shows what it found', async () => {
    const live = await monitor();
    await live.waitForText(`${address}:${port}`);
    live.type('/doctor\r');
    await live.waitForText('Checking this host');
    await live.waitForText(`Checks of this host for ${address}:${port}`, 30_000);
    await live.waitForText('iface.flags');
    await live.waitForText('lo is loopback');
    // No doctor makes a peer of himself, nor of the node that called him.
    live.type('D');
    await live.waitForText(/no peers yet|Nothing/);
    expect(live.screen().join('\n')).not.toContain('doctor joined');
    await quit(live);

    const found = diagnoses().filter(({ id }) => !id.startsWith('live.'));
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    expect(found.length).toBeGreaterThan(20);
    expect(found.find(({ id }) => id === 'loop.self')).toMatchObject({
      group: `${address}:${port}`,
      status: 'ok',
      text: 'Own messages come back.',
    });
    expect(found.find(({ id }) => id === 'peer.heard')).toMatchObject({ status: 'unknown', code: 'nobody' });

    const replay = await start('replay', sessionPath(), '--speed', '64');
    await replay.waitForText('at the end', 30_000);
    replay.type('D');
    await replay.waitForText('A replay cannot check a host');
    await replay.waitForText('lo is loopback');
    replay.type('e');
    await replay.waitForText('it shows what was found then');
    await quit(replay);
  });

  test('ten seconds of silence bring the verdict by themselves, and the first voice ends it', async () => {
    const ana = await monitor();
    await ana.waitForText('nothing heard', 20_000);
    await ana.waitForText(/checks found no\s/, 30_000);
    const ben = await monitor('--name', 'ben', '--no-record');
    await ana.until(() => !/nothing heard|found no cause on/.test(ana.screen()[1] ?? ''), 'the end of it');
    await ana.waitForText('Others are heard.');
    await quit(ben);
    await quit(ana);
    const told = diagnoses()
      .filter(({ id }) => id === 'live.silence')
      .map(({ code }) => code);
    expect(told).toEqual(['echo', 'unexplained', 'heard']);
  });

  test('a demonstration says that it can check no host', async () => {
    const demo = await start('demo', '--no-record', '--group', `${address}:${port}`);
    await demo.waitForText('steady');
    demo.type('/doctor\r');
    await demo.waitForText('The demonstration cannot check a host');
    await quit(demo);
  });
});
