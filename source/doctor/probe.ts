// With other nodes in the group: who is heard, and who reports to hear this host, at two sizes of message. It needs
// nothing of the others but their heartbeats: this host joins as a node for some seconds, sends a few numbered
// heartbeats, and reads in theirs how many arrived.
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageLimit } from '../core/message.ts';
import { safeName } from '../core/safe-text.ts';
import { decode } from '../core/wire.ts';
import { openTransport } from '../net/multicast.ts';
import type { Transport } from '../net/transport.ts';
import { transportOptions } from './open.ts';
import type { Question } from './question.ts';

/** Datagrams of each size, and the time between two, ms: 20 datagrams, 16 kB, whoever listens. */
export const each = 10;
const every = 50;
/** Heartbeats come each second, or less often in a large group; a report is waited for so long, ms. */
const reportWithin = 2_500;
/** What was sent needs this long to be heard before a heartbeat can report on it, ms. */
const settle = 150;
/** A report on one node has at most so many bytes; a heartbeat with less left is full. */
const roomForReport = 200;
/** Nodes that are kept in mind. */
const mostNodes = 1_000;

export type Node = {
  name: string;
  address: string;
  /** Heartbeats and other messages of it that came, and those that its numbers say are missing. */
  heard: number;
  missed: number;
  /** How many of the datagrams of each size it reports to have; undefined where no report came in time. */
  small: number | undefined;
  large: number | undefined;
};

/** Rejects with the Faults of joining. */
export async function probe(question: Question): Promise<Node[]> {
  const listener = new Listener();
  const transport = await openTransport(transportOptions(question, question.ttl), {
    datagram: (bytes, address) => listener.hear(bytes, address),
    notice: () => {},
    dropped: () => {},
  });
  try {
    const speaker = new Numbered(transport, listener.id);
    const small = await round(speaker, listener, 0);
    const large = await round(speaker, listener, messageLimit);
    await speaker.say('bye', 0);
    return [...listener.nodes].map(([id, { name, address, heard, first, last }]) => {
      const before = small.get(id);
      const after = large.get(id);
      const missed = Math.max(0, last - first + 1 - heard);
      return {
        name,
        address,
        heard,
        missed,
        small: before,
        large: after === undefined || before === undefined ? undefined : after - before,
      };
    });
  } finally {
    await transport.close();
  }
}

/** Sends so many of a size; then what each node reports to have in all, of those that report after that. */
async function round(speaker: Numbered, listener: Listener, size: number): Promise<Map<string, number>> {
  for (let n = 0; n < each; n++) {
    await speaker.say('heartbeat', size);
    await sleep(every);
  }
  await sleep(settle);
  listener.reports.clear();
  const done = () => [...listener.nodes].every(([id, { reports }]) => !reports || listener.reports.has(id));
  for (const until = Date.now() + reportWithin; !done() && Date.now() < until; ) await sleep(every);
  return new Map(listener.reports);
}

class Numbered {
  #seq = 0;
  readonly #name = safeName(`doctor ${hostname()}`);

  constructor(
    private readonly transport: Transport,
    private readonly id: string,
  ) {}

  /** `size` is reached with a field that nobody reads. A datagram that cannot be sent is one that nobody hears. */
  async say(kind: 'heartbeat' | 'bye', size: number): Promise<void> {
    const { ttl } = this.transport.settings;
    const { id } = this;
    const envelope = { mcast: 1, kind, id, name: this.#name, seq: ++this.#seq, at: Date.now(), ttl };
    // It makes no reports, so that it is not taken for a node that hears nobody.
    const message = { ...envelope, every: 1000, up: 0, pad: '' };
    const short = Buffer.byteLength(JSON.stringify(message));
    message.pad = '.'.repeat(Math.max(0, size - short));
    await this.transport.send(Buffer.from(JSON.stringify(message))).catch(() => {});
  }
}

/** `reports`: it tells what it hears. A plain script, or another doctor, does not. */
type Heard = { name: string; address: string; heard: number; first: number; last: number; reports: boolean };

class Listener {
  readonly id = randomBytes(8).toString('hex');
  readonly nodes = new Map<string, Heard>();
  /** By node: how many of ours it has in all, as its newest heartbeat says; 0 where that does not know us. */
  readonly reports = new Map<string, number>();

  hear(bytes: Uint8Array, address: string): void {
    const { kind, id, name = '', seq, hears } = decode(bytes);
    if (id === undefined || seq === undefined || id === this.id || kind === 'ack') return;
    let node = this.nodes.get(id);
    if (!node) {
      if (kind !== 'heartbeat' || this.nodes.size >= mostNodes) return;
      node = { name, address, heard: 0, first: seq, last: seq, reports: false };
      this.nodes.set(id, node);
    }
    if (kind === 'bye') {
      this.nodes.delete(id);
      return;
    }
    node.heard++;
    node.last = Math.max(node.last, seq);
    if (!hears) return;
    node.reports = true;
    const own = hears.find((report) => report.id === this.id);
    // A heartbeat that is full may have left us out: in a large group nodes are reported on by turns.
    if (own || bytes.length < messageLimit - roomForReport) this.reports.set(id, own?.got ?? 0);
  }
}
