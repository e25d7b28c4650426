// A network in memory for tests: transports wired together by a wire that loses, repeats, delays and reorders
// as it is told, always in the same way for the same seed, in whatever time the test gives it.
import type { Millis } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import { groupName } from '../core/group.ts';
import { Membership } from './membership.ts';
import { payloadLimit } from './socket-faults.ts';
import type { Transport, TransportListener, TransportOptions } from './transport.ts';

/** The network's time; a test brings its own and moves it by hand. */
export type Clock = { now(): Millis; after(ms: Millis, run: () => void): void };

/** What happens to a datagram on its way to one receiver, drawn anew for each. May be changed at any time. */
export type Conditions = {
  /** Share lost, 0 to 1. */
  loss: number;
  /** Share that arrives twice, 0 to 1. */
  duplicates: number;
  /** Share held back long enough for others to pass, 0 to 1. */
  reordering: number;
  /** Least and most delay, ms. Within them datagrams keep their order. */
  delay: [number, number];
};

type Node = { options: TransportOptions; listener: TransportListener; transport: Transport; lastDue: Millis };

const perfect: Conditions = { loss: 0, duplicates: 0, reordering: 0, delay: [0, 0] };

/** How much later than its place a reordered datagram comes, ms. */
const heldBack = 5;

export class MemoryNetwork {
  readonly conditions: Conditions;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #nodes = new Set<Node>();
  readonly #unplugged = new Set<string>();
  #opened = 0;

  constructor(clock: Clock, seed = 1, conditions: Partial<Conditions> = {}) {
    this.#clock = clock;
    this.#random = seeded(seed);
    this.conditions = { ...perfect, ...conditions };
  }

  /** Has the form of `openTransport`. The interface named in the options is the node's address; else one is given. */
  readonly open = async (options: TransportOptions, listener: TransportListener): Promise<Transport> => {
    this.#opened++;
    const address =
      options.interface ?? (options.group.family === 4 ? `10.0.0.${this.#opened}` : `fd00::${this.#opened}`);
    const replyPort = options.replyPort ?? 40_000 + this.#opened;
    const { group, source } = options;
    const isOpen = () => this.#nodes.has(node);
    const limit = payloadLimit[group.family];
    const dispatch = async (bytes: Uint8Array, to: (other: Node) => boolean, unicast: boolean) => {
      if (!isOpen()) throw new Fault('send-failed', { group: groupName(group), code: 'closed' }, 1);
      if (bytes.byteLength > limit) throw new Fault('too-long', { bytes: bytes.byteLength, limit });
      for (const other of this.#nodes) if (to(other)) this.#carry(node, other, bytes, unicast);
    };
    const transport: Transport = {
      settings: {
        group: groupName(group),
        interface: 'memory',
        address,
        ttl: options.ttl,
        ...(source && { source }),
      },
      receiveBuffer: options.receiveBuffer,
      replyPort,
      // Nobody forgets members here.
      membership: new Membership({ rejoin: () => {}, notice: () => {}, every: options.refresh }),
      get joined() {
        return isOpen();
      },
      send: (bytes) =>
        dispatch(
          bytes,
          ({ options: { source: wanted }, transport: { settings } }) =>
            settings.group === groupName(group) && (wanted === undefined || wanted === address),
          false,
        ),
      reply: (bytes, to, port) =>
        dispatch(
          bytes,
          ({ transport: other }) => other.settings.address === to && other.replyPort === port,
          true,
        ),
      close: async () => {
        this.#nodes.delete(node);
      },
    };
    const node: Node = { options, listener, transport, lastDue: 0 };
    this.#nodes.add(node);
    return transport;
  };

  /** Takes the node with that address off the wire; it hears itself still, and is told nothing. */
  unplug(address: string): void {
    this.#unplugged.add(address);
  }

  plug(address: string): void {
    this.#unplugged.delete(address);
  }

  #carry(from: Node, to: Node, bytes: Uint8Array, unicast: boolean): void {
    const copy = Uint8Array.from(bytes);
    if (from === to) {
      this.#deliver(from, to, copy, unicast, this.#clock.now());
      return;
    }
    const cut = [from, to].some(({ transport }) => this.#unplugged.has(transport.settings.address));
    const { loss, duplicates, reordering, delay } = this.conditions;
    // Always the same number of draws, so that a change of one condition leaves the fate of the rest alone.
    const [lost, twice, late, slow] = [this.#random(), this.#random(), this.#random(), this.#random()];
    if (cut || lost < loss) return;
    const due = this.#clock.now() + delay[0] + slow * (delay[1] - delay[0]);
    if (late < reordering) {
      this.#deliver(from, to, copy, unicast, Math.max(due, to.lastDue) + heldBack);
    } else {
      to.lastDue = Math.max(due, to.lastDue);
      this.#deliver(from, to, copy, unicast, to.lastDue);
    }
    if (twice < duplicates) this.#deliver(from, to, copy, unicast, to.lastDue);
  }

  #deliver({ transport }: Node, to: Node, bytes: Uint8Array, unicast: boolean, due: Millis): void {
    this.#clock.after(due - this.#clock.now(), () => {
      if (!this.#nodes.has(to)) return;
      to.listener.datagram(
        bytes,
        transport.settings.address,
        transport.replyPort,
        this.#clock.now(),
        unicast,
      );
    });
  }
}

/** Numbers from 0 up to 1 that a seed determines (mulberry32, public domain). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
