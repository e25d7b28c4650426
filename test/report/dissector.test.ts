// Wireshark's own tshark reads what we send with our dissector: every kind, what is wrong with a message, and bytes
// that nobody in his senses would send.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encode, type Message } from '../../source/core/message.ts';
import { decode } from '../../source/core/wire.ts';
import { writeRepair, writeRun } from '../../source/transfer/block-datagram.ts';
import { startedAt } from '../session/events.ts';
import { pcapOf, received } from './datagrams.ts';
import { dissector, fields, fileOf, noTshark, tshark } from './tshark.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const ana = '00000000000000aa';
const bob = '00000000000000bb';
const envelope = { id: ana, name: 'ana', at: startedAt + 0.25, ttl: 3 };
const report = { id: bob, seq: 9, got: 7, lost: 3, duplicates: 1, jitter: 1.5, at: startedAt, held: 12.5 };
const offer = {
  share: '00000000000000cc',
  title: 'apuntes de señales.pdf',
  files: 2,
  bytes: 5_000_000_000,
  control: 40_001,
  mode: 'multicast' as const,
  clients: 10,
  key: 'ab'.repeat(32),
};
const messages: Message[] = [
  { ...envelope, kind: 'heartbeat', seq: 1, every: 1000, up: 12.5, hears: [report, { ...report, id: ana }] },
  { ...envelope, kind: 'chat', seq: 2, text: 'buenos días 👋 "\\' },
  { ...envelope, kind: 'ack', seq: 2, of: 7 },
  { ...envelope, kind: 'share', seq: 3, offer },
  { ...envelope, kind: 'bye', seq: 4 },
];

function run(payload: number): Uint8Array {
  const bytes = Buffer.alloc(16 + payload, 0x55);
  writeRun(bytes, 0xdeadbeef, 17, 4096);
  return bytes;
}

function repair(ids: number[]): Uint8Array {
  const bytes = Buffer.alloc(16 + 48 + 64);
  const end = writeRepair(bytes, 0xdeadbeef, 18, Uint32Array.from(ids), ids.length);
  return bytes.subarray(0, end + 64);
}

const read = (datagrams: readonly Uint8Array[], names: readonly string[], filter?: string) =>
  fields(fileOf(pcapOf(datagrams.map((bytes, n) => received(bytes, n))).bytes), names, filter);

