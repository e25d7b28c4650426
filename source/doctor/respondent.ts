// A node's side of the probe between two nodes: it keeps count of numbered probes, sends each back in its own size to
// where its sender asked, and tells what came and what the kernel of this host counted. One datagram in is at most one
// datagram out, no larger, and only to the address that it came from or to the group.
import type { Family } from '../core/address.ts';
import {
  type Ask,
  type Back,
  eachLane,
  encodeProbing,
  lanes,
  type Probe,
  type Probing,
  type ProbingEnvelope,
  parseProbing,
} from '../core/probing.ts';
import { Allowance } from './allowance.ts';
import { type Counters, difference, readCounters } from './counters.ts';

/** Which of this node's sockets a datagram came to. */
export type Entrance = 'group' | 'reply' | 'door';
type Write = (envelope: ProbingEnvelope) => string | undefined;

export type RespondentOptions = {
  id: string;
  family: Family;
  /** Numbers and sends to the group what is written, unless that is undefined; then it answers false. */
  toGroup(write: Write): boolean;
  /** Sends by unicast, from the socket named; the same. */
  toHost(write: Write, from: 'reply' | 'door', address: string, port: number): boolean;
  /** Datagrams sent to the group so far. */
  sent(): number;
  counters?(family: Family): Counters | undefined;
};

/** What came of one asker in one run. Masks have a bit for each number. */
type Page = {
  run: number;
  got: number[];
  twice: number[];
  echoed: number[];
  /** As they stood at the beginning. */
  heard: number;
  drops: number;
  counted: Counters | undefined;
};

/** Askers kept in mind; the one that began first is forgotten. */
const mostPages = 32;

export class Respondent {
  readonly #pages = new Map<string, Page>();
  #heard = 0;
  #drops = 0;
  readonly #hosts = new Allowance({ burst: 120, perSecond: 120 }, { burst: 400, perSecond: 400 });
  /** Reading what the kernel counted takes a moment. */
  readonly #asks = new Allowance({ burst: 20, perSecond: 5 }, { burst: 40, perSecond: 20 });
  /** What comes to the group reaches everybody, so there is less of it. */
  readonly #group = new Allowance({ burst: 40, perSecond: 4 }, { burst: 80, perSecond: 8 });

  constructor(private readonly options: RespondentOptions) {}

  /** A datagram that came to the group, of whatever kind. */
  heard(): void {
    this.#heard++;
  }

  /** The kernel dropped so many at the group's socket. */
  dropped(count: number): void {
    this.#drops += count;
  }

  /** Never throws; `at`: ms of a clock that never goes back. */
  hear(bytes: Uint8Array, address: string, port: number, by: Entrance, at: number): void {
    const message = parseProbing(bytes);
    if (!message || message.id === this.options.id) return;
    if (message.kind !== 'probe' && message.kind !== 'ask') return;
    const { to } = message;
    if (to !== undefined && to !== this.options.id) return;
    // Who speaks to the group means one node, or there would be as many answers as there are nodes.
    const answerable = by !== 'group' || to !== undefined;
    const from = { id: message.id, address, port, by, bytes: bytes.length, at };
    if (message.kind === 'probe') this.#count(message, from, answerable);
    else if (answerable) this.#tell(message, from);
  }

  #count(probe: Probe, from: From, answerable: boolean): void {
    const { lane, n, back } = probe;
    const page = this.#page(from.id);
    const bit = 2 ** n;
    const known = isIn(page.got[lane]!, n);
    if (known) page.twice[lane]!++;
    else page.got[lane]! += bit;
    // A copy is not answered again: what comes twice must not look as if the answer did.
    if (known || back === undefined || !answerable) return;
    const echo: Probing = { kind: 'echo', of: from.id, lane, n };
    const to = back === 'reply' ? { ...from, port: probe.port ?? from.port } : from;
    if (this.#allows(from, back) && this.#answer(echo, to, back)) page.echoed[lane]! += bit;
  }

  #tell({ run, turn, back }: Ask, from: From): void {
    if (!this.#asks.take(from.address, from.at) || !this.#allows(from, back)) return;
    const page = this.#page(from.id, run);
    const [before, after] = [page.counted, this.#counters()];
    const [heard, drops] = [this.#heard - page.heard, this.#drops - page.drops];
    const [got, echoed] = [page.got.map(popcount), page.echoed.map(popcount)];
    const count = { got, twice: page.twice, echoed, heard, sent: this.options.sent(), drops };
    const counted = before && after && difference(before, after);
    const tell: Probing = { kind: 'tell', of: from.id, run, turn, ...count, ...(counted && { counted }) };
    this.#answer(tell, from, back);
  }

  #allows({ address, at }: From, back: Back): boolean {
    return (back === 'group' ? this.#group : this.#hosts).take(address, at);
  }

  #answer(message: Probing, { address, port, by, bytes }: From, back: Back): boolean {
    const write: Write = (envelope) => encodeProbing(envelope, message, bytes);
    if (back === 'group') return this.options.toGroup(write);
    const from = back === 'here' && by === 'door' ? 'door' : 'reply';
    return this.options.toHost(write, from, address, port);
  }

  #page(id: string, run?: number): Page {
    const known = this.#pages.get(id);
    if (known && (run === undefined || known.run === run)) return known;
    const none = () => new Array<number>(lanes).fill(0);
    const counts = { got: none(), twice: none(), echoed: none(), heard: this.#heard, drops: this.#drops };
    // A probe alone reads nothing: anybody can make up askers by the thousand.
    const page = { run: run ?? 0, ...counts, counted: run === undefined ? undefined : this.#counters() };
    this.#pages.delete(id);
    this.#pages.set(id, page);
    if (this.#pages.size > mostPages) this.#pages.delete(this.#pages.keys().next().value!);
    return page;
  }

  #counters(): Counters | undefined {
    return (this.options.counters ?? readCounters)(this.options.family);
  }
}

type From = { id: string; address: string; port: number; by: Entrance; bytes: number; at: number };

const isIn = (mask: number, n: number): boolean => Math.floor(mask / 2 ** n) % 2 === 1;

function popcount(mask: number): number {
  let count = 0;
  for (let n = 0; n < eachLane; n++) if (isIn(mask, n)) count++;
  return count;
}
