// When this host last reported that it is a member of a group, and how often it does so though nobody asks. A switch
// that watches memberships forgets who reports nothing (RFC 4541 section 2.1.1).
import type { Millis } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import { now } from './clock.ts';

export type MembershipOptions = {
  /** Leaves and joins in one go, which makes the kernel report. May throw a Fault. */
  rejoin(): void;
  /** Why it could not. */
  notice(fault: Fault): void;
  /** ms; undefined reports only when somebody asks. */
  every: Millis | undefined;
};

export class Membership {
  readonly #options: MembershipOptions;
  #every: Millis | undefined;
  #reportedAt = now();
  #timer: NodeJS.Timeout | undefined;

  /** To be made when the group was just joined. */
  constructor(options: MembershipOptions) {
    this.#options = options;
    this.#repeat(options.every);
  }

  /** ms since 1970. */
  get reportedAt(): Millis {
    return this.#reportedAt;
  }

  get every(): Millis | undefined {
    return this.#every;
  }

  /** Reports now, and from now on so often, ms. */
  refresh(every: Millis): void {
    this.#report();
    this.#repeat(every);
  }

  /** The group was joined anew by other means. */
  joined(): void {
    this.#reportedAt = now();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #repeat(every: Millis | undefined): void {
    clearInterval(this.#timer);
    this.#every = every;
    if (every === undefined) return;
    this.#timer = setInterval(() => this.#report(), every);
    this.#timer.unref();
  }

  #report(): void {
    try {
      this.#options.rejoin();
      this.#reportedAt = now();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#options.notice(error);
    }
  }
}
