// The monitor on a pseudo-terminal amid what tries to command it: the only escapes that reach the terminal are the
// program's own, and a person can still talk and leave.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seeded } from '../../source/net/memory-network.ts';
import { openPty, type Pty, ptyUnavailable } from '../pty/harness.ts';
import { cliPath, freePort, loopback, temporaryDirectory } from '../support/cli.ts';
import { endless, evilDatagrams, unprintable } from './datagrams.ts';
import { own } from './own-escapes.ts';
import { Speaker } from './speaker.ts';
import { storm, stormAddress } from './storm.ts';

let pty: Pty;
let port: number;
let chat: string[];
let stop: () => void;

beforeEach(async () => {
  port = await freePort();
  chat = [];
  const ear = createSocket({ type: 'udp4', reuseAddr: true }).bind(port, stormAddress);
  await once(ear, 'listening');
  ear.addMembership(stormAddress, loopback);
  ear.on('message', (bytes) => {
    if (bytes.includes('"kind":"chat"') && bytes.includes('"name":"watched"')) chat.push(bytes.toString());
  });
  stop = () => ear.close();
  const flags = ['-g', `${stormAddress}:${port}`, '-i', loopback, '--ttl', '0', '--name', 'watched'];
  const data = ['--data-dir', join(temporaryDirectory(), 'data'), '--lang', 'en'];
  pty = await openPty({ argv: [process.execPath, cliPath, ...flags, ...data] });
  await pty.waitForText(`${stormAddress}:${port}`);
});
afterEach(async () => {
  stop();
  await pty.close();
});

/** Each key is one of its own: what follows at once may make another. */
async function typeAndSee(key: string): Promise<void> {
  const before = pty.raw.length;
  pty.type(key);
  await pty.until(() => pty.raw.length > before, 'a frame');
}

async function leave(): Promise<string> {
  pty.type('still here');
  await pty.waitForText('still here', 20_000);
  pty.type('\r');
  await pty.until(() => chat.some((line) => line.includes('still here')), 'the line to arrive', 20_000);
  pty.type('salir\r');
  expect(await pty.exit).toBe(0);
  expect(pty.modesRestored).toBe(true);
  return pty.raw.replace(own, '').replaceAll(/[\r\n]/g, '');
}

const controlsIn = (text: string) => [...text].filter((char) => unprintable.test(char));

describe.skipIf(ptyUnavailable())(`on a pseudo-terminal ${ptyUnavailable() ?? ''}`, () => {
  test('every evil text is drawn and none obeyed, in chat, names, and what is malformed', async () => {
    const speaker = await Speaker.open(stormAddress, port);
    for (const bytes of evilDatagrams()) await speaker.send(bytes);
    await speaker.send('the end');
    await pty.waitForText('the end');
    await pty.waitForText(/malformed/);
    await pty.until(() => pty.screen().join('').includes('␛'), 'a stand-in for what was tried');
    pty.type('\x1b');
    await pty.waitForText(/q quit/i);
    pty.type('2');
    // Some peers' details, and the matrix: Enter and m open and close them.
    for (const key of ['\r', '\x1b[B', '\x1b[B', 'm']) {
      for (const press of [key, '\r', '\r']) await typeAndSee(press);
    }
    await typeAndSee('m');
    await typeAndSee('i');
    speaker.close();
    expect(controlsIn(await leave())).toEqual([]);
    expect(pty.raw).not.toContain('\x1b]');
  });

  test('in a storm of all kinds a person is still heard', async () => {
    await storm(port, endless(seeded(2)), { rate: 3000, ms: 2000 });
    expect(controlsIn(await leave())).toEqual([]);
  });

  test('in a storm of lines that are costly to lay out a person is still heard', async () => {
    const line = Buffer.from('אבגד漢👩🏽‍❤️‍💋‍👨🏾e\u0301'.repeat(300).slice(0, 4000));
    function* lines(): Generator<Uint8Array> {
      for (;;) yield line;
    }
    await storm(port, lines(), { rate: 1000, ms: 1500 });
    expect(controlsIn(await leave())).toEqual([]);
  });

  test('a stalled terminal in a storm: the node goes on, and the screen comes back', async () => {
    pty.stall();
    await storm(port, endless(seeded(3)), { rate: 2000, ms: 2000 });
    pty.read();
    expect(controlsIn(await leave())).toEqual([]);
  });
});
