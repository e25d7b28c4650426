// The licences of the packages that are in the bundle: theirs ask to come along, and ECharts' its notice too.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** `inputs` as esbuild's metafile has them. Rejects where a package has no licence to show. */
export async function licencesOf(inputs) {
  const folders = new Set(
    inputs.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []),
  );
  const texts = await Promise.all([...folders].sort().map(licenceOf));
  return texts.join(`\n${'='.repeat(80)}\n\n`);
}

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)(\.|$)/i.test(file)).sort();
  if (files.length === 0 && !license) throw new Error(`${name} tells no licence`);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const text = [`${name} ${version} (${license})`, ...texts].join('\n\n');
  return `${text.trimEnd()}\n`;
}
