import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Layout } from '../../source/transfer/layout.ts';

const sizes = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5000 })), { maxLength: 20 });
const blockSize = fc.integer({ min: 1, max: 1500 });

test('blocks and sections cover the stream without gap or overlap', () => {
  fc.assert(
    fc.property(sizes, blockSize, (sizes, blockSize) => {
      const layout = new Layout(sizes, blockSize);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      expect(layout.total).toBe(total);
      let blocks = 0;
      let bytes = 0;
      for (let section = 0; section < layout.sections; section++) {
        expect(layout.firstBlock(section)).toBe(blocks);
        expect(layout.sectionStart(section)).toBe(bytes);
        for (let block = 0; block < layout.blocksIn(section); block++) {
          expect(layout.sectionOf(blocks)).toBe(section);
          bytes += layout.blockLength(blocks++);
        }
        expect(layout.sectionStart(section) + layout.sectionLength(section)).toBe(bytes);
      }
      expect([blocks, bytes]).toEqual([layout.blocks, total]);
    }),
  );
});

test('pieces of any stretch are the same bytes as the stretch of the files joined', () => {
  fc.assert(
    fc.property(sizes, fc.nat(10_000), fc.nat(10_000), (sizes, offset, length) => {
      const layout = new Layout(sizes, 100);
      const joined = sizes.flatMap((size, file) => Array.from({ length: size }, (_, at) => `${file}:${at}`));
      const start = Math.min(offset, layout.total);
      const wanted = joined.slice(start, start + length);
      const got: string[] = [];
      for (const piece of layout.pieces(start, length)) {
        expect(piece.from).toBe(got.length);
        expect(piece.length).toBeGreaterThan(0);
        for (let at = 0; at < piece.length; at++) got.push(`${piece.file}:${piece.position + at}`);
      }
      expect(got).toEqual(wanted);
    }),
  );
});

test('the sections of a file are those with a byte of it', () => {
  const mega = 2 ** 20;
  const layout = new Layout([10, 0, 3 * mega, 5], 1024);
  expect(layout.sectionsOf(0)).toEqual({ first: 0, end: 1 });
  expect(layout.sectionsOf(1)).toEqual({ first: 0, end: 0 });
  expect(layout.sectionsOf(2)).toEqual({ first: 0, end: 4 });
  expect(layout.sectionsOf(3)).toEqual({ first: 3, end: 4 });
});

test('more blocks than can be numbered are refused', () => {
  expect(new Layout([2 ** 38], 1024).blocks).toBe(2 ** 28);
  expect(() => new Layout([2 ** 38 + 1], 1024)).toThrow(expect.objectContaining({ code: 'share-too-large' }));
});
