// What became of a sender's sequence numbers: received, lost, doubled, out of order (RFC 3550 A.1 and A.3).
// Our numbers do not wrap and a restart has a new identity, so of A.1 only its guard against wild leaps stays:
// a leap is believed when the next number follows it, and counts as a new beginning, not as loss.

/** A.1's MAX_DROPOUT: a forward leap beyond it is not taken for loss at first sight. */
export const maxDropout = 3000;
/** Numbers behind the highest that are remembered one by one, to tell a late datagram from a doubled one. */
const window = 1024;

export type SequenceTrack = {
  base: number;
  max: number;
  /** Distinct numbers received from `base` on. */
  got: number;
  duplicates: number;
  reordered: number;
  jumps: number;
  /** Expected and lost before the newest beginning. */
  expectedBefore: number;
  lostBefore: number;
  /** The number that would confirm a leap; -1 when none is pending. */
  probation: number;
  seen: Uint32Array;
};

export type Arrival = 'next' | 'gap' | 'late' | 'duplicate' | 'probation' | 'jump';

export function newTrack(seq: number): SequenceTrack {
  const track: SequenceTrack = {
    base: seq,
    max: seq,
    got: 1,
    duplicates: 0,
    reordered: 0,
    jumps: 0,
    expectedBefore: 0,
    lostBefore: 0,
    probation: -1,
    seen: new Uint32Array(window / 32),
  };
  mark(track, seq);
  return track;
}

/** `allowance`: the largest forward step taken for loss at once; never less than `maxDropout`. */
export function observe(track: SequenceTrack, seq: number, allowance = maxDropout): Arrival {
  const step = seq - track.max;
  if (step > 0 && step <= Math.max(allowance, maxDropout)) {
    forget(track, step);
    track.max = seq;
    track.got++;
    track.probation = -1;
    mark(track, seq);
    return step === 1 ? 'next' : 'gap';
  }
  if (step <= 0 && -step < window) return late(track, seq);
  if (seq === track.probation) {
    begin(track, seq);
    return 'jump';
  }
  track.probation = seq + 1;
  return 'probation';
}

function late(track: SequenceTrack, seq: number): Arrival {
  if (isMarked(track, seq)) {
    track.duplicates++;
    return 'duplicate';
  }
  mark(track, seq);
  track.reordered++;
  // What was sent before the first one heard was never expected: it must not turn the numbers between into loss.
  if (seq >= track.base) track.got++;
  return 'late';
}

function begin(track: SequenceTrack, seq: number): void {
  track.expectedBefore = expected(track);
  track.lostBefore = lost(track);
  track.seen.fill(0);
  track.base = seq - 1;
  track.max = seq;
  track.got = 2;
  track.jumps++;
  track.probation = -1;
  mark(track, seq - 1);
  mark(track, seq);
}

/** Numbers expected so far (A.3: extended maximum − base + 1). */
export const expected = (track: SequenceTrack): number => track.expectedBefore + track.max - track.base + 1;

/** Numbers that never came since the newest beginning. */
export const lostSinceBase = (track: SequenceTrack): number => track.max - track.base + 1 - track.got;

/** Numbers that never came; goes down again when a late one does. */
export const lost = (track: SequenceTrack): number => track.lostBefore + lostSinceBase(track);

/** Distinct numbers that came, of all beginnings. */
export const arrived = (track: SequenceTrack): number => expected(track) - lost(track);

/** lost ÷ expected, 0 to 1. */
export const lossRatio = (track: SequenceTrack): number => lost(track) / expected(track);

const slot = (seq: number): number => seq % window;

function mark(track: SequenceTrack, seq: number): void {
  const at = slot(seq);
  track.seen[at >> 5]! |= 1 << (at & 31);
}

function isMarked(track: SequenceTrack, seq: number): boolean {
  const at = slot(seq);
  return (track.seen[at >> 5]! & (1 << (at & 31))) !== 0;
}

/** Numbers that the maximum steps over are not seen yet. */
function forget(track: SequenceTrack, step: number): void {
  if (step >= window) {
    track.seen.fill(0);
    return;
  }
  for (let seq = track.max + 1; seq <= track.max + step; seq++) {
    const at = slot(seq);
    track.seen[at >> 5]! &= ~(1 << (at & 31));
  }
}
