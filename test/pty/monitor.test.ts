// The program as it is installed, on a pseudo-terminal: what a person types and sees, and how it ends.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPty, type Pty, ptyUnavailable } from './harness.ts';

const cli = join(import.meta.dirname, '../../dist/cli.js');
const address = '239.255.77.9';
let pty: Pty;
let peer: Socket;
let heard: { kind?: string; text?: string; name?: string }[];
let port: number;
let dataDir: string;

/** Another node, as a plain socket in the same group. */
async function openPeer(): Promise<void> {
  const probe = createSocket('udp4').bind(0, '127.0.0.1');
  await once(probe, 'listening');
  port = probe.address().port;
  probe.close();
  peer = createSocket({ type: 'udp4', reuseAddr: true }).bind(port, address);
  await once(peer, 'listening');
  peer.addMembership(address, '127.0.0.1');
  peer.setMulticastInterface('127.0.0.1');
  peer.setMulticastTTL(0);
  heard = [];
  peer.on('message', (bytes) => {
    const text = bytes.toString();
    try {
      heard.push(JSON.parse(text));
    } catch {
      heard.push({ text });
    }
  });
}

const say = (text: string) => peer.send(text, port, address);
const beat = (name: string, seq: number) =>
  say(
    JSON.stringify({
      mcast: 1,
      kind: 'heartbeat',
      id: Buffer.from(name.padEnd(8)).toString('hex'),
      name,
      seq,
      at: Date.now(),
      ttl: 0,
      // One a minute, so that it stays alive as long as a test takes.
      every: 60_000,
      up: seq * 1000,
      hears: [],
    }),
  );

async function start(...more: string[]): Promise<void> {
  const network = ['--interface', 'lo', '--group', `${address}:${port}`, '--ttl', '0', '--name', 'ana'];
  pty = await openPty({
    argv: [process.execPath, cli, ...network, '--data-dir', dataDir, '--lang', 'en', ...more],
  });
  await pty.waitForText(`${address}:${port}`);
}

/** Escape is a key of its own only when nothing follows it at once. */
async function leaveComposeLine(): Promise<void> {
  pty.type('\x1b');
  await pty.waitForText(/q quit/i);
}

async function quitByKey(): Promise<void> {
  await leaveComposeLine();
  pty.type('q');
}

/** The session that was recorded, which must be whole. */
function session(): { events: { type: string; kind?: string; text?: string; reason?: string }[] } {
  const folder = join(dataDir, 'sessions');
  const [file = '', ...others] = readdirSync(folder).filter((name) => /^\d.*\.json$/.test(name));
  expect(others).toEqual([]);
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}

const expectGivenBack = () => {
  expect(pty.alternateScreen).toBe(false);
  expect(pty.cursor.visible).toBe(true);
  expect(pty.modes).toMatchObject({ bracketedPasteMode: false, wraparoundMode: true });
  expect(pty.modesRestored).toBe(true);
};

