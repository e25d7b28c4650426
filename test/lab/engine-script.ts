// A node for lab tests that is told at standard input what to do: `refresh MS`. Prints its events as JSON lines.
// Run with `node --import tsx engine-script.ts OPTIONS`, where OPTIONS are some of EngineOptions as JSON.
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Engine } from '../../source/engine/engine.ts';
import type { EngineOptions } from '../../source/engine/options.ts';

const group = { address: '239.255.0.1', port: 50_000, family: 4 } as const;
const options: EngineOptions = {
  version: 'test',
  groups: [{ name: '239.255.0.1:50000', group, ttl: 1 }],
  id: randomBytes(8).toString('hex'),
  name: 'ana',
  workers: 1,
  work: 0,
  heartbeat: 200,
  bandwidth: 100e6,
  ack: false,
  record: undefined,
  lines: true,
  count: undefined,
  duration: undefined,
  ...(JSON.parse(process.argv[2] ?? '{}') as Partial<EngineOptions>),
};

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
