// The wire: bytes in, body out, and nothing that comes in breaks anything.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kinds } from '../../source/core/event.ts';
import { encode } from '../../source/core/message.ts';
import { safeText, textLimit } from '../../source/core/safe-text.ts';
import { type Body, decode } from '../../source/core/wire.ts';
import { anyMessage } from './messages.ts';

const utf8 = new TextEncoder();
const bytesOf = (text: string) => utf8.encode(text);
const hexOf = (text: string) => Buffer.from(text).toString('hex').slice(0, 64);

const id = '9f2c61d07ab34e15';
const envelope = { mcast: 1, id, name: 'ana', seq: 42, at: 1_790_000_000_123.4, ttl: 1 };
const chat = { ...envelope, kind: 'chat', text: 'hello' };
const report = {
  id: '00112233445566ff',
  seq: 7,
  got: 6,
  lost: 1,
  dup: 2,
  jitter: 0.25,
  at: 1_790_000_000_000.1,
  held: 12,
};
const offer = {
  share: '00112233445566aa',
  title: 'slides.pdf',
  files: 1,
  bytes: 1_000_000,
  control: 40_000,
  mode: 'multicast' as const,
};
const share = { ...envelope, kind: 'share', ...offer };
const heartbeat = { ...envelope, kind: 'heartbeat', every: 1_000, up: 5_000.5, hears: [report] };

