import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { cut, fitted, graphemes, widthOf, wrap } from '../../source/ui/fit.ts';

/** Anything that may come from a datagram, and worse: whole graphemes, lone marks and surrogates, controls. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        'e\u0301',
        '\u0301',
        '👩‍👩‍👧',
        '🇪',
        '🇸',
        '漢',
        'ﾞ',
        '\u200d',
        '\u0600',
        '\u0d4e',
        'क्षि',
        'ᄀ',
        '각',
        ' ',
        'a',
        '…',
        '\ufe0f',
        '❤',
        '\u202e',
        '\x1b',
      ),
      { maxLength: 20 },
    )
    .map((parts) => parts.join('')),
);

test('a fitted text is exactly as wide as its place, also between its neighbours', () => {
  fc.assert(
    fc.property(
      anyText,
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom('left' as const, 'right' as const),
      (text, width, align) => {
        const row = fitted(text, width, align);
        expect(widthOf(row)).toBe(width);
        expect(stringWidth(`│${row}│`)).toBe(width + 2);
        expect(graphemes(row).every((grapheme) => widthOf(grapheme) > 0)).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([
  ['hello', 8, 'left', 'hello   '],
  ['hello', 8, 'right', '   hello'],
  ['hello world', 8, 'left', 'hello w…'],
  ['漢字漢字', 6, 'left', '漢字… '],
  ['niño', 4, 'left', 'niño'],
  ['👩‍👩‍👧 family', 5, 'left', '👩‍👩‍👧 f…'],
  ['x', 0, 'left', ''],
] as const)('%j in %i columns, %s', (text, width, align, row) => {
  expect(fitted(text, width, align)).toBe(row);
});

test('cutting keeps graphemes whole', () => {
  expect(cut('a👩‍👩‍👧b', 2)).toBe('a');
  expect(cut('a👩‍👩‍👧b', 3)).toBe('a👩‍👩‍👧');
});

test('wrapped lines are no wider than their place and lose nothing but blanks', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme-ascii', maxLength: 200 }),
      fc.integer({ min: 2, max: 40 }),
      (text, width) => {
        const lines = wrap(text, width);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      },
    ),
  );
  fc.assert(
    fc.property(anyText, fc.integer({ min: 2, max: 40 }), (text, width) => {
      for (const line of wrap(text, width)) expect(widthOf(line)).toBeLessThanOrEqual(width);
    }),
  );
});

test('lines break at blanks, and in a word only where it is longer than the line', () => {
  expect(wrap('the capture is running', 11)).toEqual(['the capture', 'is running']);
  expect(wrap('https://example.org/a/very/long/address', 16)).toEqual([
    'https://example.',
    'org/a/very/long/',
    'address',
  ]);
  expect(wrap('one two three four', 7, 2)).toEqual(['one two', 'three four']);
});
