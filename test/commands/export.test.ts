// The built program records on loopback and exports: what was on the wire is in the file.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvRow } from '../../source/core/csv.ts';
import type { Event } from '../../source/core/event.ts';
import { fields, noTshark } from '../report/tshark.ts';
import { header, heartbeat, sessionText, started, startedAt } from '../session/events.ts';
import { cliPath, freePort, parseLines, runCli, startListener, temporaryDirectory } from '../support/cli.ts';
import { PlainPeer } from '../support/plain-peer.ts';

const texts = ['hello', 'señal 👋', '=1+1', '{"mcast":1,"kind":"chat"}'];
const raw = Uint8Array.from([0xff, 0, 10, 34, 92]);

/** A session in which a plain peer said all of that, and the data directory that it lies in. */
async function recorded(more: string[] = []) {
  const port = await freePort();
  const dataDir = temporaryDirectory();
  const group = ['-g', `239.255.61.7:${port}`];
  const listener = await startListener([...group, '--heartbeat', '100', '--data-dir', dataDir, ...more]);
  const peer = await PlainPeer.join({ address: '239.255.61.7', port });
  for (const text of texts) await peer.say(text);
  await peer.say(raw);
  await expect.poll(() => listener.lines.filter((line) => /ff000a225c/.test(line)).length).toBe(1);
  await listener.stop('SIGINT');
  const [file] = readdirSync(join(dataDir, 'sessions'));
  return { dataDir, port, path: join(dataDir, 'sessions', file!), heard: peer.heard };
}

const said = [...texts.map((text) => Buffer.from(text)), Buffer.from(raw)].map((each) =>
  each.toString('hex'),
);

describe.skipIf(noTshark)(`pcapng${noTshark ? ` (skipped: ${noTshark})` : ''}`, () => {
  test('an export has what was said and heard, byte for byte; so has --pcap, as it happened', async () => {
    const folder = temporaryDirectory();
    const live = join(folder, 'live.pcapng');
    const { dataDir, port, heard } = await recorded(['--pcap', live]);
    const out = join(folder, 'a.pcapng');
    const result = await runCli(['export', '--data-dir', dataDir, '--out', out]);
    expect(result).toMatchObject({ code: 0, out: '' });
    expect(result.err).toMatch(/^\d+ packets in .*a\.pcapng\.\n$/);
    for (const path of [out, live]) {
      const rows = fields(path, [
        'frame.p2p_dir',
        'udp.payload',
        'udp.dstport',
        'ip.dst',
        'frame.time_epoch',
      ]);
      // 0 is what was sent, 1 what was received.
      expect(rows.filter(([way]) => way === '1').map(([, payload]) => payload)).toEqual(said);
      const beats = heard.filter(({ text }) => text.includes('"heartbeat"') || text.includes('"bye"'));
      const sent = rows.filter(([way]) => way === '0').map(([, payload]) => payload);
      // The peer joined a little after the first.
      expect(sent.slice(-beats.length)).toEqual(beats.map(({ text }) => Buffer.from(text).toString('hex')));
      expect(new Set(rows.map(([, , to, group]) => `${group}:${to}`))).toEqual(
        new Set([`239.255.61.7:${port}`]),
      );
    }
    expect(readFileSync(live).equals(readFileSync(out))).toBe(true);
  });

  test('a session without payloads gives the headers, and says plainly why', async () => {
    const { dataDir, path } = await recorded(['--no-payloads']);
    expect(readFileSync(path, 'utf8')).not.toContain('"payload"');
    const out = join(temporaryDirectory(), 'a.pcapng');
    const result = await runCli(['export', '--data-dir', dataDir, '--out', out, '--lang', 'en']);
    expect(result.code).toBe(0);
    expect(result.err).toMatch(/only their headers are there.*--no-payloads or by an older version/);
    expect(fields(out, ['frame.len', 'frame.cap_len'], 'frame.len != 28').length).toBeGreaterThan(
      said.length,
    );
    expect(new Set(fields(out, ['frame.cap_len']).flat())).toEqual(new Set(['28']));
  });
});

