// Datagrams that nobody should send, and what each must be counted as.
import type { Kind } from '../../source/core/event.ts';

export type Bad = { name: string; bytes: Uint8Array; kind: Kind; reason?: string };

const soundMessage = {
  mcast: 1,
  kind: 'heartbeat',
  id: 'bad0000000000001',
  name: 'mallory',
  seq: 1,
  at: 1_790_000_000_000,
  ttl: 1,
  every: 1000,
  up: 1,
  hears: [],
};
const report = {
  id: '00000000000000bb',
  seq: 1,
  got: 1,
  lost: 0,
  dup: 0,
  jitter: 0,
  at: 1,
  held: 1,
};

const bytesOf = (value: unknown): Uint8Array =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const bytesAsTheyAre = (value: unknown) => (value instanceof Uint8Array ? value : bytesOf(value));
const bad = (name: string, value: unknown, reason: string): Bad => ({
  name,
  bytes: bytesAsTheyAre(value),
  kind: 'malformed',
  reason,
});
const odd = (name: string, value: unknown, kind: Kind): Bad => ({ name, bytes: bytesAsTheyAre(value), kind });

/** One of each JSON type, and numbers that are none or too large. */
const wrongTypes: [string, string][] = [
  ['null', 'null'],
  ['true', 'true'],
  ['a number below zero', '-1'],
  ['a fraction below zero', '-0.5'],
  ['infinity', '1e999'],
  ['an empty text', '""'],
  ['an array', '[]'],
  ['an object', '{}'],
  ['nested arrays', '[[[[[[[[]]]]]]]]'],
];

/** Fields of which a wrong type is told by their own name; `hears` may be an empty array. */
const fields = ['kind', 'id', 'name', 'seq', 'at', 'ttl', 'every', 'up', 'hears'] as const;

const withField = (name: string, json: string): string =>
  JSON.stringify({ ...soundMessage, [name]: '@' }).replace('"@"', json);

const wrongFields: Bad[] = fields.flatMap((field) =>
  wrongTypes
    .filter(([, json]) => !(field === 'hears' && json === '[]'))
    .map(([what, json]) => bad(`${field} is ${what}`, withField(field, json), field)),
);
const wrongReports: Bad[] = Object.keys(report).flatMap((field) =>
  wrongTypes.map(([what, json]) => {
    const entry = JSON.stringify({ ...report, [field]: '@' }).replace('"@"', json);
    return bad(`${field} of a report is ${what}`, withField('hears', `[${entry}]`), 'hears');
  }),
);

const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const { kind: _, ...kindless } = soundMessage;

export const badDatagrams: Bad[] = [
  ...wrongFields,
  ...wrongReports,
  bad('no kind', kindless, 'kind'),
  bad('text is a number', { ...soundMessage, kind: 'chat', text: 1 }, 'text'),
  bad('of is a text', { ...soundMessage, kind: 'ack', of: '1' }, 'of'),
  bad('another version', { ...soundMessage, mcast: 2 }, 'version'),
  bad('mcast is an object', { ...soundMessage, mcast: {} }, 'version'),
  bad('seq beyond what a number can tell', withField('seq', '9007199254740992'), 'seq'),
  bad('a clock beyond any date', withField('at', '8.65e15'), 'at'),
  bad('more reports than a heartbeat holds', { ...soundMessage, hears: Array(65).fill(1) }, 'hears'),
  bad('cut in the middle', bytesOf(soundMessage).subarray(0, 60), 'json'),
  bad('ours by its first bytes, then not UTF-8', Buffer.from('{"mcast":1,"\xff\xfe":', 'latin1'), 'utf-8'),
  bad('ours and longer than may be', { ...soundMessage, padding: 'x'.repeat(1200) }, 'too-long'),
  bad('ours, 10,000 deep', `{"mcast":${deep(10_000)}}`, 'too-long'),
  bad('ours, as deep as fits', `{"mcast":1,"kind":"chat","x":${deep(550)}}`, 'id'),
  bad('ours, deep and cut', `{"mcast":1,"x":${'['.repeat(1000)}`, 'json'),
  bad('ours, 65,507 bytes', `{"mcast":1,"x":"${'x'.repeat(65_507 - 18)}"}`, 'too-long'),
  odd('foreign JSON, 10,000 deep', deep(10_000), 'text'),
  odd('foreign text, 65,507 bytes', 'x'.repeat(65_507), 'text'),
  odd('65,507 zeros', new Uint8Array(65_507), 'text'),
  odd('nothing', new Uint8Array(0), 'text'),
  odd('no UTF-8', Uint8Array.of(0xff, 0xfe, 0x80), 'binary'),
  odd('reserved for files', 'MCF1', 'binary'),
  odd('an array that says mcast', '["mcast"]', 'text'),
  odd('a prototype', '{"__proto__":{"mcast":1}}', 'text'),
  odd('a kind of the future', { ...soundMessage, kind: '__proto__' }, 'binary'),
];

