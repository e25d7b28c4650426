// What a person types after `/`: words that must all occur, `!` before them for the lines without them, or
// /a regular expression/. One that is not valid is told and hides nothing.
import { type Indexed, indexOfNumber } from './lines.ts';

export type Filter = {
  /** As typed. */
  text: string;
  test(subject: string): boolean;
  /** Why the regular expression is not one. */
  error: string | undefined;
};

/** Longest text a regular expression is tried on, so that no line can keep it busy for long. */
const longest = 400;

export function filterOf(text: string): Filter | undefined {
  const inverse = text.startsWith('!');
  const rest = (inverse ? text.slice(1) : text).trim();
  if (rest === '') return undefined;
  const pattern = /^\/(.*?)(?:\/(i?))?$/s.exec(rest);
  if (!pattern) {
    const words = folded(rest).split(/\s+/);
    return {
      text,
      test: (subject) => words.every((word) => folded(subject).includes(word)) !== inverse,
      error: undefined,
    };
  }
  try {
    const regex = new RegExp(pattern[1]!, pattern[2] === 'i' ? 'iu' : 'u');
    return { text, test: (subject) => regex.test(subject.slice(0, longest)) !== inverse, error: undefined };
  } catch (error) {
    return { text, test: () => true, error: (error as Error).message.replace(/^.*: /, '') };
  }
}

/** Without case and accents, so that `garcia` finds García. */
const folded = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text)
    ? text.toLowerCase()
    : text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The lines that pass, kept from one look to the next: only new lines are tested. */
export class Sieve<T extends { n: number }> {
  #kept: T[] = [];
  #tested = -1;
  #passes: ((line: T) => boolean) | undefined;
  #lines: Indexed<T> | undefined;
  #epoch = -1;

  /** `epoch` changes when the lines start anew. `passes` must be the same function while it means the same. */
  sift(lines: Indexed<T>, epoch: number, passes: ((line: T) => boolean) | undefined): Indexed<T> {
    if (!passes) return lines;
    if (passes !== this.#passes || lines !== this.#lines || epoch !== this.#epoch) {
      this.#kept = [];
      this.#tested = -1;
      this.#passes = passes;
      this.#lines = lines;
      this.#epoch = epoch;
    }
    for (let i = indexOfNumber(lines, this.#tested) + 1; i < lines.length; i++) {
      const line = lines.at(i)!;
      if (passes(line)) this.#kept.push(line);
      this.#tested = line.n;
    }
    const oldest = lines.at(0)?.n ?? Number.POSITIVE_INFINITY;
    if ((this.#kept[0]?.n ?? oldest) < oldest) this.#kept = this.#kept.filter(({ n }) => n >= oldest);
    return this.#kept;
  }
}
