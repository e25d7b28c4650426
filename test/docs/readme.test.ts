import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fillIn } from '../../scripts/docs-tables.ts';

const readme = readFileSync('README.md', 'utf8');

test('the tables of keys, commands and flags are what the program goes by (npm run docs mends it)', () => {
  expect(readme).toBe(fillIn(readme));
});

test('every file that it links to is there', () => {
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, path]) => path!);
  expect(links.length).toBeGreaterThan(3);
  expect(links.filter((path) => !existsSync(path))).toEqual([]);
});