const scenarios: [name: string, datagram: string | number[] | object, body: Body][] = [
  [
    'a chat',
    chat,
    { kind: 'chat', text: 'hello', id, name: 'ana', seq: 42, sentAt: 1_790_000_000_123.4, ttl: 1 },
  ],
  [
    'a chat with hostile text and name, and fields of the future',
    { ...chat, text: '\u001b]52;c;eA==\u0007', name: ' \u202eana ', colour: 'red' },
    {
      kind: 'chat',
      text: '␛]52;c;eA==␇',
      id,
      name: '\ufffdana',
      seq: 42,
      sentAt: 1_790_000_000_123.4,
      ttl: 1,
    },
  ],
  [
    'a heartbeat with a report',
    heartbeat,
    {
      kind: 'heartbeat',
      id,
      name: 'ana',
      seq: 42,
      sentAt: 1_790_000_000_123.4,
      ttl: 1,
      every: 1_000,
      up: 5_000.5,
      hears: [
        {
          id: '00112233445566ff',
          seq: 7,
          got: 6,
          lost: 1,
          duplicates: 2,
          jitter: 0.25,
          at: 1_790_000_000_000.1,
          held: 12,
        },
      ],
    },
  ],
  [
    'the least heartbeat a script can send',
    `{ "mcast": 1, "kind": "heartbeat", "id": "${id}", "name": "py", "seq": 0, "at": 0, "every": 1000 }\n`,
    { kind: 'heartbeat', id, name: 'py', seq: 0, sentAt: 0, every: 1_000 },
  ],
  [
    'an ack',
    { ...envelope, kind: 'ack', of: 41 },
    { kind: 'ack', id, name: 'ana', seq: 42, sentAt: envelope.at, of: 41, ttl: 1 },
  ],
  [
    'a share, with a title that tries to move the cursor',
    { ...share, title: ' \u001b[2J\nslides.pdf ', clients: 3, path: '/etc' },
    {
      kind: 'share',
      id,
      name: 'ana',
      seq: 42,
      sentAt: envelope.at,
      ttl: 1,
      offer: { ...offer, title: '␛[2J␊slides.pdf', clients: 3 },
    },
  ],
  [
    'a bye',
    { ...envelope, kind: 'bye' },
    { kind: 'bye', id, name: 'ana', seq: 42, sentAt: envelope.at, ttl: 1 },
  ],
  [
    'a kind of a later version',
    { ...envelope, kind: 'vote\u001b' },
    {
      kind: 'binary',
      unknown: 'vote␛',
      hex: hexOf(JSON.stringify({ ...envelope, kind: 'vote\u001b' })),
      id,
      name: 'ana',
      seq: 42,
      sentAt: envelope.at,
      ttl: 1,
    },
  ],
  [
    'the keys of the prototype as a kind',
    { ...envelope, kind: '__proto__' },
    expect.objectContaining({ kind: 'binary', unknown: '__proto__' }),
  ],
  [
    'an envelope inherited from __proto__',
    `{"mcast":1,"__proto__":${JSON.stringify(chat)}}`,
    expect.objectContaining({ reason: 'kind' }),
  ],
  ['plain text', 'hola', { kind: 'text', text: 'hola' }],
  ['the plain acknowledgement', 'ack', { kind: 'text', text: 'ack' }],
  ['an empty datagram', '', { kind: 'text', text: '' }],
  ['one line end is stripped', 'hola\r\n', { kind: 'text', text: 'hola' }],
  ['only one', 'hola\n\n', { kind: 'text', text: 'hola␊' }],
  ['text that clears the screen', '\u001b[2J', { kind: 'text', text: '␛[2J' }],
  ['JSON that is not ours', '{"temperature":21}', { kind: 'text', text: '{"temperature":21}' }],
  ['JSON that has our key deeper down', '{"a":{"mcast":1}}', { kind: 'text', text: '{"a":{"mcast":1}}' }],
  ['broken JSON that is not ours', '{"a":', { kind: 'text', text: '{"a":' }],
  ['an array with our key', '["mcast"]', { kind: 'text', text: '["mcast"]' }],
  ['bytes', [0x80, 0x00, 0xff], { kind: 'binary', hex: '8000ff' }],
  ['many bytes', Array(100).fill(0xfe), { kind: 'binary', hex: 'fe'.repeat(32) }],
  ['a file block', 'MCF1 readable', { kind: 'binary', hex: hexOf('MCF1 readable') }],
  ['a sealed message', 'MCS1 readable', { kind: 'binary', hex: hexOf('MCS1 readable') }],
  ['not a file block', 'MCF2', { kind: 'text', text: 'MCF2' }],
  [
    'ours, cut off',
    '{"mcast":1,"kind":"ch',
    { kind: 'malformed', reason: 'json', hex: hexOf('{"mcast":1,"kind":"ch') },
  ],
  ['ours, 10,000 deep', `{"mcast":${'['.repeat(10_000)}`, expect.objectContaining({ reason: 'too-long' })],
  ['ours, as deep as fits', `{"mcast":${'['.repeat(1_100)}`, expect.objectContaining({ reason: 'json' })],
  [
    'ours, valid but too long',
    { ...chat, text: 'x'.repeat(1_200) },
    expect.objectContaining({ kind: 'malformed', reason: 'too-long' }),
  ],
  [
    'ours, with a byte that is not UTF-8',
    [...bytesOf('{"mcast":1,"name":"'), 0xff],
    expect.objectContaining({ reason: 'utf-8' }),
  ],
];

test.each(scenarios)('%s', (_, datagram, body) => {
  const bytes = Array.isArray(datagram)
    ? Uint8Array.from(datagram)
    : bytesOf(typeof datagram === 'string' ? datagram : JSON.stringify(datagram));
  expect(decode(bytes)).toEqual(body);
});

