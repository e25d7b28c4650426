// A bounded list that forgets its oldest and counts what it ever held. Plain data, so that a state with rings
// in it can be copied for a replay's checkpoints.
export type Ring<T> = { capacity: number; items: T[]; start: number; total: number };

export function newRing<T>(capacity: number): Ring<T> {
  return { capacity, items: [], start: 0, total: 0 };
}

export function pushRing<T>(ring: Ring<T>, item: T): void {
  if (ring.items.length < ring.capacity) ring.items.push(item);
  else {
    ring.items[ring.start] = item;
    ring.start = (ring.start + 1) % ring.capacity;
  }
  ring.total++;
}

/** The newest `max` items of those pushed after the first `seen`, oldest first. */
export function ringSince<T>(ring: Ring<T>, seen: number, max = ring.capacity): T[] {
  const count = Math.min(ring.total - seen, max, ring.items.length);
  const out: T[] = [];
  for (let back = count; back > 0; back--) {
    out.push(ring.items[(ring.start + ring.items.length - back) % ring.items.length]!);
  }
  return out;
}

export const ringItems = <T>(ring: Ring<T>): T[] => ringSince(ring, 0);
