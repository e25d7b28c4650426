// What sessions cost: an event to record at different lengths of the file, and a million events to open, to seek
// through and to step back in. Usage: node --import tsx bench/session.ts [events]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Player } from '../source/session/player.ts';
import { SessionReader } from '../source/session/reader.ts';
import { Recorder } from '../source/session/recorder.ts';
import { header, heartbeat, linesOf, started } from '../test/session/events.ts';

const total = Number(process.argv[2] ?? 1_000_000);
const blockSize = 100;
/** Events between two looks at the clock. */
const stretch = Math.min(20_000, total / 10);

const dir = mkdtempSync(join(tmpdir(), 'mcast-bench-'));
process.on('exit', () => rmSync(dir, { recursive: true, force: true }));

const recorder = await Recorder.open({ path: join(dir, 'session.json'), header });
recorder.append(linesOf([started]), 1);
await recorder.flush();

/** Milliseconds for the next stretch of events: what the recording thread is kept busy, and until it is in the file. */
async function record(from: number): Promise<{ busy: number; flushed: number }> {
  const blocks = Array.from({ length: stretch / blockSize }, (_, b) =>
    Buffer.from(linesOf(Array.from({ length: blockSize }, (_, i) => heartbeat(from + b * blockSize + i)))),
  );
  const before = performance.now();
  let busy = 0;
  for (const block of blocks) {
    const start = performance.now();
    recorder.append(block, blockSize);
    busy += performance.now() - start;
    await recorder.flush();
  }
  return { busy, flushed: performance.now() - before };
}

const rows: [string, string][] = [];
const microseconds = (ms: number) => `${((ms * 1000) / stretch).toFixed(2)} µs`;
const costs: { busy: number; flushed: number }[] = [];
for (let n = 0; n < total; n += stretch) costs.push(await record(n));
await recorder.close();
for (const [name, at] of [
  ['first', 1],
  ['middle', costs.length >> 1],
  ['last', costs.length - 1],
] as const) {
  const { busy, flushed } = costs[at]!;
  const events = Math.round(at * stretch).toLocaleString('en');
  rows.push([
    `record an event, ${name} stretch (${events} before): append / until flushed`,
    `${microseconds(busy)} / ${microseconds(flushed)}`,
  ]);
}

function measure(what: string, work: () => void): void {
  const before = performance.now();
  work();
  const { rss } = process.memoryUsage();
  rows.push([what, `${(performance.now() - before).toFixed(1)} ms, ${Math.round(rss / 1e6)} MB resident`]);
}

let reader!: SessionReader;
measure(`open ${total.toLocaleString('en')} events`, () => {
  reader = new SessionReader(recorder.path);
});
measure('count them', () => reader.count());
const player = new Player(reader);
let longest = 0;
function send(...commands: Parameters<Player['command']>[0][]): void {
  for (const command of commands) player.command(command);
  for (let more = true, before = performance.now(); more; before = performance.now()) {
    more = player.tick();
    longest = Math.max(longest, performance.now() - before);
  }
}
measure('first state', () => send({ do: 'pause' }));
measure('seek to the end', () => send({ do: 'seek', to: Number.MAX_SAFE_INTEGER }));
rows.push(['longest slice of it, after which a command is obeyed', `${longest.toFixed(1)} ms`]);
measure('step back', () => send({ do: 'step', by: -1 }));
measure('step back again', () => send({ do: 'step', by: -1 }));
measure('seek to the middle', () => send({ do: 'seek', to: (reader.lastAt - reader.firstAt) / 2 }));
measure('look in vain for a dead peer to the end', () => send({ do: 'next', landmark: 'dead' }));
reader.close();

const width = Math.max(...rows.map(([what]) => what.length));
for (const [what, value] of rows) console.log(`${what.padEnd(width)}  ${value}`);
