// Hears for the probe: who is in the group, what they report, and what they answer.
import { randomBytes } from 'node:crypto';
import { messageLimit } from '../core/message.ts';
import { doorOf, eachLane, lanes, parseProbing, type Tell } from '../core/probing.ts';
import { decode } from '../core/wire.ts';

/** A report on one node has at most so many bytes; a heartbeat with less left is full. */
const roomForReport = 200;
/** Nodes that are kept in mind. */
const mostNodes = 1_000;

export type Heard = {
  name: string;
  address: string;
  /** Where it speaks from, and where it answers probes: 0 at the same port, undefined not at all. */
  port: number;
  door: number | undefined;
  heard: number;
  first: number;
  last: number;
  ttl: number | undefined;
  /** It tells what it hears. A plain script, or another doctor, does not. */
  reports: boolean;
};

/** An answer to an ask. `had`: how many messages of its sender had come to the group when it came. */
export type Told = Tell & { name: string; address: string; ttl: number | undefined; had: number };

export class Listener {
  readonly id = randomBytes(8).toString('hex');
  readonly nodes = new Map<string, Heard>();
  /** By node: how many of ours it has in all, as its newest heartbeat says; 0 where that does not know us. */
  readonly reports = new Map<string, number>();
  /** Datagrams of anybody that came to the group. */
  total = 0;
  /** Answers to our asks, by node; and where each came from. */
  readonly tells = new Map<string, Told>();
  /** By node and lane: which of our probes came back. */
  readonly #echoes = new Map<string, Set<number>[]>();

  /** `self`: the node in whose process this runs, which is nobody else. */
  constructor(private readonly self?: string) {}

  /** From any socket of ours; `toGroup` for the group's. */
  hear(bytes: Uint8Array, address: string, port: number, toGroup: boolean): void {
    if (toGroup) this.total++;
    this.#answer(bytes, address);
    if (!toGroup) return;
    const { kind, id, name = '', seq, hears, ttl } = decode(bytes);
    if (id === undefined || seq === undefined || id === this.id || id === this.self || kind === 'ack') return;
    let node = this.nodes.get(id);
    if (!node) {
      if (kind !== 'heartbeat' || this.nodes.size >= mostNodes) return;
      const where = { name, address, port, door: doorOf(bytes), ttl };
      node = { ...where, heard: 0, first: seq, last: seq, reports: false };
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

  /** How many different probes of a lane came back from a node. */
  returned(id: string, lane: number): number {
    return this.#echoes.get(id)?.[lane]?.size ?? 0;
  }

  #answer(bytes: Uint8Array, address: string): void {
    const message = parseProbing(bytes);
    if (!message || message.id === this.id || message.id === this.self) return;
    if (message.kind !== 'echo' && message.kind !== 'tell') return;
    if (message.of !== this.id) return;
    const { id } = message;
    if (!this.nodes.has(id) && this.tells.size >= mostNodes) return;
    if (message.kind === 'tell') {
      const had = this.nodes.get(id)?.heard ?? 0;
      this.tells.set(id, { ...message, address, ttl: decode(bytes).ttl, had });
      return;
    }
    const each = this.#echoes.get(id) ?? Array.from({ length: lanes }, () => new Set<number>());
    if (message.n < eachLane) each[message.lane]!.add(message.n);
    if (this.#echoes.size < mostNodes) this.#echoes.set(id, each);
  }
}
