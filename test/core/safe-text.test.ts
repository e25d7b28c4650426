// What must never reach a terminal, and what must come through untouched.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameLimit, safeName, safeText } from '../../source/core/safe-text.ts';

const esc = '\u001b';

test.each([
  ['plain text', 'hello, world', 'hello, world'],
  ['Spanish', '¿Qué tal, señorita? — «bien»', '¿Qué tal, señorita? — «bien»'],
  ['Greek, Hebrew, Hindi, Thai', 'γειά שָׁלוֹם नमस्ते สวัสดี', 'γειά שָׁלוֹם नमस्ते สวัสดี'],
  ['Chinese and Korean', '你好 안녕', '你好 안녕'],
  ['an emoji family', 'hi 👨‍👩‍👧‍👦!', 'hi 👨‍👩‍👧‍👦!'],
  ['skin tones and hearts joined', '👩🏽‍❤️‍💋‍👨🏾', '👩🏽‍❤️‍💋‍👨🏾'],
  ['a flag and a keycap', '🇪🇸 1️⃣', '🇪🇸 1️⃣'],
  ['a clear-screen escape', `${esc}[2J`, '␛[2J'],
  ['OSC 52, the clipboard', `${esc}]52;c;ZXZpbA==\u0007`, '␛]52;c;ZXZpbA==␇'],
  ['a window title ended by C1', `${esc}]0;owned\u009c`, '␛]0;owned\ufffd'],
  ['C1 CSI', '\u009b31mred', '\ufffd31mred'],
  ['NUL, BS, CR, LF, DEL', '\u0000\b\r\n\u007f', '␀␈␍␊␡'],
  ['TAB', 'a\tb', 'a b'],
  ['bidi override and isolate', 'abc\u202etxt.exe\u2066', 'abc\ufffdtxt.exe\ufffd'],
  ['zero width space, BOM, soft hyphen', 'a\u200bb\ufeffc\u00add', 'a\ufffdb\ufffdc\ufffdd'],
  ['a joiner outside emoji', 'a\u200db', 'a\ufffdb'],
  ['tag characters', 'a\u{e0041}b', 'a\ufffdb'],
  ['line and paragraph separators', 'a\u2028b\u2029', 'a\ufffdb\ufffd'],
  ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
  ['private use', '\ue000\u{100000}', '\ufffd\ufffd'],
  ['a non-character', 'a\uffffb', 'a\ufffdb'],
  ['an invisible Hangul letter', 'a\u3164b', 'a\ufffdb'],
  ['marks piled up', `Z${'\u0301'.repeat(90)}algo`, `Z${'\u0301'.repeat(6)}algo`],
  ['one cluster of endless jamo', '\u1100'.repeat(300), '\ufffd'],
  ['one cluster of endless consonants', 'क्'.repeat(99), '\ufffd'],
  ['one cluster of endless emoji', Array(99).fill('👩').join('\u200d'), '\ufffd'],
])('%s', (_, input, output) => {
  expect(safeText(input, 100)).toBe(output);
});

test('what is cut says so, by graphemes', () => {
  expect(safeText('abcdef', 6)).toBe('abcdef');
  expect(safeText('abcdef', 5)).toBe('abcd…');
  expect(safeText('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301…');
  expect(safeText('👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 2)).toMatch(/^👨‍.*…$/u);
});

test('a name has no white space around it, and at most 32 graphemes', () => {
  expect(safeName('  ana \n')).toBe('ana');
  expect(safeName(' \t ')).toBe('');
  expect(safeName('x'.repeat(40))).toBe(`${'x'.repeat(nameLimit - 1)}…`);
  expect(safeName(`${esc}[31mana`)).toBe('␛[31mana');
});

/** Strings dense in what matters: controls, marks, joiners, emoji, jamo, prepended letters, spaces. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\u200d',
        '👩',
        '🏽',
        '\ufe0f',
        '🇪',
        '\u0301',
        '\u0903',
        '\u1100',
        '\u1161',
        '\u0d4e',
        '…',
        ' ',
      ),
      fc.constantFrom(
        '\u001b',
        '\u009b',
        '\u202e',
        '\ud83d',
        '\udc69',
        '\r\n',
        '\t',
        '\u3164',
        'a',
        '\u{e0100}',
      ),
      fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

const nothingUndrawable = /^(?:(?![\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}])(?!(?!\u200d)\p{Cf})[\s\S])*$/u;

const counter = new Intl.Segmenter('en', { granularity: 'grapheme' });

test('any text becomes drawable, is bounded, and safe text stays as it is', () => {
  fc.assert(
    fc.property(
      fc.oneof(nasty, fc.string({ unit: 'binary' })),
      fc.integer({ min: 1, max: 40 }),
      (text, most) => {
        const safe = safeText(text, most);
        expect(safe).toMatch(nothingUndrawable);
        expect([...counter.segment(safe)].length).toBeLessThanOrEqual(most);
        expect(safe.length).toBeLessThanOrEqual(most * 4);
        expect(safeText(safe, most)).toBe(safe);
        const name = safeName(text);
        expect(safeName(name)).toBe(name);
        expect(name).toBe(name.trim());
      },
    ),
    { numRuns: 3_000 },
  );
});
