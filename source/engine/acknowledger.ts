// Which datagrams are acknowledged, and how often: a forged source address must not turn this node into a
// source of floods, so each address has a bucket of tokens.
import type { Received } from '../core/event.ts';

/** Acknowledgements a second to one address, and at once. */
const perSecond = 1000;
const burst = 1000;
/** Addresses followed; beyond that the ones unused for longest start anew. */
const maxSources = 1000;

export class Acknowledger {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();
  /** Acknowledgements not sent because an address asked for too many; the caller takes them. */
  #refused = 0;

  /** True when this datagram deserves an answer and its sender has not had too many. `at` in ms. */
  allows(event: Received, at: number): boolean {
    // Only what came to the group is answered: two nodes that acknowledge never answer each other's answers.
    if (event.unicast || event.unknown !== undefined) return false;
    if (event.kind !== 'chat' && event.kind !== 'text' && event.kind !== 'binary') return false;
    const bucket = this.#bucket(event.address, at);
    bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) * perSecond) / 1000);
    bucket.at = at;
    if (bucket.tokens < 1) {
      this.#refused++;
      return false;
    }
    bucket.tokens--;
    return true;
  }

  takeRefused(): number {
    const refused = this.#refused;
    this.#refused = 0;
    return refused;
  }

  #bucket(address: string, at: number): { tokens: number; at: number } {
    const bucket = this.#buckets.get(address) ?? { tokens: burst, at };
    // Moved to the end: the map's first is the one unused for longest.
    this.#buckets.delete(address);
    this.#buckets.set(address, bucket);
    if (this.#buckets.size > maxSources) {
      for (const oldest of this.#buckets.keys()) {
        this.#buckets.delete(oldest);
        break;
      }
    }
    return bucket;
  }
}
