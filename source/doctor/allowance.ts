// How many questions are answered: so many a second to each address, and to all together. A forged source address
// must not turn a node into a source of floods, nor may many of them.

type Bucket = { tokens: number; at: number };

/** Addresses followed; beyond that the ones unused for longest start anew. */
const mostAddresses = 1_000;

export class Allowance {
  readonly #each = new Map<string, Bucket>();
  readonly #all: Bucket;

  /** At once, and then a second. */
  constructor(
    private readonly one: { burst: number; perSecond: number },
    private readonly together: { burst: number; perSecond: number },
  ) {
    this.#all = { tokens: together.burst, at: Number.NEGATIVE_INFINITY };
  }

  /** Takes one for that address, if it may have one more. `at`: ms of a clock that never goes back. */
  take(address: string, at: number): boolean {
    const bucket = this.#each.get(address) ?? { tokens: this.one.burst, at };
    this.#each.delete(address);
    this.#each.set(address, bucket);
    if (this.#each.size > mostAddresses) this.#each.delete(this.#each.keys().next().value!);
    fill(bucket, this.one, at);
    fill(this.#all, this.together, at);
    if (bucket.tokens < 1 || this.#all.tokens < 1) return false;
    bucket.tokens--;
    this.#all.tokens--;
    return true;
  }
}

function fill(bucket: Bucket, { burst, perSecond }: { burst: number; perSecond: number }, at: number): void {
  bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) * perSecond) / 1000);
  bucket.at = at;
}
