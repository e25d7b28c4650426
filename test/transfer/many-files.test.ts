// A source tree, or a mailbox: the files are small, and there is no end of them.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allBlocks, digestsOf, offer, receive, send } from './exchange.ts';
import { temporary } from './temporary.ts';

const count = 100_000;

test('a hundred thousand small files arrive', async () => {
  const [source, out] = [temporary(true), temporary(true)];
  for (let folder = 0; folder < 100; folder++) mkdirSync(join(source, `lab/d${folder}`), { recursive: true });
  for (let file = 0; file < count; file++) {
    writeFileSync(join(source, `lab/d${file % 100}/f${file}`), `content of ${file}\n`.repeat(file % 5));
  }
  const from = await offer([join(source, 'lab')], 1400);
  expect(from.manifest.files.length).toBe(count);
  const to = await receive(from, out);
  await send(from, to, allBlocks(from));
  expect(await to.verify(await digestsOf(from))).toEqual([]);
  await to.finish();
  let arrived = 0;
  for (let folder = 0; folder < 100; folder++) arrived += readdirSync(join(out, `lab/d${folder}`)).length;
  expect(arrived).toBe(count);
}, 240_000);
