import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyReader, pasteLimit } from '../../source/ui/keys.ts';

const names = (piece: string) => new KeyReader().read(piece).map(({ name }) => name);

test.each<[string, string, string[]]>([
  ['coalesced keys', 'jjj', ['j', 'j', 'j']],
  ['a line and its enter in one read', 'hi\r', ['h', 'i', 'enter']],
  ['typing with corrections', 'ab\x7fc\b', ['a', 'b', 'backspace', 'c', 'backspace']],
  ['arrows', '\x1b[A\x1b[B\x1bOC\x1bOD', ['up', 'down', 'right', 'left']],
  [
    'home, end and pages of several terminals',
    '\x1b[H\x1b[4~\x1b[5~\x1b[6~\x1b[8~',
    ['home', 'end', 'pageup', 'pagedown', 'end'],
  ],
  ['the delete key is not backspace', '\x1b[3~', ['delete']],
  [
    'modifiers',
    '\x1b[1;5C\x1b[1;2A\x1b[3;3~\x1b[1;8B',
    ['ctrl+right', 'shift+up', 'alt+delete', 'ctrl+alt+shift+down'],
  ],
  ['shift and tab', '\t\x1b[Z', ['tab', 'shift+tab']],
  ['control letters', '\x03\x0c\x1a\x00\x1c', ['ctrl+c', 'ctrl+l', 'ctrl+z', 'ctrl+space', 'ctrl+\\']],
  ['alt', '\x1bb\x1b\x1b[D', ['alt+b', 'alt+left']],
  ['escape, alone and twice', '\x1b\x1b', ['escape', 'escape']],
  ['one press a grapheme', 'ñ👩‍👩‍👧é ', ['ñ', '👩‍👩‍👧', 'é', 'space']],
  ['mouse and focus reports, F-keys', '\x1b[<0;10;5M\x1b[<0;10;5m\x1b[I\x1b[O\x1bOP\x1b[15~\x1b[[A', []],
])('%s', (_, piece, expected) => {
  expect(names(piece.normalize('NFC'))).toEqual(expected);
});

test('text is what a field inserts', () => {
  expect(new KeyReader().read(' é\r')).toEqual([
    { name: 'space', text: ' ' },
    { name: 'é', text: 'é' },
    { name: 'enter', text: '' },
  ]);
});

test('a paste is one press, without its control characters', () => {
  expect(new KeyReader().read('a\x1b[200~two\rlines\r\nq\x1b]0;title\x07\x1b[201~b')).toEqual([
    { name: 'a', text: 'a' },
    { name: 'paste', text: 'two\nlines\nq]0;title' },
    { name: 'b', text: 'b' },
  ]);
});

test('a paste may be cut anywhere, even inside its end marker', () => {
  const paste = 'x👍y\nz'.repeat(3);
  const raw = `${paste}\x1b[201~k`;
  fc.assert(
    fc.property(fc.array(fc.nat(raw.length)), (cuts) => {
      const reader = new KeyReader();
      const bounds = [0, ...cuts.sort((a, b) => a - b), raw.length];
      const keys = [
        reader.read('\x1b[200~'),
        ...bounds.slice(1).map((end, at) => reader.read(raw.slice(bounds[at], end))),
      ].flat();
      expect(keys).toEqual([
        { name: 'paste', text: paste },
        { name: 'k', text: 'k' },
      ]);
    }),
  );
});

test('a paste without an end is bounded, and Ctrl+C still works', () => {
  const reader = new KeyReader();
  reader.read('\x1b[200~');
  for (let megabytes = 0; megabytes < 10; megabytes++) expect(reader.read('x'.repeat(1_000_000))).toEqual([]);
  const [paste] = reader.read('\x1b[201~');
  expect(paste?.text).toHaveLength(pasteLimit);
  reader.read('\x1b[200~lost');
  expect(reader.read('\x03').map(({ name }) => name)).toEqual(['ctrl+c']);
  expect(reader.read('q').map(({ name }) => name)).toEqual(['q']);
});

test('whatever arrives, no press carries a control character', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (pieces) => {
      const reader = new KeyReader();
      for (const { name, text } of pieces.flatMap((piece) => reader.read(piece))) {
        expect(name).not.toBe('');
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
        expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/);
      }
    }),
  );
});
