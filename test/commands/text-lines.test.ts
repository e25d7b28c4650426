import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textLines } from '../../source/commands/text-lines.ts';

async function linesOf(chunks: (string | Buffer)[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of textLines(Readable.from(chunks))) lines.push(line);
  return lines;
}

test.each([
  [[], []],
  [['one\ntwo\n'], ['one', 'two']],
  [['one\ntwo'], ['one', 'two']],
  [
    ['on', 'e\nt', 'wo\n'],
    ['one', 'two'],
  ],
  [['one\r\n\r\ntwo'], ['one', '', 'two']],
])('%j is %j', async (chunks, lines) => {
  expect(await linesOf(chunks)).toEqual(lines);
});

test('wherever a stream is cut into chunks, even inside a character, the lines are the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' })),
      fc.integer({ min: 1, max: 5 }),
      async (texts, size) => {
        const whole = Buffer.from(texts.join('\n'));
        const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, i) =>
          whole.subarray(i * size, (i + 1) * size),
        );
        expect(await linesOf(chunks)).toEqual(await linesOf(whole.length > 0 ? [whole] : []));
      },
    ),
  );
});

test('a line without an end costs bounded memory', async () => {
  const [line, ...others] = await linesOf(Array.from({ length: 100 }, () => 'x'.repeat(10_000)));
  expect(line!.length).toBe(70_000);
  expect(others).toEqual([]);
});
