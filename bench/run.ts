// `npm run bench [-- NAME…] [--quick] [--json | --markdown]`: measures what the program promises, on this machine,
// on loopback. Each benchmark is a file beside this one.
import { parseArgs } from 'node:util';
import { machine, machineText } from '../source/bench/machine.ts';
import { exports } from './exports.ts';
import { latency } from './latency.ts';
import type { Benchmark, Figure } from './lib/figure.ts';
import { load, noise } from './lib/noise.ts';
import { jsonFigures, markdownTable, round, textTable } from './lib/table.ts';
import { rate } from './rate.ts';
import { recorder } from './recorder.ts';
import { screen } from './screen.ts';
import { sessions } from './sessions.ts';
import { soak } from './soak.ts';
import { start } from './start.ts';
import { workers } from './workers.ts';

const all: Benchmark[] = [rate, screen, latency, start, recorder, workers, sessions, exports, soak];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
  },
});
const unknown = positionals.filter((name) => !all.some((benchmark) => benchmark.name === name));
if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(', ')}. There are: ${all.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
const chosen = positionals.length > 0 ? all.filter(({ name }) => positionals.includes(name)) : all;

/** Progress is for a person who waits, results are for whoever reads standard output. */
const progress = (what: string) => process.stderr.write(`  ${what}\n`);
const show = (text: string) => {
  if (!values.json) console.log(text);
};

async function steadiness(): Promise<string> {
  const { median, min, max } = await noise();
  return `the same computation took ${round(median)} ms (${round(min)} – ${round(max)}), load ${load()}`;
}

const results: { name: string; title: string; noise: string; figures: Figure[] }[] = [];
show(
  `${machineText(machine())}${values.quick ? '; quick runs, which show that it works rather than how fast' : ''}\n`,
);
for (const { name, title, run } of chosen) {
  progress(`${name}: ${title}`);
  const before = await steadiness();
  const figures = await run({ quick: values.quick, progress });
  results.push({ name, title, noise: before, figures });
  show(`${values.markdown ? '### ' : ''}${title}\n`);
  show(values.markdown ? markdownTable(figures) : textTable(figures));
  show(`\nMachine's noise: before, ${before}; after, ${await steadiness()}\n`);
}
if (values.json) {
  const benchmarks = results.map((result) => ({ ...result, figures: jsonFigures(result.figures) }));
  console.log(
    JSON.stringify({ machine: machineText(machine()), quick: values.quick, benchmarks }, undefined, 2),
  );
}
