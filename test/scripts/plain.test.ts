// The bundle takes plain characters for one column and one grapheme each without asking; here they are asked.
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { plain } from '../../scripts/plain.js';

const isPlain = new RegExp(`^[${plain}]$`);
const characters = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter((char) =>
  isPlain.test(char),
);

test('plain characters are one column wide', () => {
  expect(characters.length).toBeGreaterThan(1000);
  expect(characters.filter((char) => stringWidth(char) !== 1)).toEqual([]);
});

test('plain characters and escapes join with none of their kind', () => {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const count = (text: string) => [...segmenter.segment(text)].length;
  // What joins does so with any letter before or behind it (UAX #29), or with its own kind.
  const joining = [...characters, '\u001b'].filter((char) =>
    [`a${char}`, `${char}a`, char + char].some((pair) => count(pair) !== 2),
  );
  expect(joining).toEqual([]);
});
