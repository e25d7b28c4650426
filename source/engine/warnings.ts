// Faults that a person should know of while the engine goes on.
import type { Event } from '../core/event.ts';
import { Fault } from '../core/fault.ts';
import { now } from '../net/clock.ts';
import { faultText } from '../words/faults.ts';

export class Warnings {
  /** Told before the start was; a session begins with that. Undefined from then on. */
  #early: Fault[] | undefined = [];

  constructor(private readonly write: (event: Event) => void) {}

  /** Throws what is no Fault: that is a mistake of the program. */
  readonly warn = (error: unknown): void => {
    if (!(error instanceof Fault)) throw error;
    if (this.#early) {
      this.#early.push(error);
      return;
    }
    const { code, facts } = error;
    this.write({ type: 'warning', at: now(), code, facts, text: faultText('en', error) });
  };

  /** The start was told. */
  begin(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const fault of early) this.warn(fault);
  }

  /** What a person asked for and cannot have is told, and the engine goes on. */
  try(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.warn(error);
    }
  }
}
