// How many blocks a datagram of data carries. A long run saves system calls and headers, but is lost whole when one of
// its fragments is; so its length follows the loss seen, by the bytes it is expected to cost on the wire.
import { longestRun } from './block-datagram.ts';

/** Bytes on the wire besides the payload of a datagram: IP and Ethernet in every frame, UDP and our header once. */
export type Wire = { blockSize: number; mtu: number; ipv6: boolean };

/** A run may cost this much more, over the bytes of the file, than the cheapest one. */
const slack = 0.008;
/** The length in use stays while it costs no more than this over the cheapest one. */
const held = 0.014;
/** Frames whose fate is remembered. */
const memory = 8000;

/** Frames that a datagram with so many bytes of UDP payload takes. */
export function framesOf(payload: number, { mtu, ipv6 }: Wire): number {
  const whole = mtu - (ipv6 ? 40 : 20);
  if (payload + 8 <= whole) return 1;
  // RFC 791 §3.2, RFC 8200 §4.5: fragments carry multiples of 8 bytes; IPv6 adds a header to each.
  return Math.ceil((payload + 8) / ((whole - (ipv6 ? 8 : 0)) & ~7));
}

/** Bytes on the wire, Ethernet header included. */
export function wireBytes(payload: number, wire: Wire): number {
  const frames = framesOf(payload, wire);
  const ip = wire.ipv6 ? (frames > 1 ? 48 : 40) : 20;
  return payload + 8 + frames * (14 + ip);
}

/** Bytes on the wire over bytes of the file, when each frame is lost with probability `loss` and lost blocks repaired. */
export function expectedOverhead(run: number, loss: number, wire: Wire): number {
  const payload = 16 + run * wire.blockSize;
  const lost = 1 - (1 - loss) ** framesOf(payload, wire);
  const repair = wireBytes(16 + 40 + wire.blockSize, wire) / wire.blockSize;
  return wireBytes(payload, wire) / (run * wire.blockSize) + (lost / (1 - loss)) * repair;
}

export class RunLength {
  /** Blocks a datagram. */
  blocks = 1;
  readonly #wire: Wire;
  readonly #longest: number;
  /** The loss of frames for which the length was chosen. */
  #chosenFor = 0;
  readonly #seen = new Map<number, { frames: number; lost: number }>();

  constructor(wire: Wire) {
    this.#wire = wire;
    this.#longest = longestRun(wire.blockSize);
  }

  /** Of a receiver's last `datagrams`, sent as `frames`, `lost` did not arrive. */
  observe(receiver: number, datagrams: number, frames: number, lost: number): void {
    if (datagrams <= 0) return;
    const seen = this.#seen.get(receiver) ?? { frames: 0, lost: 0 };
    const each = frames / datagrams;
    const fading = Math.max(0, 1 - frames / memory);
    // Lost frames, if a lost datagram lost one of its own independently of the others.
    const lostFrames = frames * frameLoss(lost / datagrams, each);
    seen.frames = seen.frames * fading + frames;
    seen.lost = seen.lost * fading + lostFrames;
    // A sudden loss must not wait until it shows in the average: what is certain of it counts at once.
    const certain = frameLoss(Math.max(0, lost - 2 * Math.sqrt(lost)) / datagrams, each);
    if (certain > seen.lost / seen.frames)
      Object.assign(seen, { frames: memory / 8, lost: (certain * memory) / 8 });
    this.#seen.set(receiver, seen);
    this.#choose();
  }

  leave(receiver: number): void {
    this.#seen.delete(receiver);
    this.#choose();
  }

  /** With nobody observed there is no reason to dare. */
  #choose(): void {
    // One more than was seen: after few frames a loss of nothing proves little.
    let loss = 0;
    for (const { frames, lost } of this.#seen.values())
      loss = Math.max(loss, Math.min(0.5, (lost + 1) / frames));
    if (this.#seen.size === 0) loss = 0.5;
    if (Math.abs(loss - this.#chosenFor) < this.#chosenFor * 0.02) return;
    this.#chosenFor = loss;
    const cost = (run: number) => expectedOverhead(run, loss, this.#wire);
    let least = Number.POSITIVE_INFINITY;
    for (let run = 1; run <= this.#longest; run++) least = Math.min(least, cost(run));
    let longest = this.#longest;
    while (longest > 1 && cost(longest) > least + slack) longest--;
    if (longest > this.blocks || cost(this.blocks) > least + held) this.blocks = longest;
  }
}

/** The loss of frames that makes datagrams of `frames` frames lose the share `lost`. */
const frameLoss = (lost: number, frames: number): number => 1 - (1 - Math.min(lost, 0.999)) ** (1 / frames);