describe.skipIf(ptyUnavailable())(`the monitor on a pseudo-terminal ${ptyUnavailable() ?? ''}`, () => {
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'mcast-tui-monitor-'));
    await openPeer();
  });
  afterEach(async () => {
    await pty.close();
    peer.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('a person just types, is heard, and hears others', async () => {
    await start();
    pty.type('hello, group\r');
    await pty.until(() => heard.some(({ kind }) => kind === 'chat'), 'the line to arrive');
    expect(heard.find(({ kind }) => kind === 'chat')).toMatchObject({ text: 'hello, group', name: 'ana' });
    await pty.waitForText(/ana.*hello, group/);
    say('very important data');
    await pty.waitForText('very important');
    say('{"mcast":1,"kind":"nonsense');
    await pty.waitForText('malformed');
    beat('blanca', 1);
    await pty.waitForText(/alive.*blanca|blanca.*alive/);
    pty.type('ñandú 漢字 👍\r');
    await pty.until(() => heard.some(({ text }) => text === 'ñandú 漢字 👍'), 'the second line to arrive');
    await quitByKey();
    expect(await pty.exit).toBe(0);
    expectGivenBack();
    const { events } = session();
    expect(events[0]).toMatchObject({ type: 'started' });
    expect(events.at(-1)).toMatchObject({ type: 'stopped' });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'sent', kind: 'chat', text: 'hello, group' }),
    );
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'received', kind: 'text', text: 'very important data' }),
    );
  });

  test('nothing that a stranger sends is a command to the terminal', async () => {
    await start();
    say('before\x1b]0;owned\x07\x1b[2J\x1b[?1049l\x9b31m after');
    await pty.waitForText('before␛');
    await pty.waitForText('after');
    expect(pty.alternateScreen).toBe(true);
    expect(pty.raw).not.toContain('\x1b]0;');
    expect(pty.raw).not.toContain('\x07');
    await quitByKey();
    expect(await pty.exit).toBe(0);
  });

  test('a paste of several lines is one line to look at, not several sent', async () => {
    await start();
    pty.type('\x1b[200~one\rtwo\rthree\x1b[201~');
    await pty.waitForText(/one.*two.*three/);
    expect(heard.filter(({ kind }) => kind === 'chat')).toEqual([]);
    pty.type('\r');
    await pty.until(() => heard.some(({ kind }) => kind === 'chat'), 'the line to arrive');
    expect(heard.filter(({ kind }) => kind === 'chat')).toHaveLength(1);
    await quitByKey();
    await pty.exit;
  });

  test('every breakpoint fills the screen, and the way back too', async () => {
    await start();
    beat('blanca', 1);
    await pty.waitForText('blanca');
    for (const [columns, rows, sees] of [
      [170, 50, /Chat.*Peers/],
      [100, 40, /Chat/],
      [60, 18, /Chat/],
      [38, 9, /too small/],
      [80, 20, /Chat/],
      [120, 40, /Chat.*Peers/],
    ] as const) {
      await pty.resize(columns, rows);
      await pty.waitForText(sees);
      await pty.until(() => rows < 10 || pty.screen()[rows - 1] !== '', `a frame of ${columns}x${rows}`);
    }
    await quitByKey();
    expect(await pty.exit).toBe(0);
    expectGivenBack();
  });

  test('help, filter and panes answer to their keys', async () => {
    await start();
    for (const name of ['blanca', 'carlos']) beat(name, 1);
    await pty.waitForText('blanca');
    await pty.waitForText('carlos');
    await leaveComposeLine();
    pty.type('?');
    await pty.waitForText('Keys');
    await pty.waitForText('In the panes');
    pty.type('\x1b');
    await pty.until(() => !pty.screen().join('\n').includes('In the panes'), 'the help to close');
    pty.type('2/blanca\r');
    const alive = () => pty.screen().flatMap((row) => row.match(/alive +(\w+)/)?.[1] ?? []);
    await pty.until(() => alive().join() === 'blanca', 'one peer');
    pty.type('\x1b');
    await pty.until(() => alive().sort().join() === 'blanca,carlos', 'both peers');
    pty.type('q');
    expect(await pty.exit).toBe(0);
  });

  test('w shows filters to copy, for the group at hand, and closes again', async () => {
    await start();
    await leaveComposeLine();
    pty.type('w');
    await pty.waitForText('Display filters, to copy:');
    const rows = pty.screen().map((row) => row.replaceAll('│', '').trim());
    expect(rows).toContain(`udp && ip.dst == ${address} && udp.port == ${port}`);
    expect(rows).toContain('igmp.type == 0x16 || igmp.type == 0x22');
    expect(rows).toContain('mcast.hears.lost > 0');
    await pty.resize(60, 18);
    await pty.waitForText('Display filters, to copy:');
    const captures = () =>
      pty.screen().some((row) => row.includes(`mcast-tui capture -g '${address}:${port}'`));
    // On so small a screen the last of them are further down.
    expect(captures()).toBe(false);
    pty.type('\x1b[F');
    await pty.until(captures, 'the end of the filters');
    pty.type('\x1b');
    await pty.until(() => !captures(), 'the filters to close');
    pty.type('q');
    expect(await pty.exit).toBe(0);
    expectGivenBack();
  });

  test.skipIf(!existsSync('/dev/full'))(
    'a disk without room for the capture is told (needs /dev/full)',
    async () => {
      await start('--pcap', '/dev/full');
      // In the chat, broken where its pane ends.
      await pty.waitForText(/\/dev\/full could not be.*\n.*written \(ENOSPC\) and gets no.*\n.*more packets/);
      say('still here');
      await pty.waitForText('still here');
      await quitByKey();
      expect(await pty.exit).toBe(0);
      expect(session().events.at(-1)).toMatchObject({ type: 'stopped' });
    },
  );

  test.each(['/quit', 'salir'])('%s on the compose line ends it', async (word) => {
    await start();
    pty.type(`${word}\r`);
    expect(await pty.exit).toBe(0);
    expectGivenBack();
    expect(heard.map(({ kind }) => kind)).not.toContain('chat');
    await pty.until(() => heard.some(({ kind }) => kind === 'bye'), 'its bye');
  });

  test('Q leaves a summary on the normal screen', async () => {
    await start();
    pty.type('said\r');
    await pty.until(() => heard.some(({ text }) => text === 'said'), 'the line to arrive');
    await leaveComposeLine();
    pty.type('Q');
    expect(await pty.exit).toBe(0);
    expect(pty.screen().join('\n')).toMatch(/datagrams received, \d+ sent/);
    expect(pty.screen().join('')).toContain(join(dataDir, 'sessions'));
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const)('%s gives the terminal back and closes the session', async (signal, code) => {
    await start();
    pty.type('said before the end\r');
    await pty.until(() => heard.some(({ kind }) => kind === 'chat'), 'the line to arrive');
    pty.kill(signal);
    expect(await pty.exit).toBe(code);
    expectGivenBack();
    const { events } = session();
    expect(events).toContainEqual(expect.objectContaining({ type: 'sent', text: 'said before the end' }));
    expect(events.at(-1)).toMatchObject({ type: 'stopped', reason: signal });
    await pty.until(() => heard.some(({ kind }) => kind === 'bye'), 'its bye');
  });

  test('a window that is closed closes the session', async () => {
    await start();
    await pty.until(() => heard.some(({ kind }) => kind === 'heartbeat'), 'a heartbeat');
    pty.vanish();
    await pty.until(() => !pty.running, 'the program to end');
    expect(session().events.at(-1)).toMatchObject({ type: 'stopped', reason: 'SIGHUP' });
  });

  test('a wrong setting is told on the normal screen, in a sentence', async () => {
    pty = await openPty({ argv: [process.execPath, cli, '--group', '10.1.2.3:5000', '--data-dir', dataDir] });
    expect(await pty.exit).toBe(2);
    expect(pty.raw).not.toContain('\x1b[?1049h');
    expect(pty.screen().join(' ')).toContain('10.1.2.3');
  });
});
