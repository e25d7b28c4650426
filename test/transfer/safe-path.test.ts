import { resolve, sep, win32 } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Flaw,
  folded,
  mendName,
  nameFlaw,
  numbered,
  pathFlaw,
} from '../../source/transfer/safe-path.ts';

/** path, its flaw, the name that a sender makes of it. */
const refused: [string, Flaw, string][] = [
  ['', 'empty', '_'],
  ['.', 'dots', '_'],
  ['..', 'dots', '__'],
  ['../../etc/passwd', 'dots', '.._.._etc_passwd'],
  ['a/../../b', 'dots', 'a_.._.._b'],
  ['a//b', 'empty', 'a__b'],
  ['a/', 'empty', 'a_'],
  ['/etc/passwd', 'absolute', '_etc_passwd'],
  ['\\\\server\\share\\x', 'absolute', '__server_share_x'],
  ['C:\\autoexec.bat', 'drive', 'C__autoexec.bat'],
  ['c:x', 'drive', 'c_x'],
  ['a\\..\\b', 'separator', 'a_.._b'],
  ['a\0b', 'control', 'a_b'],
  ['a\nb', 'control', 'a_b'],
  ['\u001b[2Jx', 'control', '_[2Jx'],
  ['photo\u202egpj.exe', 'control', 'photo_gpj.exe'],
  ['zero\u200bwidth', 'control', 'zero_width'],
  ['half\ud800', 'control', 'half_'],
  ['file.txt:stream', 'colon', 'file.txt_stream'],
  ['CON', 'reserved', 'CON_'],
  ['nul.txt', 'reserved', 'nul_.txt'],
  ['dir/aux.c', 'reserved', 'dir_aux.c'],
  ['Com1', 'reserved', 'Com1_'],
  ['com\u00b2.log', 'reserved', 'com\u00b2_.log'],
  ['LPT9 .x', 'reserved', 'LPT9_ .x'],
  ['CONIN$', 'reserved', 'CONIN$_'],
  ['end.', 'trailing', 'end_'],
  ['end ', 'trailing', 'end_'],
  ['dir. /x', 'trailing', 'dir. _x'],
  ['e\u0301', 'not-nfc', '\u00e9'],
  ['x'.repeat(256), 'too-long', 'x'.repeat(255)],
  [`${'é'.repeat(130)}.jpeg`, 'too-long', `${'é'.repeat(125)}.jpeg`],
  [
    Array(5).fill('y'.repeat(250)).join('/'),
    'too-long',
    Array(5).fill('y'.repeat(250)).join('_').slice(0, 255),
  ],
  [Array(65).fill('d').join('/'), 'too-deep', Array(65).fill('d').join('_')],
];

test.each(refused)('%j is refused: %s', (path, flaw, mended) => {
  expect(pathFlaw(path)).toBe(flaw);
  expect(mendName(path)).toBe(mended);
});

test.each([
  'a',
  '.hidden',
  'a/b/c.txt',
  'con2',
  'console.log',
  'com10',
  'auxiliary',
  'x..y',
  '...x',
  'señal ñandú.pdf',
  '写真.jpg',
  '👨\u200d👩\u200d👧.png',
  "it's (1) & <more>.txt",
  Array(64).fill('d').join('/'),
  'x'.repeat(255),
])('%j is taken as it is', (path) => {
  expect(pathFlaw(path)).toBeUndefined();
  if (!path.includes('/')) expect(mendName(path)).toBe(path);
});

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '..',
        '.',
        '/',
        '\\',
        'C:',
        '\0',
        '~',
        'a',
        'nul',
        ' ',
        '\u202e',
        '%2e',
        '//?/',
        '\u2215',
      ),
    )
    .map((parts) => parts.join('')),
);

test('whatever is taken stays inside of the folder, on Windows too', () => {
  fc.assert(
    fc.property(nasty, (path) => {
      if (pathFlaw(path) !== undefined) return;
      expect(resolve('/out/folder', path).startsWith(`/out/folder${sep}`)).toBe(true);
      expect(win32.resolve('D:\\out', path).startsWith('D:\\out\\')).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('what was mended needs no mending', () => {
  fc.assert(
    fc.property(nasty, fc.integer({ min: 40, max: 255 }), (name, limit) => {
      const mended = mendName(name, limit);
      expect(nameFlaw(mended)).toBeUndefined();
      expect(Buffer.byteLength(mended)).toBeLessThanOrEqual(limit);
      expect(mendName(mended, limit)).toBe(mended);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['photo.jpg', 'photo (1).jpg'],
  ['notes', 'notes (1)'],
  ['.bashrc', '.bashrc (1)'],
  ['data.tar.gz', 'data (1).tar.gz'],
  ['v1.2', 'v1 (1).2'],
])('a second %s is %s', (name, second) => {
  expect(numbered(name, 1)).toBe(second);
  expect(numbered(name, 0)).toBe(name);
});

test('paths that differ in case or form only are folded together', () => {
  expect(folded('Straße/É')).toBe(folded('STRASSE/e\u0301'));
  expect(folded('a')).not.toBe(folded('b'));
});
