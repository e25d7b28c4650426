// Waits for a condition and not for a time: a loaded machine may take long, a wrong program still fails.
import { vi } from 'vitest';

/** Repeats `check` until it does not throw. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 20_000, interval: 20 });
}
