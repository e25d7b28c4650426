// Plays a session: time runs, stands still or jumps, and the fold makes of it the state that a live engine would
// have had. All work is done in slices, so that a command is obeyed at once also amid a long seek.
import type { Millis } from '../core/event.ts';
import type { Command, Landmark } from '../core/feed.ts';
import { fold } from '../core/fold.ts';
import type { PlayerView } from '../core/snapshot.ts';
import { newState, type State } from '../core/state.ts';
import { Checkpoints, restore } from './checkpoints.ts';
import type { SessionReader } from './reader.ts';
import { type Search, searchBack, searchForward } from './search.ts';
import { type Mark, type Step, startOf, Track } from './track.ts';

export const slowest = 0.25;
export const fastest = 64;
/** Work done in one go, ms: a command waits no longer. */
const slice = 25;
/** A step back lands so many lines behind the copy that is kept for the next steps back. */
const nearLines = 500;
/** Further than this from the last event, `previous` means that event, ms. */
const justPassed = 1000;

/** Where to be: so many lines on, or at a time. */
type Goal = { line: number } | { time: Millis };

export type PlayerOptions = {
  speed?: number;
  /** ms; steps forward only. */
  clock?: () => number;
  checkpoints?: Checkpoints;
};

export class Player {
  /** Becomes another object when it goes back: what was published of the former is void then. */
  state: State;
  readonly #reader: SessionReader;
  readonly #clock: () => number;
  readonly #checkpoints: Checkpoints;
  #track: Track;
  #position: Millis;
  #speed: number;
  #playing = true;
  #goal: Goal | undefined;
  #search: Search | undefined;
  #missed: Landmark | undefined;
  /** Since when time runs from where. */
  #anchor: { clock: number; position: Millis };

  constructor(reader: SessionReader, options: PlayerOptions = {}) {
    this.#reader = reader;
    this.#clock = options.clock ?? (() => performance.now());
    this.#checkpoints = options.checkpoints ?? new Checkpoints();
    this.#speed = clamp(options.speed ?? 1, slowest, fastest);
    this.#track = new Track(reader);
    this.#position = reader.firstAt;
    this.#anchor = { clock: this.#clock(), position: this.#position };
    this.state = this.#emptyState();
  }

  /** The session's time, ms since 1970. */
  get now(): Millis {
    return this.#position;
  }

  /** Time runs or a jump is under way; otherwise nothing changes until a command comes. */
  get busy(): boolean {
    return this.#playing || this.#goal !== undefined || this.#search !== undefined;
  }

