// The built program makes reports of session files.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seeded } from '../../source/net/memory-network.ts';
import { simulate } from '../report/lab/simulation.ts';
import { sessionText } from '../session/events.ts';
import { runCli, temporaryDirectory } from '../support/cli.ts';

/** The sessions of three nodes, as files. */
function recorded(): { folder: string; paths: string[] } {
  const folder = temporaryDirectory();
  const nodes = ['ana', 'bob', 'eva'].map((name, index) => ({ name, offset: index * 100 }));
  const paths = simulate({ nodes, beats: 10, random: seeded(4), loss: 0.1 }).map(({ header, events }) => {
    const path = join(folder, `${header.name}.json`);
    writeFileSync(path, sessionText(events, header));
    return path;
  });
  return { folder, paths };
}

test('HTML in either language, to a file or to standard output', async () => {
  const { folder, paths } = recorded();
  const out = join(folder, 'lab.html');
  const made = await runCli(['report', ...paths, '--out', out, '--lang', 'es', '--title', 'Práctica <1>']);
  expect(made).toMatchObject({ code: 0, out: '', err: `El informe está en ${out}.\n` });
  const html = readFileSync(out, 'utf8');
  expect(html).toContain('<html lang="es">');
  expect(html).toContain('<h1>Práctica &#60;1&#62;</h1>');
  expect(html).toContain('Alcance');
  const printed = await runCli(['report', paths[0]!, '--lang', 'en']);
  expect(printed).toMatchObject({ code: 0, err: '' });
  expect(printed.out).toMatch(/^<!DOCTYPE html>[\s\S]+<\/html>\n$/);
});

test('Markdown has its charts beside it, and every picture that it names is there', async () => {
  const { folder, paths } = recorded();
  const out = join(folder, 'lab report.md');
  const { code, out: told } = await runCli(['report', ...paths, '--out', out, '--json']);
  expect(code).toBe(0);
  const pictures = [...readFileSync(out, 'utf8').matchAll(/^!\[[^\]]+\]\(<([^>]+)>\)$/gm)].map(([, path]) =>
    decodeURI(path!),
  );
  expect(pictures.length).toBe(JSON.parse(told).charts);
  expect(pictures.length).toBe(readdirSync(join(folder, 'lab report-charts')).length);
  for (const picture of pictures)
    expect(readFileSync(join(folder, picture), 'utf8')).toMatch(/^<svg [\s\S]+<\/svg>\n$/);
});

test('nothing that is there is written over, unless that was said; what is read never', async () => {
  const { folder, paths } = recorded();
  const out = join(folder, 'lab.html');
  writeFileSync(out, 'mine');
  const refused = await runCli(['report', ...paths, '--out', out, '--lang', 'en']);
  expect(refused.code).toBe(2);
  expect(refused.err).toMatch(/is there already\. Add --force/);
  expect(readFileSync(out, 'utf8')).toBe('mine');
  expect((await runCli(['report', ...paths, '--out', out, '--force'])).code).toBe(0);
  expect(readFileSync(out, 'utf8')).toContain('<html');
  const before = readFileSync(paths[0]!, 'utf8');
  expect((await runCli(['report', ...paths, '--format', 'html', '--out', paths[0]!, '--force'])).code).toBe(
    2,
  );
  expect(readFileSync(paths[0]!, 'utf8')).toBe(before);
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('the worker experiment and the doctor come into it; what is neither is told of', async () => {
  const { folder, paths } = recorded();
  const some = { p50: 1, p95: 2, p99: 3, max: 4 };
  const rows = [1, 2].map((workers) => ({
    workers,
    burst: 100,
    work: 1,
    dropped: 40,
    shed: 15,
    throughput: 777 * workers,
    wait: some,
    latency: some,
    overlap: workers,
  }));
  const bench = join(folder, 'workers.json');
  writeFileSync(
    bench,
    JSON.stringify({ bench: 'workers', version: 1, machine: 'a machine', rows, runs: [] }),
  );
  const doctor = join(folder, 'doctor.json');
  const check = {
    id: 'ttl',
    status: 'warn',
    evidence: 'TTL 1',
    cause: 'it stays here',
    remedy: '--ttl 8',
    link: '',
  };
  writeFileSync(doctor, JSON.stringify({ verdict: 'warn', checks: [check] }));
  const { out } = await runCli(['report', ...paths, '--bench', bench, '--doctor', doctor, '--lang', 'en']);
  for (const text of ['a machine', '1,554', 'it stays here', '--ttl 8']) expect(out).toContain(text);
  // Dropped and shed together.
  expect(out).toMatch(/>55</);
  const wrong = await runCli(['report', ...paths, '--bench', doctor, '--lang', 'en']);
  expect(wrong).toMatchObject({ code: 2, out: '' });
  expect(wrong.err).toMatch(/doctor\.json is not what this prints: mcast-tui bench workers --json/);
});

test('the same session twice, none at all, or a form that it has not: refused', async () => {
  const { folder, paths } = recorded();
  const twice = await runCli(['report', paths[0]!, paths[0]!, '--lang', 'en']);
  expect(twice).toMatchObject({ code: 2, out: '' });
  expect(twice.err).toMatch(/would count twice/);
  expect((await runCli(['report'])).code).toBe(2);
  const form = await runCli([
    'report',
    paths[0]!,
    '--format',
    'csv',
    '--out',
    join(folder, 'x'),
    '--lang',
    'en',
  ]);
  expect(form.err).toMatch(/html, md/);
  expect(existsSync(join(folder, 'x'))).toBe(false);
});
