// A receiver in a process of its own, to be killed or to run out of disk: receiver-process.ts TASK SOURCE OUT THREAD.
// It gets the share straight from the source folder, and says what it does line by line.
import { rmSync, writeFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { FileHashes } from '../../source/transfer/file-hashes.ts';
import { Layout } from '../../source/transfer/layout.ts';
import { PartStore } from '../../source/transfer/part-store.ts';
import { SourceStream } from '../../source/transfer/source-stream.ts';
import { listFiles } from '../../source/transfer/walk.ts';

const [task = '', source = '', out = '', thread = ''] = process.argv.slice(2);
const hashThread = pathToFileURL(thread);
const say = (what: unknown) => console.log(JSON.stringify(what));
const peak = () => Math.round(process.resourceUsage().maxRSS / 1024);

const { manifest, sources } = await listFiles([source]);
const layout = new Layout(
  manifest.files.map(({ size }) => size),
  1408,
);
const stream = new SourceStream(sources, layout);
let fault: string | undefined;
const open = () =>
  PartStore.open({
    folder: out,
    manifest,
    blockSize: 1408,
    hashThread,
    saveEvery: 20,
    onFault: ({ code }) => {
      fault = code;
    },
  });

/** Reads the stream in order; `each` gets runs of blocks. */
async function read(each: (block: number, run: Uint8Array) => Promise<void>): Promise<void> {
  for (let block = 0; block < layout.blocks && !fault; ) {
    const run = stream.run(block, 20);
    if (!run) await stream.load(block);
    else {
      await each(block, run);
      block += Math.ceil(run.length / 1408);
      stream.recycle();
    }
  }
}

async function fill(store: PartStore): Promise<void> {
  await read(async (first, run) => {
    for (let at = 0; at < run.length; at += 1408) {
      const block = first + at / 1408;
      while (!fault && store.write(block, run.subarray(at, at + 1408)) === 'busy') await store.drained();
    }
  });
}

async function finish(store: PartStore): Promise<string> {
  const hashes = new FileHashes(hashThread, sources);
  const digests = await hashes.digests;
  const bad = await store.verify(digests);
  for (const section of store.sectionsOf(bad)) await store.check(section, await stream.sectionHash(section));
  if (bad.length > 0) await fill(store);
  if ((await store.verify(digests)).length > 0) throw new Error('files differ');
  return store.finish();
}

if (task === 'receive') {
  const store = await open();
  say({ had: store.had.count, of: layout.blocks });
  await fill(store);
  say({ final: await finish(store) });
} else if (task === 'slow') {
  const store = await open();
  say({ had: store.had.count });
  // Never gets far: it waits to be killed.
  await read(async (first, run) => {
    for (let at = 0; at < run.length; at += 1408) store.write(first + at / 1408, run.subarray(at, at + 1408));
    if (first % (layout.sectionBlocks * 4) < 20) await sleep(50);
    if (first > layout.blocks * 0.7) await sleep(60_000);
  });
} else if (task === 'full') {
  const filler = join(out, 'filler');
  const first = await open();
  // Another program takes most of what is left.
  const { bavail, bsize } = await statfs(out);
  writeFileSync(filler, Buffer.alloc(bavail * bsize - 1_300_000));
  await fill(first);
  await first.drained();
  await first.close();
  say({ fault, space: (await statfs(out)).bavail * bsize });
  rmSync(filler);
  fault = undefined;
  const second = await open();
  say({ had: second.had.count, of: layout.blocks });
  await fill(second);
  say({ final: await finish(second) });
} else if (task === 'read-much') {
  // In order first, hashing beside it, then here and there as repairs do.
  const hashes = new FileHashes(hashThread, sources);
  let bytes = 0;
  await read(async (_, run) => {
    bytes += run.length;
    if (bytes >= 2 ** 29) fault = 'enough';
  });
  for (let block = layout.blocks - 1; block > 0; block -= layout.sectionBlocks * 37) {
    await stream.load(block);
    stream.recycle();
  }
  await stream.load(layout.blocks - 1);
  const tail = Buffer.from(stream.run(layout.blocks - 1, 1)!.slice(-4)).toString();
  while (hashes.done < 2 ** 27) await sleep(20);
  await hashes.stop();
  say({ tail, peak: peak() });
} else if (task === 'write-much') {
  const store = await open();
  await fill(store);
  await store.discard();
  say({ blocks: layout.blocks, peak: peak() });
}
await stream.close();