const wrongFields: [reason: string, base: object, field: string, values: unknown[]][] = [
  ['version', chat, 'mcast', [2, '1', true, null]],
  ['kind', chat, 'kind', [undefined, 7, '', ' ', ['chat'], null]],
  ['id', chat, 'id', [undefined, 1, '', '9F2C61D07AB34E15', `${id}0`, `${id}\n`, [id]]],
  ['name', chat, 'name', [undefined, 5, '', ' \t', {}]],
  ['seq', chat, 'seq', [undefined, -1, 1.5, '1', 2 ** 53, null, [1]]],
  ['at', chat, 'at', [undefined, -1, '1', 8.65e15, null]],
  ['ttl', chat, 'ttl', [256, -1, 1.5, '1', null]],
  ['text', chat, 'text', [undefined, 5, null, ['hello']]],
  ['of', { ...envelope, kind: 'ack' }, 'of', [undefined, -1, '1']],
  ['share', share, 'share', [undefined, 7, '', '00112233445566AA', [offer.share]]],
  ['title', share, 'title', [undefined, 7, '', ' \t', null]],
  ['files', share, 'files', [undefined, 0, -1, 1.5, '1', 2 ** 53]],
  ['bytes', share, 'bytes', [undefined, -1, 1.5, '1', null]],
  ['control', share, 'control', [undefined, 0, 65_536, 1.5, '40000']],
  ['mode', share, 'mode', [undefined, 'Multicast', 1, null, 'constructor']],
  ['clients', share, 'clients', [0, -1, 1.5, '3', null]],
  ['key', share, 'key', ['', 'f1', 7, 'F'.repeat(64), null]],
  ['every', heartbeat, 'every', [undefined, 0, -1, 86_400_001, '1000']],
  ['up', heartbeat, 'up', [-1, '5', null]],
  [
    'hears',
    heartbeat,
    'hears',
    [
      null,
      {},
      'x',
      [null],
      [[]],
      [id],
      Array(65)
        .fill(report)
        .map((_, i) => i),
    ],
  ],
  ...Object.keys(report).map((key): [string, object, string, unknown[]] => [
    'hears',
    heartbeat,
    'hears',
    [undefined, -1, 'x', null].map((value) => [{ ...report, [key]: value }]),
  ]),
];

test.each(wrongFields)('a wrong value makes it malformed: %s', (reason, base, field, values) => {
  for (const value of values) {
    const bytes = bytesOf(JSON.stringify({ ...base, [field]: value }));
    expect(decode(bytes), JSON.stringify(value)).toMatchObject({ kind: 'malformed', reason });
  }
});

test('a number too large to be one is malformed', () => {
  expect(decode(bytesOf(JSON.stringify(chat).replace(String(chat.at), '1e999')))).toMatchObject({
    reason: 'at',
  });
});

test('foreign text is cut to 2,000 graphemes, and a character cut by the byte limit does not make it binary', () => {
  const long = decode(bytesOf('€'.repeat(20_000)));
  expect(long).toEqual({ kind: 'text', text: `${'€'.repeat(textLimit - 1)}…` });
  const largest = decode(new Uint8Array(65_507).fill(0x1b));
  expect(largest).toEqual({ kind: 'text', text: `${'␛'.repeat(textLimit - 1)}…` });
});

/** A message of ours with bytes cut off, changed, put in or doubled. */
const mutated = fc
  .tuple(
    anyMessage,
    fc.array(fc.tuple(fc.nat(1_200), fc.nat(255), fc.constantFrom('set', 'cut', 'insert')), { maxLength: 6 }),
  )
  .map(([message, changes]) => {
    let bytes = [...bytesOf(encode(message))];
    for (const [at, byte, how] of changes) {
      if (how === 'set' && at < bytes.length) bytes[at] = byte;
      if (how === 'cut') bytes = bytes.slice(0, at);
      if (how === 'insert') bytes.splice(at, 0, byte);
    }
    return Uint8Array.from(bytes);
  });
/** Any JSON under our key, and our fields with any JSON in them. */
const oddJson = fc
  .tuple(
    anyMessage,
    fc.dictionary(
      fc.constantFrom(
        'mcast',
        'kind',
        'id',
        'name',
        'seq',
        'at',
        'hears',
        'text',
        'share',
        'title',
        'mode',
        '__proto__',
        'x',
      ),
      fc.jsonValue(),
    ),
  )
  .map(([message, odd]) => bytesOf(JSON.stringify({ mcast: 1, ...message, ...odd })));

test('no datagram makes the decoder fail, or gets anything undrawable through', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), mutated, oddJson), (bytes) => {
      const body = decode(bytes);
      expect(kinds).toContain(body.kind);
      for (const text of stringsIn(body)) {
        expect(safeText(text, textLimit)).toBe(text);
        expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/u);
      }
      // What the decoder says survives a session file.
      const line = JSON.stringify(body);
      expect(JSON.stringify(JSON.parse(line))).toBe(line);
    }),
    { numRuns: 5_000 },
  );
});

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