test('json is a session again, ndjson and csv have every event; payloads can be left out', async () => {
  const { dataDir, path } = await recorded();
  const session = JSON.parse(readFileSync(path, 'utf8'));
  const json = await runCli(['export', path, '--format', 'json']);
  expect(JSON.parse(json.out)).toEqual(session);
  const again = join(temporaryDirectory(), 'again.json');
  writeFileSync(again, json.out);
  const replayed = await runCli(['replay', again, '--json']);
  const printed = await runCli(['replay', path, '--json']);
  expect(replayed.out).toBe(printed.out);

  const bare = await runCli(['export', '--data-dir', dataDir, '--format', 'ndjson', '--no-payloads']);
  const events = (session.events as Event[]).map(
    ({ payload: _, ...event }: Event & { payload?: string }) => event,
  );
  expect(parseLines(bare.out)).toEqual(events);
  const csv = await runCli(['export', '--data-dir', dataDir, '--format', 'csv']);
  const rows = csv.out.split('\r\n');
  expect(rows).toHaveLength(events.length + 2);
  expect(rows.find((row) => row.includes('=1+1'))).toContain(",'=1+1,");
  expect(csv.out).not.toMatch(/(^|,)"?[=+@]/m);
});

test('no cell begins a formula, and every cell reads back', () => {
  const risky = fc
    .tuple(fc.constantFrom(...'=+-@\t\r\n＝"'), fc.string({ unit: 'binary' }))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(risky, fc.string({ unit: 'binary' })), (cell) => {
      const text = csvRow([cell]).slice(0, -2);
      const inside = text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
      expect(inside).not.toMatch(/^[=+\-@\t\r\n＝]/);
      expect([cell, `'${cell}`]).toContain(inside);
    }),
  );
});

test('a long session is exported in little memory', () => {
  const folder = temporaryDirectory();
  const path = join(folder, 'long.json');
  const payload = Buffer.alloc(160, 0x41).toString('base64');
  const events = Array.from({ length: 120_000 }, (_, n) => ({ ...heartbeat(n), bytes: 160, payload }));
  writeFileSync(path, sessionText([started, ...events]));
  const out = join(folder, 'long.pcapng');
  const args = ['--max-old-space-size=48', cliPath, 'export', path, '--out', out, '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    out,
    format: 'pcapng',
    events: 120_001,
    packets: { packets: 120_000, short: 0, skipped: 0 },
  });
  expect(readFileSync(out).length).toBeGreaterThan(120_000 * 250);
}, 120_000);

test.each<[string[], RegExp]>([
  [['--format', 'xml'], /can only be: pcapng, json, csv, ndjson/],
  [[], /--format pcapng, json, csv, ndjson/],
  [['--out', 'a.txt'], /--format pcapng/],
  [['--out', '/no/such/folder/a.csv'], /could not be written \(ENOENT\)/],
])('export %j says what is wrong', async (args, sentence) => {
  const path = join(temporaryDirectory(), 's.json');
  writeFileSync(path, sessionText([started], header));
  const { code, out, err } = await runCli(['export', path, ...args, '--lang', 'en']);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(sentence);
});

test('a session is never exported onto itself, nor is half a file left', async () => {
  const folder = temporaryDirectory();
  const path = join(folder, 's.json');
  writeFileSync(path, sessionText([started], header));
  const before = readFileSync(path, 'utf8');
  expect((await runCli(['export', path, '--out', path])).code).toBe(2);
  expect(readFileSync(path, 'utf8')).toBe(before);
  expect((await runCli(['export', join(folder, 'none.json'), '--out', join(folder, 'a.csv')])).code).toBe(2);
  expect(readdirSync(folder)).toEqual(['s.json']);
  expect(startedAt).toBeGreaterThan(0);
});

test('a pcap that cannot be written ends the program before it joins', async () => {
  const { code, err } = await runCli(['listen', '--pcap', '/no/such/folder/a.pcapng', '--lang', 'en']);
  expect(code).toBe(2);
  expect(err).toMatch(/\/no\/such\/folder\/a\.pcapng could not be written \(ENOENT\)/);
});
