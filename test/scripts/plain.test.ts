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
  const all = [...characters, '\u001b'];
  // Each is followed by every other in one long line: what joined anywhere would be missing from the count.
  for (const first of all) {
    const line = all.map((second) => first + second).join('');
    if (count(line) !== line.length) expect.fail(`${first} joins`);
  }
}, 60_000);
