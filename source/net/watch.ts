// Looks after one membership while the program runs: interfaces go down and come back, are deleted and made anew
// with another address, and memberships vanish without an error on any socket. Looking is cheap and works on every
// system; waiting for the kernel to tell would need netlink, which Node does not speak.
import { type Facts, Fault } from '../core/fault.ts';
import type { LocalInterface } from './interfaces.ts';

const lookEvery = 1_000;
/** Membership is looked up at every fifth look. */
const memberEvery = 5;

/** What a watch sees and does; real sockets in multicast.ts, scripted in tests. */
export type Watched = {
  /** The interface in use. */
  current(): LocalInterface;
  /** The same interface as it is now, with the same address if it still has it; undefined while it is down or gone. */
  look(): LocalInterface | undefined;
  /** Whether the kernel lists the membership; undefined where it does not tell. */
  isMember(): Promise<boolean | undefined>;
  /** The kernel's drop counter of the group socket; undefined where it does not tell. */
  drops(): Promise<number | undefined>;
  /** Opens the sockets anew on that interface. Rejects while that is not possible yet. */
  reopen(on: LocalInterface): Promise<void>;
  notice(fault: Fault): void;
  dropped(count: number): void;
};

export class Watch {
  readonly #watched: Watched;
  readonly #facts: Facts;
  #timer: NodeJS.Timeout | undefined;
  #busy = false;
  #looks = 0;
  #present = true;
  #lost = false;
  #open = true;
  #drops = 0;

  /** `facts` name the group and the interface in notices. */
  constructor(watched: Watched, facts: Facts) {
    this.#watched = watched;
    this.#facts = facts;
  }

  /** The interface is there and the membership holds. */
  get joined(): boolean {
    return this.#present && !this.#lost;
  }

  start(): void {
    this.#timer = setInterval(() => void this.look(), lookEvery);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** One look. Never rejects: what fails now is tried again at the next look. */
  async look(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#looks++;
    try {
      await this.#lookAtInterface();
      await this.#countDrops();
    } catch {
      // Sockets that cannot be opened yet, as while an IPv6 address is still being checked for duplicates.
    } finally {
      this.#busy = false;
    }
  }

  async #lookAtInterface(): Promise<void> {
    const found = this.#watched.look();
    if (!found) {
      this.#gone();
      return;
    }
    const before = this.#watched.current();
    const replaced = found.index !== before.index;
    const moved = replaced || found.address !== before.address;
    if (replaced) this.#gone();
    // After down and up the kernel has kept the membership, but only Linux lets us see that.
    const stale = !this.#present && !moved && (await this.#watched.isMember()) !== true;
    if (moved || stale || !this.#open) await this.#reopen(found);
    if (moved || !this.#present) {
      this.#present = true;
      this.#notice('interface-back', { address: found.address });
    } else if (this.#lost || this.#looks % memberEvery === 0) {
      await this.#lookAtMembership(found);
    }
  }

  async #lookAtMembership(on: LocalInterface): Promise<void> {
    const member = await this.#watched.isMember();
    if (member === false) {
      if (!this.#lost) this.#notice('membership-lost');
      this.#lost = true;
      await this.#reopen(on);
      if ((await this.#watched.isMember()) === false) return;
    }
    if (this.#lost) this.#notice('membership-regained');
    this.#lost = false;
  }

  async #countDrops(): Promise<void> {
    const drops = await this.#watched.drops();
    if (drops === undefined) return;
    const more = (drops - this.#drops) >>> 0;
    this.#drops = drops;
    if (more > 0) this.#watched.dropped(more);
  }

  async #reopen(on: LocalInterface): Promise<void> {
    // The last count of a socket that is about to be closed.
    await this.#countDrops();
    this.#open = false;
    await this.#watched.reopen(on);
    this.#open = true;
    this.#drops = 0;
  }

  #gone(): void {
    if (this.#present) this.#notice('interface-gone');
    this.#present = false;
  }

  #notice(
    code: 'interface-gone' | 'interface-back' | 'membership-lost' | 'membership-regained',
    more: Facts = {},
  ) {
    this.#watched.notice(new Fault(code, { ...this.#facts, ...more }));
  }
}
