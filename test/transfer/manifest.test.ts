import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeManifest, encodeManifest, type Manifest } from '../../source/transfer/manifest.ts';
import { pathFlaw } from '../../source/transfer/safe-path.ts';

const key = 'a'.repeat(64);
const folder: Manifest = {
  title: 'lab',
  kind: 'folder',
  files: [
    { path: 'a.txt', size: 3, executable: false },
    { path: 'bin/run', size: 4, executable: true },
  ],
  folders: ['empty', 'bin/none'],
  total: 7,
  key,
};

test('a manifest comes back as it was', () => {
  expect(decodeManifest(encodeManifest(folder))).toEqual(folder);
  const file = {
    ...folder,
    title: 'a.txt',
    kind: 'file',
    files: [folder.files[0]!],
    folders: [],
    total: 3,
  } as const;
  expect(decodeManifest(encodeManifest({ ...file, files: [...file.files], folders: [] }))).toEqual(file);
});

/** What is wrong, the parts that a sender would have to change for it, the reason given. */
const wrong: [string, Record<string, unknown>, string][] = [
  ['no title', { title: undefined }, 'form'],
  ['another kind', { kind: 'link' }, 'form'],
  ['no key', { key: 'x' }, 'form'],
  ['files that are no list', { files: {} }, 'form'],
  ['a file that is no row', { files: ['a.txt'] }, 'form'],
  ['a mode of its own', { files: [['a.txt', 7, 0o4755]] }, 'form'],
  ['a folder that is no text', { folders: [7] }, 'form'],
  ['a negative size', { files: [['a', -1]] }, 'size'],
  ['half a byte', { files: [['a', 1.5]] }, 'size'],
  ['a size beyond all numbers', { files: [['a', 2 ** 60]] }, 'size'],
  ['a total that lies', { total: 8 }, 'total'],
  [
    'a sum beyond all numbers',
    {
      files: [
        ['a', Number.MAX_SAFE_INTEGER],
        ['b', 1],
      ],
      total: 2 ** 53,
    },
    'total',
  ],
  [
    'the same path twice',
    {
      files: [
        ['a', 3],
        ['a', 4],
      ],
    },
    'twice',
  ],
  ['a file that is an empty folder too', { files: [['empty', 7]] }, 'twice'],
  [
    'a file that others need as a folder',
    {
      files: [
        ['a', 3],
        ['a/b', 4],
      ],
    },
    'file-and-folder',
  ],
  ['a file in which a folder lies', { files: [['a', 7]], folders: ['a/b/c'] }, 'file-and-folder'],
  ['a single file under another name', { kind: 'file', files: [['a.txt', 7]], folders: [] }, 'form'],
  ['a million and one entries', { files: Array(1_000_001).fill(0) }, 'too-many'],
];

test.each(wrong)('%s is refused', (_, change, reason) => {
  const text = JSON.stringify({ ...JSON.parse(encodeManifest(folder)), ...change });
  expect(() => decodeManifest(text)).toThrow(
    expect.objectContaining({ code: 'bad-manifest', facts: expect.objectContaining({ reason }) }),
  );
});

test.each(['', '[]', 'null', '7', '{"title":', '{"__proto__":{"title":"x"}}'])('%j is refused', (text) => {
  expect(() => decodeManifest(text)).toThrow(expect.objectContaining({ code: 'bad-manifest' }));
});

test.each([
  ['title', { title: '../lab' }, 'separator'],
  ['long title', { title: 'x'.repeat(201) }, 'too-long'],
  ['file', { files: [['../x', 7]] }, 'dots'],
  ['folder', { folders: ['/etc'] }, 'absolute'],
])('a %s that leads out is refused by name', (_, change, reason) => {
  const text = JSON.stringify({ ...JSON.parse(encodeManifest(folder)), ...change });
  expect(() => decodeManifest(text)).toThrow(
    expect.objectContaining({ code: 'name-refused', facts: expect.objectContaining({ reason }) }),
  );
});

test('whatever text comes, the answer is a sound manifest or a fault', () => {
  const path = fc.oneof(fc.string(), fc.constantFrom('a', 'a/b', 'A', '..', 'nul', 'a\\b', '/a'));
  const rows = fc.array(
    fc.oneof(fc.tuple(path, fc.nat()), fc.tuple(path, fc.nat(), fc.constant(1)), fc.json()),
  );
  const any = fc.record({
    title: path,
    kind: fc.constant('folder'),
    key: fc.constant(key),
    folders: fc.array(path),
    files: rows,
  });
  fc.assert(
    fc.property(any, (value) => {
      const total = value.files.reduce(
        (sum: number, row) => sum + (Array.isArray(row) ? Number(row[1]) : 0),
        0,
      );
      try {
        const manifest = decodeManifest(JSON.stringify({ ...value, total }));
        const paths = [...manifest.files.map((file) => file.path), ...manifest.folders];
        expect(paths.filter((each) => pathFlaw(each) !== undefined)).toEqual([]);
        expect(new Set(paths).size).toBe(paths.length);
      } catch (error) {
        expect(error).toMatchObject({ name: 'Fault' });
      }
    }),
    { numRuns: 500 },
  );
});

test('a million entries are read in seconds', () => {
  const files = Array.from({ length: 1_000_000 }, (_, at) => ({
    path: `d${at % 1000}/file-${at}`,
    size: 1,
    executable: false,
  }));
  const text = encodeManifest({ ...folder, files, folders: [], total: files.length });
  const begin = performance.now();
  expect(decodeManifest(text).files.length).toBe(1_000_000);
  expect(performance.now() - begin).toBeLessThan(15_000);
});
