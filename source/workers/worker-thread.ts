// A worker of the pool: takes a packed batch, decodes each datagram and writes its event as a line of JSON. The
// lines go to the session file, to the printer and to the fold as they are, so nobody has to write them again.
import { parentPort, workerData } from 'node:worker_threads';
import { type Body, decode } from '../core/wire.ts';
import { makeLoad } from './load.ts';
import { unpack } from './packing.ts';
import { type Answer, type Batch, now, type WorkerSettings } from './protocol.ts';

const { worker, selfId, groups, work } = workerData as WorkerSettings;
const groupTexts = groups.map((group) => JSON.stringify(group));
const load = makeLoad(work);
const utf8 = new TextEncoder();

parentPort!.on('message', ({ batch, packed }: Batch) => {
  const startedAt = now();
  const { block, looped } = writeLines(packed);
  const lines = utf8.encode(block).buffer;
  const answer: Answer = { batch, lines, looped, startedAt, run: now() - startedAt };
  parentPort!.postMessage(answer, [lines]);
});
parentPort!.postMessage('ready');

function writeLines(packed: ArrayBuffer): { block: string; looped: number } {
  let block = '';
  let looped = 0;
  for (const { at, port, group, unicast, address, bytes } of unpack(packed)) {
    load();
    const body = unicast ? asReply(decode(bytes)) : decode(bytes);
    if (body.id === selfId) {
      looped++;
      continue;
    }
    if (block !== '') block += ',\n';
    block += `{"type":"received","at":${at},"group":${groupTexts[group]},"address":${JSON.stringify(address)},"port":${port},"bytes":${bytes.length},`;
    if (unicast) block += '"unicast":true,';
    block += `"worker":${worker},${JSON.stringify(body).slice(1)}`;
  }
  return { block, looped };
}

/** To our own port the plain bytes `ack` are an acknowledgement, as scripts without our envelope send it. */
function asReply(body: Body): Body {
  return body.kind === 'text' && body.text === 'ack' ? { kind: 'ack' } : body;
}
