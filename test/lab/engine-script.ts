// A node for lab tests that is told at standard input what to do: `refresh MS`. Prints its events as JSON lines.
// Run with `node --import tsx engine-script.ts OPTIONS`, where OPTIONS are some of EngineOptions as JSON.
import { createInterface } from 'node:readline';
import { Engine } from '../../source/engine/engine.ts';
import type { EngineOptions } from '../../source/engine/options.ts';
import { engineOptions, inLab } from '../support/engine-options.ts';

const options = engineOptions({
  groups: [inLab()],
  name: 'ana',
  heartbeat: 200,
  ...(JSON.parse(process.argv[2] ?? '{}') as Partial<EngineOptions>),
});

let engine: Engine | undefined;
engine = await Engine.open(options, {
  snapshot: () => engine?.tookSnapshot(),
  lines: (block) => {
    for (const event of JSON.parse(`[${Buffer.from(block).toString()}]`) as object[]) {
      console.log(JSON.stringify(event));
    }
    engine?.tookLines(block.length);
  },
  ended: () => {},
});
for await (const line of createInterface({ input: process.stdin })) {
  const [verb, value] = line.split(' ');
  if (verb === 'refresh') engine.command({ do: 'refresh', every: Number(value) });
}
await engine.close('end of input');