/** Sound by its form, absurd by its content: clocks, numbers, reports. They count as what they say they are. */
export const absurdMessages: unknown[] = [
  ...[0, 253_370_764_800_000, 8.64e15, 1_790_000_000_000].map((at, n) => ({
    ...soundMessage,
    id: 'bad0000000000002',
    seq: n + 1,
    at,
  })),
  ...[0, Number.MAX_SAFE_INTEGER, 5, Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER, 2 ** 52].map(
    (seq) => ({ ...soundMessage, id: 'bad0000000000003', seq }),
  ),
  { ...soundMessage, id: 'bad0000000000004', every: 86_400_000, up: 8.64e15 },
  { ...soundMessage, id: 'bad0000000000004', seq: 2, every: 1, up: 0 },
  {
    ...soundMessage,
    id: 'bad0000000000005',
    hears: Array.from({ length: 4 }, () => ({
      ...report,
      seq: Number.MAX_SAFE_INTEGER,
      got: Number.MAX_SAFE_INTEGER,
      lost: Number.MAX_SAFE_INTEGER,
      at: 8.64e15,
    })),
  },
];

/** What tries to command a terminal, or to deceive who reads it. */
export const evilTexts: string[] = [
  '\x1b]52;c;cHduZWQ=\x07',
  '\x1b]0;owned\x07\x1b]2;owned\x1b\\',
  '\x1b[2J\x1b[H\x1b[?1049l\x1bc\x1b[?1000h',
  '\x9b31m\x9d0;owned\x9c\x90q\x9c',
  '\x1bP+q544e\x1b\\\x1b_G\x1b\\\x1b^x\x1b\\',
  '\u202egnp.exe\u202c \u2066hidden\u2069 \u200e\u200f\u061c',
  'zero\u200bwidth\u200c\u200d\u2060\ufeff\u00ad',
  'line\u2028and\u2029paragraph\r\nbreaks\x0b\x0c\x85',
  '\x00\x01\x05\x07\x08\x0e\x0f\x11\x13\x18\x1a\x7f',
  `tags \u{e0041}\u{e007f} private \ue000\u{100000} half \ud800`,
  `Z${'\u0301'.repeat(300)}algo ${'\u1100'.repeat(300)} ${'क्'.repeat(300)}`,
  Array(200).fill('👩').join('\u200d'),
  'אבג'.repeat(150),
];

/** The same as foreign text, as a name, as a chat line, as a kind, and cut. */
export function evilDatagrams(): Uint8Array[] {
  return evilTexts.flatMap((text, n) => {
    const id = `bad00000000001${n.toString(16).padStart(2, '0')}`;
    return [
      Buffer.from(text.slice(0, 2000)),
      bytesOf({ ...soundMessage, id, name: text.slice(0, 200) }),
      bytesOf({ ...soundMessage, seq: 2 * n + 1, kind: 'chat', text: text.slice(0, 120) }),
      bytesOf({ ...soundMessage, seq: 2 * n + 2, kind: text.slice(0, 100) }),
      bytesOf(`{"mcast":1,"kind":"${text.slice(0, 100)}`),
    ];
  });
}

/** Controls, bidi and zero-width characters that must never be on an output; a line's end is the output's own. */
export const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\0-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/u;

/** An endless mix: noise, cut and mutated messages, ids without number, evil texts, and all of the above. */
export function* endless(random: () => number): Generator<Uint8Array> {
  const below = (n: number) => Math.floor(random() * n);
  const noise = (length: number) => Uint8Array.from({ length }, () => below(256));
  const all = [...badDatagrams.map(({ bytes }) => bytes), ...evilDatagrams(), ...absurdMessages.map(bytesOf)];
  const small = all.filter(({ length }) => length <= 1200);
  for (let n = 0; ; n++) {
    const some = small[below(small.length)]!;
    switch (n % 5) {
      case 0:
        yield noise(below(300));
        break;
      case 1:
        yield some.subarray(0, below(some.length + 1));
        break;
      case 2: {
        const mutant = Uint8Array.from(some);
        for (let flips = 1 + below(4); flips > 0 && mutant.length > 0; flips--)
          mutant[below(mutant.length)] = below(256);
        yield mutant;
        break;
      }
      case 3:
        yield bytesOf(madeUp(noise(8)));
        break;
      default:
        // The large ones are a load of another kind: one in twenty.
        yield n % 20 === 4 ? all[below(all.length)]! : some;
    }
  }
}

/** A heartbeat of a node that was never heard before, and never will be again. */
export function madeUp(id: Uint8Array): unknown {
  return { ...soundMessage, id: Buffer.from(id).toString('hex'), name: `node-${id[0]}` };
}
