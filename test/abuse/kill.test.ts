// kill -9 of the whole program while it records under load: the file gives every event that it was told of before
// the last flush, `sessions` lists it as interrupted, and it can be replayed.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Event } from '../../source/core/event.ts';
import { freePort, parseLines, runCli, startListener, temporaryDirectory } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';
import { Speaker } from './speaker.ts';

const address = '239.255.77.36';

/** Says `line 0`, `line 1`, … until it is stopped. */
async function chatter(port: number): Promise<{ stop(): Promise<void> }> {
  const speaker = await Speaker.open(address, port);
  let on = true;
  const talk = async () => {
    for (let n = 0; on; n += 20) {
      await Promise.all(
        Array.from({ length: 20 }, (_, i) => speaker.send(`line ${n + i} ${'x'.repeat(200)}`)),
      );
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const talked = talk();
  return {
    async stop() {
      on = false;
      await talked;
      speaker.close();
    },
  };
}

test.each([1, 20_000, 300_000, 1_500_000])('killed when %d bytes are in the file', async (size) => {
  const [port, dataDir] = [await freePort(), temporaryDirectory()];
  const cli = await startListener([
    '-g',
    `${address}:${port}`,
    '--ttl',
    '0',
    '--json',
    // A replay prints none, and here the bytes printed are compared with those of the file.
    '--no-payloads',
    '--data-dir',
    dataDir,
  ]);
  const path = join(dataDir, 'sessions', readdirSync(join(dataDir, 'sessions'))[0]!);
  const talk = await chatter(port);
  await eventually(() => expect(statSync(path).size).toBeGreaterThan(size));
  const flushed = statSync(path).size;
  const told = await cli.stop('SIGKILL');
  await talk.stop();
  expect(told.signal).toBe('SIGKILL');

  const replayed = await runCli(['replay', path, '--json']);
  expect(replayed).toMatchObject({ code: 0, err: '' });
  const events = parseLines(replayed.out) as Event[];
  // Nothing that had reached the file is missing: with a comma an event and the header what is given back is as long.
  expect(replayed.out.length + events.length).toBeGreaterThan(flushed - 1024);
  const printed = parseLines(told.out.slice(0, told.out.lastIndexOf('\n') + 1)) as Event[];
  const both = Math.min(events.length, printed.length);
  expect(events.slice(0, both)).toEqual(printed.slice(0, both));

  const listed = JSON.parse((await runCli(['sessions', '--json', '--data-dir', dataDir])).out);
  expect(listed).toMatchObject([{ id: 1, state: 'interrupted', events: events.length }]);
  // Between two writes the file is whole JSON as it stands; a kill amid one leaves at most its last line cut.
  expect(readFileSync(path, 'utf8').slice(0, 30)).toContain('"mcast-tui":1');
});
