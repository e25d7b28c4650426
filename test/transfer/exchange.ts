// Carries a share from one folder to another without a network: what a transfer does with the files at both ends.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Fault } from '../../source/core/fault.ts';
import { Layout } from '../../source/transfer/layout.ts';
import { decodeManifest, encodeManifest, type Manifest } from '../../source/transfer/manifest.ts';
import { type PartOptions, PartStore } from '../../source/transfer/part-store.ts';
import { SourceStream } from '../../source/transfer/source-stream.ts';
import { type Listing, listFiles } from '../../source/transfer/walk.ts';
import { threadEntry } from '../../source/workers/entry.ts';
import { plant, temporary } from './temporary.ts';

export const hashThread = threadEntry('hash-thread');
export const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

export type Offer = { listing: Listing; manifest: Manifest; stream: SourceStream; layout: Layout };

const streams: SourceStream[] = [];

afterEach(async () => {
  for (const stream of streams.splice(0)) await stream.close();
});

/** What a sender has; the manifest as a receiver gets it. */
export async function offer(paths: string[], blockSize = 100): Promise<Offer> {
  const listing = await listFiles(paths);
  const layout = new Layout(
    listing.manifest.files.map(({ size }) => size),
    blockSize,
  );
  const manifest = decodeManifest(encodeManifest(listing.manifest));
  const stream = new SourceStream(listing.sources, layout);
  streams.push(stream);
  return { listing, manifest, layout, stream };
}

export function receive({ manifest, layout }: Offer, folder: string, more: Partial<PartOptions> = {}) {
  return PartStore.open({ folder, manifest, blockSize: layout.blockSize, hashThread, ...more });
}

export async function blockOf({ stream, layout }: Offer, block: number): Promise<Uint8Array> {
  await stream.load(block);
  const view = stream.run(block, 1);
  if (view?.length !== layout.blockLength(block)) throw new Error(`block ${block} is not what it should be`);
  return view;
}

/** Sends blocks, again while the disk is behind, until it fails. */
export async function send(from: Offer, to: PartStore, blocks: Iterable<number>): Promise<void> {
  for (const block of blocks) {
    const bytes = await blockOf(from, block);
    for (;;) {
      const taken = to.write(block, bytes);
      if (taken === 'taken' || taken === 'had') break;
      if (taken === 'failed') return;
      if (taken === 'wrong') throw new Error(`block ${block} was refused`);
      await to.drained();
    }
  }
}

export const allBlocks = ({ layout }: Offer) => Array.from({ length: layout.blocks }, (_, block) => block);

/** SHA-256 of each file as the sender reads it. */
export async function digestsOf({ layout, manifest, stream }: Offer): Promise<string[]> {
  const whole: Uint8Array[] = [];
  for (let section = 0; section < layout.sections; section++) {
    await stream.load(layout.firstBlock(section));
    whole.push(stream.run(layout.firstBlock(section), layout.sectionBlocks)!);
  }
  const bytes = Buffer.concat(whole);
  let at = 0;
  return manifest.files.map(({ size }) => {
    at += size;
    return sha256(bytes.subarray(at - size, at));
  });
}

/** Sends all that is missing, proves it, gives it its name. */
export async function complete(from: Offer, to: PartStore): Promise<string> {
  await send(from, to, allBlocks(from));
  const bad = await to.verify(await digestsOf(from));
  if (bad.length > 0) throw new Error(`files differ: ${bad}`);
  return to.finish();
}

/** The code and facts of the fault with which something is rejected. */
export async function faultOf(work: Promise<unknown>): Promise<Pick<Fault, 'code' | 'facts'>> {
  const fault = await work.then(
    () => ({ code: 'none', facts: {} }),
    (error) => error,
  );
  return { code: fault.code, facts: fault.facts };
}

/** Offers a file of these bytes; `out` is an empty folder to receive it in. */
export async function single(
  bytes: Uint8Array,
  blockSize = 1000,
): Promise<Offer & { out: string; bytes: Uint8Array }> {
  const folder = temporary();
  await plant(folder, { 'data.bin': bytes });
  return { ...(await offer([join(folder, 'data.bin')], blockSize)), out: temporary(), bytes };
}
