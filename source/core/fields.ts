// Checks of the fields of a message's JSON. By hand, because they run for each datagram of a burst.

/** What came over the wire: nothing is known of its fields. */
export type Wire = Record<string, unknown>;

/** A node's, or a share's: 16 hexadecimal digits. */
const identity = /^[0-9a-f]{16}$/;

export function isRecord(value: unknown): value is Wire {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isIdentity(value: unknown): value is string {
  return typeof value === 'string' && identity.test(value);
}

/** A whole number from 0 to `most`. */
export function isCount(value: unknown, most: number = Number.MAX_SAFE_INTEGER): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most;
}
