import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable, printableJson } from '../../source/core/printable.ts';

/** What a terminal acts on instead of showing it: C0 but for the line end, DEL, C1, and what turns text around. */
const acts = /[^\P{Cc}\n]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const nasty = fc.string({ unit: 'binary' });

test('nothing that a terminal acts on passes, and nothing else is touched', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      expect(printable(text)).not.toMatch(acts);
      expect(printableJson(text)).not.toMatch(acts);
    }),
  );
  const harmless = 'ana: hola, ¿qué tal? 日本語 👩‍👩‍👧\nzwei';
  expect(printable(harmless)).toBe(harmless);
  expect(printableJson(harmless)).toBe(harmless);
});

test('JSON means the same as before', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      expect(JSON.parse(printableJson(JSON.stringify(value)))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('the usual attacks', () => {
  expect(printable('\x1b]52;c;aGk=\x07')).toBe('\ufffd]52;c;aGk=\ufffd');
  expect(printable('\u009b2J')).toBe('\ufffd2J');
  expect(printable('a\rb\tc')).toBe('a\ufffdb\ufffdc');
  expect(printableJson('"\u009b2J\u202e"')).toBe('"\\u009b2J\\u202e"');
});
