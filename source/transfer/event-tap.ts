// Hands on the events of a transfer: some times a second while something changes, and at once when it matters.
import type { Transfer } from '../core/event.ts';
import { now } from '../net/clock.ts';

const every = 250;

export class EventTap {
  readonly #timer: NodeJS.Timeout;
  #shown = '';

  /** `facts` as they are now; `tick` is called before each look. */
  constructor(
    private readonly facts: () => Omit<Transfer, 'at'>,
    private readonly onEvent: (event: Transfer) => void,
    tick: () => void = () => {},
  ) {
    this.#timer = setInterval(() => {
      tick();
      this.show();
    }, every);
  }

  /** `always`: also when nothing has changed. */
  show(always = false): void {
    const facts = this.facts();
    const shown = JSON.stringify(facts);
    if (shown === this.#shown && !always) return;
    this.#shown = shown;
    this.onEvent({ ...facts, at: now() });
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
