// Somebody who looks but does not read: sockets, heartbeats and the recorder go on, memory is bounded, what the
// reader missed is counted, and the end is a clean one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Event } from '../../source/core/event.ts';
import { openPty, ptyUnavailable } from '../pty/harness.ts';
import { cliPath, freePort, loopback, temporaryDirectory } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';
import { GoodPeer, peakMemory, storm, stormAddress } from './storm.ts';

const mib = 1024 * 1024;
/** Costs little to send and to decode, and twice as many characters to print. */
const longLine = Buffer.from('"'.repeat(2000));
function* longLines(): Generator<Uint8Array> {
  for (;;) yield longLine;
}

const flags = (port: number, dataDir: string) => [
  ...['-i', loopback, '-g', `${stormAddress}:${port}`, '--ttl', '0', '--name', 'watched'],
  ...['--heartbeat', '200', '--data-dir', dataDir, '--lang', 'en'],
];

function session(dataDir: string): Event[] {
  const [file] = readdirSync(join(dataDir, 'sessions'));
  return (JSON.parse(readFileSync(join(dataDir, 'sessions', file!), 'utf8')) as { events: Event[] }).events;
}

/** A storm through which the node under test goes on beating. Returns what the good peer said. */
async function weather(port: number, pid: number): Promise<string[]> {
  const good = await GoodPeer.open(port, 'watched');
  await eventually(() => expect(good.beats.length).toBeGreaterThan(1));
  // What was said before it had joined, nobody could hear.
  const joined = good.said.length;
  await storm(port, longLines(), { rate: 2500, ms: 2500 });
  const beats = good.beats.length;
  await eventually(() => expect(good.beats.length).toBeGreaterThan(beats + 3));
  expect(peakMemory(pid)).toBeLessThan(450 * mib);
  good.close();
  return good.said.slice(joined);
}

function expectRecorded(events: Event[], said: string[], reason: string): void {
  expect(events.at(-1)).toMatchObject({ type: 'stopped', reason });
  const texts = new Set(events.flatMap((event) => (event.type === 'received' ? [event.text] : [])));
  const lost = said.filter((line) => !texts.has(line));
  const { totals } = events.at(-1) as Extract<Event, { type: 'stopped' }>;
  expect(lost.length).toBeLessThanOrEqual(totals.kernelDrops);
}

describe.skipIf(process.platform !== 'linux')(
  'a reader that does not read (memory is read from /proc)',
  () => {
    test('of a pipe', async () => {
      const [port, dataDir] = [await freePort(), temporaryDirectory()];
      // Nobody listens to its standard output, so that nothing reads the pipe.
      const child = spawn(process.execPath, [cliPath, 'listen', '--json', ...flags(port, dataDir)]);
      let err = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        err += text;
      });
      try {
        const said = await weather(port, child.pid!);
        child.kill('SIGTERM');
        const [code] = await once(child, 'exit');
        expect(code).toBe(143);
        expect(err).toMatch(/^mcast-tui: .*\d+ .*lines/);
        expectRecorded(session(dataDir), said, 'SIGTERM');
      } finally {
        child.kill('SIGKILL');
      }
    });

    test.skipIf(ptyUnavailable())(`of a terminal ${ptyUnavailable() ?? ''}`, async () => {
      const [port, dataDir] = [await freePort(), temporaryDirectory()];
      const pty = await openPty({ argv: [process.execPath, cliPath, ...flags(port, dataDir)] });
      try {
        await pty.waitForText(`${stormAddress}:${port}`);
        pty.stall();
        const said = await weather(port, pty.pid);
        pty.kill('SIGTERM');
        await eventually(() => expect(pty.running).toBe(false));
        pty.read();
        expect(await pty.exit).toBe(143);
        expect(pty.modesRestored).toBe(true);
        expectRecorded(session(dataDir), said, 'SIGTERM');
      } finally {
        await pty.close();
      }
    });
  },
);
