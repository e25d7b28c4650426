// Copies of the state along the way, so that a replay goes back without folding all again. Their number and
// their bytes are bounded: when there are too many every second one goes and the next ones lie further apart.
import { deserialize, serialize } from 'node:v8';
import type { State } from '../core/state.ts';
import type { Mark } from './track.ts';

const maxCount = 64;
const maxBytes = 128 * 1024 * 1024;
const firstSpacing = 8192;

export type Checkpoint = { mark: Mark; copy: Buffer };

export class Checkpoints {
  #kept: Checkpoint[] = [];
  #spacing: number;
  /** One more, just before where a step back led: the next steps back start from it. */
  #near: Checkpoint | undefined;

  constructor(spacing = firstSpacing) {
    this.#spacing = spacing;
  }

  /** Copies the state when the last copy lies far enough behind. */
  offer(mark: Mark, state: State): void {
    if (mark.line < (this.#kept.at(-1)?.mark.line ?? 0) + this.#spacing) return;
    this.#kept.push({ mark, copy: serialize(state) });
    if (this.#kept.length > maxCount || this.bytes > maxBytes) {
      this.#kept = this.#kept.filter((_, index) => index % 2 === 1);
      this.#spacing *= 2;
    }
  }

  keepNear(mark: Mark, state: State): void {
    this.#near = { mark, copy: serialize(state) };
  }

  /** The last one that lies before what is looked for. */
  before(isBefore: (mark: Mark) => boolean): Checkpoint | undefined {
    const all = this.#near ? [...this.#kept, this.#near] : this.#kept;
    return all.filter(({ mark }) => isBefore(mark)).sort((a, b) => b.mark.line - a.mark.line)[0];
  }

  get bytes(): number {
    return this.#kept.reduce((sum, { copy }) => sum + copy.length, 0);
  }

  get count(): number {
    return this.#kept.length;
  }
}

/** Typed arrays come back as views of what they are read from, so that is a copy: the fold writes to them. */
export const restore = ({ copy }: Checkpoint): State => deserialize(Buffer.from(copy)) as State;