  view(): PlayerView {
    const { firstAt, lastAt } = this.#reader;
    const view: PlayerView = {
      position: this.#position - firstAt,
      length: Math.max(lastAt, this.#position) - firstAt,
      speed: this.#speed,
      playing: this.#playing,
      atEnd: this.#position >= lastAt && !this.#goal && this.#track.peek() === undefined,
    };
    if (this.#goal || this.#search) view.seeking = true;
    if (this.#missed) view.missed = this.#missed;
    return view;
  }

  /** Commands that are not for a player are ignored. */
  command(command: Command): void {
    this.#missed = undefined;
    switch (command.do) {
      case 'play':
        if (this.view().atEnd) this.#goTo({ line: 0 });
        this.#playing = true;
        this.#setAnchor();
        return;
      case 'pause':
        this.#playing = false;
        return;
      case 'speed':
        if (Number.isFinite(command.factor)) this.#speed = clamp(command.factor, slowest, fastest);
        this.#setAnchor();
        return;
      case 'step': {
        this.#playing = false;
        const line = this.#goal && 'line' in this.#goal ? this.#goal.line : this.#track.mark.line;
        this.#goTo({ line: Math.max(0, line + command.by) });
        return;
      }
      case 'seek':
        if (Number.isFinite(command.to)) this.#seek(command.to);
        return;
      case 'next':
        this.#look(command.landmark, command.back === true);
    }
  }

  /** Does what is due, for 25 ms at most. True when more is due at once. */
  tick(): boolean {
    const started = this.#clock();
    const isTime = () => this.#clock() - started >= slice;
    if (this.#search) this.#runSearch(this.#search, isTime);
    if (this.#search) return true;
    if (this.#goal) {
      const goal = this.#goal;
      const there = this.#foldWhile((step) => this.#isBefore(goal, step), isTime);
      this.#position = there && 'time' in goal ? goal.time : this.#track.mark.time;
      if (there) this.#goal = undefined;
      this.#setAnchor();
      return !there;
    }
    return this.#playing ? this.#play(isTime) : false;
  }

  #play(isTime: () => boolean): boolean {
    const { lastAt } = this.#reader;
    const due = this.#anchor.position + (this.#clock() - this.#anchor.clock) * this.#speed;
    const kept = this.#foldWhile((step) => step.time <= due, isTime);
    this.#position = kept ? Math.max(Math.min(due, lastAt), this.#track.mark.time) : this.#track.mark.time;
    // Time waits for the fold: a dense stretch plays more slowly than asked, and owes nothing afterwards.
    if (!kept) this.#setAnchor();
    if (this.#position >= lastAt && this.#track.peek() === undefined) this.#playing = false;
    return !kept;
  }

  /** Folds lines as long as they are wanted. False when there was no time for all of them. */
  #foldWhile(isWanted: (step: Step) => boolean, isTime: () => boolean): boolean {
    for (let step = this.#track.peek(); step && isWanted(step); step = this.#track.peek()) {
      if (step.event) fold(this.state, step.event);
      this.#track.take();
      this.#checkpoints.offer(this.#track.mark, this.state);
      if (isTime()) return false;
    }
    return true;
  }

  #isBefore(goal: Goal, step: Step): boolean {
    if ('time' in goal) return step.time <= goal.time;
    const { mark } = this.#track;
    if (mark.line === goal.line - nearLines) this.#checkpoints.keepNear(mark, this.state);
    return mark.line < goal.line;
  }

  #seek(to: Millis): void {
    const { firstAt, lastAt } = this.#reader;
    // The end is where no lines are left, also in a file whose clock was turned back.
    this.#goTo(
      firstAt + to >= lastAt ? { line: Number.MAX_SAFE_INTEGER } : { time: firstAt + Math.max(0, to) },
    );
  }

  #goTo(goal: Goal): void {
    this.#search = undefined;
    this.#goal = goal;
    const overshot = 'line' in goal ? this.#track.mark.line > goal.line : this.#track.mark.time > goal.time;
    if (overshot) this.#goBack((mark) => ('line' in goal ? mark.line <= goal.line : mark.time <= goal.time));
  }

  #goBack(isBefore: (mark: Mark) => boolean): void {
    const checkpoint = this.#checkpoints.before(isBefore);
    this.state = checkpoint ? restore(checkpoint) : this.#emptyState();
    this.#track = new Track(this.#reader, checkpoint?.mark);
    this.#position = this.#track.mark.time;
  }

  #look(landmark: Landmark, back: boolean): void {
    const { mark } = this.#track;
    this.#goal = undefined;
    if (back) {
      const until = this.#position - mark.time > justPassed ? mark.line : mark.line - 1;
      const before = (line: number) =>
        this.#checkpoints.before((kept) => kept.line < line)?.mark ?? startOf(this.#reader);
      this.#search = searchBack(this.#reader, landmark, until, before);
    } else {
      this.#search = searchForward(this.#reader, landmark, mark);
    }
  }

  #runSearch(search: Search, isTime: () => boolean): void {
    const result = search.run(isTime);
    if (result === 'searching') return;
    this.#search = undefined;
    this.#setAnchor();
    if (result === 'none') this.#missed = search.landmark;
    else this.#goTo({ line: result.found });
  }

  #setAnchor(): void {
    this.#anchor = { clock: this.#clock(), position: this.#position };
  }

  /** A session whose first event is damaged still says in its header whose it is. */
  #emptyState(): State {
    const { id, name, version } = this.#reader.header;
    return { ...newState(), self: { id, name, version }, startedAt: this.#reader.firstAt };
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