describe.skipIf(noTshark)(`tshark${noTshark ? ` (skipped: ${noTshark})` : ''}`, () => {
  test('every kind that is sent has its fields', () => {
    const datagrams = [
      ...messages.map((message) => utf8(encode(message))),
      utf8('ack'),
      run(300),
      repair([5, 8, 60_008]),
      utf8('MCS1 sealed'),
      utf8('foreign text'),
    ];
    expect(read(datagrams, ['mcast.kind', 'mcast.name', 'mcast.seq', '_ws.col.Protocol'])).toEqual([
      ['heartbeat', 'ana', '1', 'MCAST'],
      ['chat', 'ana', '2', 'MCAST'],
      ['ack', 'ana', '2', 'MCAST'],
      ['share', 'ana', '3', 'MCAST'],
      ['bye', 'ana', '4', 'MCAST'],
      ['ack', '', '', 'MCAST'],
      ['blocks', '', '', 'MCAST'],
      ['blocks', '', '', 'MCAST'],
      ['sealed', '', '', 'MCAST'],
      ['', '', '', 'UDP'],
    ]);
    const hears = ['id', 'seq', 'got', 'lost', 'loss', 'dup', 'jitter', 'held'];
    const of = (name: string) => `mcast.${name}`;
    expect(
      read(datagrams, ['every', 'up', 'ttl', ...hears.map((name) => `hears.${name}`)].map(of))[0],
    ).toEqual([
      '1000',
      '12.5',
      '3',
      `${bob},${ana}`,
      '9,9',
      '7,7',
      '3,3',
      '30,30',
      '1,1',
      '1.5,1.5',
      '12.5,12.5',
    ]);
    expect(read(datagrams, ['mcast.text', 'mcast.of'], 'mcast.text || mcast.of')).toEqual([
      ['buenos días 👋 "\\', ''],
      ['', '7'],
    ]);
    const shares = ['', '.title', '.files', '.bytes', '.control', '.mode', '.clients', '.key'];
    expect(
      read(
        datagrams,
        shares.map((name) => `mcast.share${name}`),
        'mcast.share',
      ),
    ).toEqual([[offer.share, offer.title, '2', '5000000000', '40001', 'multicast', '10', offer.key]]);
    const blocks = ['token', 'number', 'first', 'count', 'id'].map((name) => `mcast.block.${name}`);
    expect(read(datagrams, blocks, 'mcast.block.token')).toEqual([
      ['0xdeadbeef', '17', '4096', '', ''],
      ['0xdeadbeef', '18', '', '3', '5,8,60008'],
    ]);
    expect(
      read(datagrams, ['mcast.malformed', 'mcast.gap', 'mcast.late', 'mcast.restart'], 'mcast.malformed'),
    ).toEqual([]);
  });

  test('a filter finds what it is for, on any port', () => {
    const path = fileOf(
      pcapOf(messages.map((message, n) => received(utf8(encode(message)), n, { port: 1024 + n }))).bytes,
    );
    const found = (filter: string) => fields(path, ['mcast.kind'], filter).flat();
    expect(found('mcast.hears.lost > 2')).toEqual(['heartbeat']);
    expect(found('mcast.kind == "chat"')).toEqual(['chat']);
    expect(found('mcast.name == "ana" && mcast.seq > 2')).toEqual(['share', 'bye']);
    expect(found('mcast')).toHaveLength(messages.length);
  });

  test('a gap, what comes late, and a new start raise their notes', () => {
    const beat = (seq: number, id: string) =>
      utf8(encode({ ...envelope, id, kind: 'heartbeat', seq, every: 1000, up: 1, hears: [] }));
    const bye = utf8(encode({ ...envelope, id: bob, kind: 'bye', seq: 2 }));
    const names = ['mcast.seq', 'mcast.gap', 'mcast.late', 'mcast.restart'];
    const datagrams = [
      beat(1, ana),
      beat(2, ana),
      beat(5, ana),
      beat(4, ana),
      beat(1, bob),
      bye,
      beat(1, ana),
    ];
    const rows = read([...datagrams, beat(1, '00000000000000cc')], names);
    expect(rows.map(([, gap, late, restart]) => [gap, late !== '', restart])).toEqual([
      ['', false, ''],
      ['', false, ''],
      ['2', false, ''],
      ['', true, ''],
      ['', false, ana],
      ['', false, ''],
      // An earlier identity is heard again: late, and no restart. After a bye a new start is no surprise.
      ['', true, ''],
      ['', false, ana],
    ]);
    for (const [filter, count] of [
      ['mcast.expert.gap', 1],
      ['mcast.expert.late', 2],
      ['mcast.expert.restart', 2],
    ] as const) {
      expect(read([...datagrams, beat(1, '00000000000000cc')], names, filter)).toHaveLength(count);
    }
  });

  test('numbering is of one group: two groups of one sender are no gap', () => {
    const beat = (seq: number) => utf8(encode({ ...envelope, kind: 'bye', seq }));
    const other = { group: '239.255.0.2:50000' };
    const events = [
      received(beat(1), 0),
      received(beat(40), 1, other),
      received(beat(2), 2),
      received(beat(41), 3, other),
    ];
    expect(fields(fileOf(pcapOf(events).bytes), ['mcast.gap', 'mcast.late'])).toEqual(
      Array(4).fill(['', '']),
    );
  });

  test('what the program takes for malformed is malformed, for the same reason', () => {
    const whole = messages.map((message) => encode(message));
    const values = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(-1, 0, 1, 255, 256, 1.5, 2 ** 53, 1e300, '', ' ', 'x', ana, [], {}, null, true),
    );
    const changed = fc.tuple(fc.constantFrom(...whole), fc.nat(), values).map(([text, nth, value]) => {
      const message = JSON.parse(text) as Record<string, unknown>;
      const keys = Object.keys(message);
      return utf8(JSON.stringify({ ...message, [keys[nth % keys.length]!]: value }));
    });
    const lacking = fc.tuple(fc.constantFrom(...whole), fc.nat()).map(([text, nth]) => {
      const message = JSON.parse(text) as Record<string, unknown>;
      const keys = Object.keys(message).slice(1);
      delete message[keys[nth % keys.length]!];
      return utf8(JSON.stringify(message));
    });
    const damaged = fc
      .tuple(fc.constantFrom(...whole), fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 4 }))
      .map(([text, at, bytes]) => {
        const all = Buffer.from(text);
        all.set(bytes, 16 + (at % (all.length - 20)));
        return Uint8Array.from(all);
      });
    const cut = fc
      .tuple(fc.constantFrom(...whole), fc.nat())
      .map(([text, at]) => utf8(text).subarray(0, 12 + (at % text.length)));
    const odd = fc
      .constantFrom(
        `{"mcast":1,${' '.repeat(2000)}}`,
        `{"mcast":1,"kind":"chat","deep":${'['.repeat(60)}${']'.repeat(60)}}`,
        `{"mcast":${'['.repeat(590)}`,
        '{"mcast":01}',
        '{"mcast":1e999}',
        '{"mcast":-0}',
        '{"mcast":1}x',
        '{"mcast":1,}',
        '{"mcast":"\\ud800"}',
        '{"mcast":"\\u12"}',
        '{"mcast":1,"kind":"\\u0000"}',
      )
      .map(utf8);
    const datagrams = fc.sample(fc.oneof(changed, lacking, damaged, cut, odd), { numRuns: 3000, seed: 7 });
    const judged = datagrams.map((bytes) => {
      const { kind, reason } = decode(bytes);
      return kind === 'malformed' ? reason! : '';
    });
    // Both kinds must occur, or this proves nothing.
    expect(judged.filter((reason) => reason === '').length).toBeGreaterThan(150);
    expect(new Set(judged).size).toBeGreaterThan(15);
    const rows = read(datagrams, ['mcast.malformed', 'mcast']);
    const told = rows.map(([malformed]) => malformed);
    const different = judged.flatMap((reason, n) =>
      told[n] === reason ? [] : [{ reason, told: told[n], text: Buffer.from(datagrams[n]!).toString() }],
    );
    expect(different).toEqual([]);
  });

  test('bytes of any kind never make it fail', () => {
    const heads = ['MCF1', 'MCS1', '{"mcast":', '{"mcast":1,"kind":"chat","text":', ' {"mcast"'].map(utf8);
    const hostile = fc
      .tuple(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 60, size: 'max' }))
      .map(([head, tail]) => Uint8Array.from([...head, ...tail]));
    const datagrams = fc.sample(fc.oneof(hostile, fc.uint8Array({ maxLength: 40, size: 'max' })), {
      numRuns: 3000,
      seed: 11,
    });
    const path = fileOf(pcapOf(datagrams.map((bytes, n) => received(bytes, n))).bytes);
    // The whole tree is drawn, with two passes.
    const { out, err } = tshark(path, ['-V', '-2']);
    expect(out).not.toMatch(/Lua Error|dissector: /);
    expect(err).not.toMatch(/Lua/);
    expect(out).toContain('Malformed message');
    expect(fields(path, ['frame.number'], 'mcast.expert.malformed').length).toBeGreaterThan(500);
  });

  test('a packet that was cut while it was captured is said to be so', () => {
    const bytes = utf8(encode(messages[1]!));
    const event = received(bytes.subarray(0, 80), 0, { bytes: bytes.length });
    expect(fields(fileOf(pcapOf([event]).bytes), ['mcast.malformed', 'mcast.expert.cut'])).toEqual([
      ['', '1'],
    ]);
  });
});

const luac = ['luac5.2', 'luac5.3', 'luac5.4', 'luac'].filter((each) => spawnSync(each, ['-v']).status === 0);
test.skipIf(luac.length === 0)('it compiles in each Lua that is installed (skipped where none is)', () => {
  for (const compiler of luac)
    expect(spawnSync(compiler, ['-p', dissector]).stderr.toString(), compiler).toBe('');
});

test('it uses nothing that only one of Lua 5.2 and 5.4 has', () => {
  const code = readFileSync(dissector, 'utf8').replace(/--.*$/gm, '');
  // Strings aside, which have patterns and printed forms in them.
  const bare = code.replace(/"(\\.|[^"\\\n])*"|'(\\.|[^'\\\n])*'/g, '""');
  expect(bare).not.toMatch(
    /\/\/|<<|>>|[&|]|\bbit32\b|\butf8\.|\bunpack\b|math\.(pow|type)|\bgoto\b|\bsetfenv\b/,
  );
  expect(bare).not.toMatch(/(?<!~)~(?!=)/);
});
