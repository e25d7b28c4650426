// What dependencies do while they load takes longer than the rest of the start, and nearly all of it is for cases
// that never come here. Each remedy tells what it saves of some 300 ms. One whose text is no longer found, because
// a dependency changed, fails the build.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plain } from './plain.js';

const remedies = [
  {
    // 80 ms to build the set of all emoji and to ask it the first time. Ink measures each line, and nearly every
    // line of ours has a character beyond ASCII in its frame.
    file: new URL(import.meta.resolve('string-width')),
    changes: [
      ['/^[\\u0020-\\u007E]*$/', `/^[${plain}]*$/`],
      ['const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;', 'let rgiEmojiRegex;'],
      ['if (rgiEmojiRegex.test(segment)', 'if ((rgiEmojiRegex ??= /^\\p{RGI_Emoji}$/v).test(segment)'],
    ],
  },
  {
    // 20 ms for comparing the names of licences. Meow is given this program's package, which needs no normalizing.
    file: new URL('dependencies.js', import.meta.resolve('meow')),
    changes: [['var normalizeExports = requireNormalize();', 'var normalizeExports = () => {};']],
  },
];

/** An esbuild plugin. */
export const lighten = {
  name: 'lighten',
  setup(on) {
    for (const { file, changes } of remedies) {
      on.onLoad({ filter: new RegExp(`/${basename(file.pathname)}$`) }, async ({ path }) => {
        if (path !== fileURLToPath(file)) return undefined;
        let contents = await readFile(path, 'utf8');
        for (const [from, to] of changes) {
          if (!contents.includes(from)) throw new Error(`${path} has changed: it has no ${from}`);
          contents = contents.replace(from, () => to);
        }
        return { contents };
      });
    }
  },
};

export const define = {
  // 50 ms: Yoga would `fetch` its WebAssembly from a data: URL, which loads all of Node's HTTP client.
  fetch: 'undefined',
};

export const inject = ['scripts/lazy-segmenter.js'];
