// A worker of the pool: takes a packed batch, decodes each datagram and writes its event as a line of JSON. The
// lines go to the session file, to the printer and to the fold as they are, so nobody has to write them again.
import { parentPort, workerData } from 'node:worker_threads';
import { type Body, decode } from '../core/wire.ts';
import { makeLoad } from './load.ts';
import { unpack } from './packing.ts';
import { withPayloads } from './payloads.ts';
import { type Answer, type Batch, now, type WorkerSettings } from './protocol.ts';

const { worker, selfId, groups, work, payloads } = workerData as WorkerSettings;
const groupTexts = groups.map((group) => JSON.stringify(group));
const load = makeLoad(work);
const utf8 = new TextEncoder();

parentPort!.on('message', ({ batch, packed }: Batch) => {
  const startedAt = now();
  const { block, datagrams, looped } = writeLines(packed);
  const lines = utf8.encode(block);
  const kept = payloads ? withPayloads(lines, datagrams, packed) : undefined;
  const answer: Answer = { batch, lines: lines.buffer, kept, looped, startedAt, run: now() - startedAt };
  parentPort!.postMessage(answer, kept ? [lines.buffer, kept] : [lines.buffer]);
});
parentPort!.postMessage('ready');

type Written = {
  block: string;
  looped: number;
  /** One for each line, where payloads are wanted. */
  datagrams: Uint8Array[];
};

function writeLines(packed: ArrayBuffer): Written {
  const datagrams: Uint8Array[] = [];
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
    if (payloads) datagrams.push(bytes);
  }
  return { block, looped, datagrams };
}

/** To our own port the plain bytes `ack` are an acknowledgement, as scripts without our envelope send it. */
function asReply(body: Body): Body {
  return body.kind === 'text' && body.text === 'ack' ? { kind: 'ack' } : body;
}
