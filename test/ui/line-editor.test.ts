import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineWindow } from '../../source/ui/compose.tsx';
import { widthOf } from '../../source/ui/fit.ts';
import { type Edit, edited, type LineEditor, newLine, textOf } from '../../source/ui/line-editor.ts';

const edit = (line: LineEditor, ...changes: (Edit['edit'] | Edit)[]): LineEditor =>
  changes.reduce(
    (next, change) => edited(next, typeof change === 'string' ? ({ edit: change } as Edit) : change),
    line,
  );
const type = (text: string): Edit => ({ edit: 'type', text });
/** The text with a bar at the cursor. */
const shown = ({ chars, cursor }: LineEditor) =>
  `${chars.slice(0, cursor).join('')}|${chars.slice(cursor).join('')}`;

test.each<[string, (Edit['edit'] | Edit)[], string]>([
  ['typing', [type('hola')], 'hola|'],
  ['typing in the middle', [type('hla'), 'left', 'left', type('o')], 'ho|la'],
  ['backspace takes a whole emoji', [type('a👩‍👩‍👧'), 'back'], 'a|'],
  ['the cursor steps over a whole emoji', [type('a👩‍👩‍👧b'), 'left', 'left'], 'a|👩‍👩‍👧b'],
  ['a combining accent joins the letter before', [type('cafe'), type('\u0301')], 'cafe\u0301|'],
  ['backspace takes the letter with its accent', [type('cafe\u0301'), 'back'], 'caf|'],
  ['delete', [type('abc'), 'start', 'delete'], '|bc'],
  ['delete at the end does nothing', [type('abc'), 'delete'], 'abc|'],
  ['Ctrl+A and E', [type('abc'), 'start', type('x'), 'end', type('y')], 'xabcy|'],
  ['Ctrl+U', [type('one two'), 'left', 'kill-left'], '|o'],
  ['Ctrl+K', [type('one two'), 'start', 'right', 'kill-right'], 'o|'],
  ['Ctrl+W', [type('one two  '), 'kill-word'], 'one |'],
  ['Ctrl+Y puts back', [type('one two'), 'kill-word', type('x '), 'yank'], 'one x two|'],
  ['words', [type('one two three'), 'word-left', 'word-left', 'word-right'], 'one two| three'],
  ['a paste of several lines becomes one', [type('a\r\nb\nc\td')], 'a b c d|'],
  ['controls and bidi do not get in', [type('a\x1b[31m\u202eb\x07\ue000')], 'a[31mb|'],
])('%s', (_, changes, result) => {
  expect(shown(edit(newLine(), ...changes))).toBe(result);
});

test('the history goes back and forth and keeps the line that was being written', () => {
  let line = edit(newLine(), type('first'), 'sent', type('second'), 'sent', type('dra'));
  line = edit(line, 'older');
  expect(shown(line)).toBe('second|');
  line = edit(line, 'older', 'older');
  expect(shown(line)).toBe('first|');
  line = edit(line, 'newer', 'newer', 'newer');
  expect(shown(line)).toBe('dra|');
});

test('the same line sent twice is in the history once', () => {
  const line = edit(newLine(), type('a'), 'sent', type('b'), 'sent', type('a'), 'sent');
  expect(line.history).toEqual(['b', 'a']);
});

test('any keys leave the cursor within the text, and the window within its width', () => {
  const change = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 5 }).map(type),
    fc.constantFrom<Edit['edit']>(
      'back',
      'delete',
      'left',
      'right',
      'word-left',
      'word-right',
      'start',
      'end',
      'kill-left',
      'kill-right',
      'kill-word',
      'yank',
      'older',
      'newer',
      'sent',
    ),
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), fc.integer({ min: 3, max: 30 }), (changes, width) => {
      const line = edit(newLine(), ...changes);
      expect(line.cursor).toBeGreaterThanOrEqual(0);
      expect(line.cursor).toBeLessThanOrEqual(line.chars.length);
      const window = lineWindow(line, width);
      expect(window.column).toBeLessThan(width);
      expect(
        widthOf(window.text.join('')) + (window.cursor === window.text.length ? 1 : 0),
      ).toBeLessThanOrEqual(width);
      expect(textOf(line)).toContain(window.text.join(''));
    }),
    { numRuns: 500 },
  );
});
