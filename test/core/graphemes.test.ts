// Our own clusters against those of the JavaScript engine, whose Unicode may be another version: what only newer
// versions join or know is left out.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachGrapheme } from '../../source/core/graphemes.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const theirs = (text: string) => [...segmenter.segment(text)].map(({ segment }) => segment);

test.each([
  ['letters and marks', 'ae\u0301i\u0308\u0301', ['a', 'e\u0301', 'i\u0308\u0301']],
  ['a family', 'a👨‍👩‍👧‍👦b', ['a', '👨‍👩‍👧‍👦', 'b']],
  ['skin tones', '👩🏽‍❤️‍💋‍👨🏾', ['👩🏽‍❤️‍💋‍👨🏾']],
  ['flags', '🇪🇸🇫🇷🇪', ['🇪🇸', '🇫🇷', '🇪']],
  ['a keycap', '1️⃣2', ['1️⃣', '2']],
  ['composed and conjoining Hangul', '각각ᄀ', ['각', '각', 'ᄀ']],
  ['a conjunct', 'क्षि', ['क्षि']],
  ['Thai', 'กำกี่', ['กำ', 'กี่']],
  ['controls', 'a\r\n\u0301\u001b\u202eb', ['a', '\r\n', '\u0301', '\u001b', '\u202e', 'b']],
])('%s', (_, text, clusters) => {
  expect([...eachGrapheme(text)]).toEqual(clusters);
});

const parts = fc.oneof(
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
    '\u11a8',
    '가',
    '각',
  ),
  fc.constantFrom(
    '\u0600',
    '\u0e33',
    'ก',
    'ab',
    ' ',
    '\r\n',
    '\r',
    '\n',
    '\u001b',
    '\u200b',
    '\u2028',
    '©',
    'א',
  ),
  // Assigned for long, and of a script without conjuncts.
  fc.integer({ min: 0x20, max: 0x8ff }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0x1f300, max: 0x1f6ff }).map((code) => String.fromCodePoint(code)),
);

test('any text falls into the same clusters', () => {
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 30 }), (some) => {
      const text = some.join('');
      expect([...eachGrapheme(text)]).toEqual(theirs(text));
    }),
    { numRuns: 2000 },
  );
});

test('nothing is lost of any text, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect([...eachGrapheme(text)].join('')).toBe(text);
    }),
    { numRuns: 300 },
  );
});
