// The terminal as a borrowed thing: the alternate screen, raw mode and a few modes are switched on, and all of
// it is given back whole on every way out: quit, crash, signal, Ctrl+Z.
import type { Size, SizeSource } from './size.ts';
import { discardInput, TtyWriter } from './tty.ts';

const mouseOff = '\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l';
// What a program killed by SIGKILL may have left on: an open synchronized update, the alternate screen, the mouse.
// Leaving a screen that one is not on puts the cursor back to where it was last saved: so it is saved before.
const mend = `\x1b7\x1b[?2026l\x1b[?1049l${mouseOff}`;
// Alternate screen, cleared; no cursor; lines that are too long do not wrap (a frame of the old width may
// arrive after the window was narrowed); pastes come between markers.
const enter = '\x1b[?1049h\x1b[2J\x1b[H\x1b[?25l\x1b[?7l\x1b[?2004h';
const leave = '\x1b[?2026l\x1b[m\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l';

export type TerminalListener = {
  /** There is no terminal any more: its window was closed, its connection cut. */
  gone(): void;
  /** Comes before those who subscribe to the size are told. */
  resized(size: Size): void;
  /** The program was stopped and goes on: what the screen showed is lost. */
  resumed(): void;
};

/** Where a terminal does not tell its size. */
const usual: Size = { columns: 80, rows: 24 };

/** Standard input and output, both of which must be terminals. */
export class Terminal {
  readonly output: TtyWriter;
  readonly size: SizeSource;
  #size: Size;
  readonly #listeners = new Set<() => void>();
  #entered = false;
  #mended = false;
  readonly #refresh: () => void;
  readonly #resume: () => void;
  readonly #leave = () => this.leave();

  constructor({ gone, resized, resumed }: TerminalListener) {
    this.output = new TtyWriter(gone);
    this.#size = measure();
    this.size = {
      get: () => this.#size,
      subscribe: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
    };
    this.#refresh = () => {
      this.#size = measure();
      resized(this.#size);
      for (const listener of this.#listeners) listener();
    };
    this.#resume = () => {
      this.#entered = false;
      this.enter();
      // The window may have changed while another program had it. Node asks for its size on this signal only.
      process.emit('SIGWINCH');
      resumed();
    };
    process.stdin.on('error', gone).on('end', gone);
    process.stdout.on('resize', this.#refresh).on('error', () => {});
    process.stderr.on('error', () => {});
    // A program stopped by someone else (kill -STOP) is continued on whatever screen and modes the shell left.
    process.on('SIGCONT', this.#resume);
    process.on('exit', this.#leave);
  }

  enter(): void {
    if (this.#entered) return;
    this.#entered = true;
    // Node skips a mode that it believes is set; the shell sets its own while we are stopped.
    process.stdin.setRawMode(false);
    process.stdin.setRawMode(true);
    this.output.writeNow(this.#mended ? enter : mend + enter);
    this.#mended = true;
  }

  /** Gives the terminal back, in this very call. Safe to call from any handler, any number of times. */
  leave(): void {
    if (!this.#entered) return;
    this.#entered = false;
    this.output.writeNow(leave);
    discardInput();
    try {
      process.stdin.setRawMode(false);
    } catch {
      // There is no terminal any more.
    }
  }

  /**
   * Stops this job as the shell's Ctrl+Z does: the whole process group, so that `npm start` stops too. Where no
   * shell could continue it (the kernel then ignores the signal) the screen just comes back.
   */
  suspend(): void {
    if (process.platform === 'win32') return;
    this.leave();
    process.kill(0, 'SIGTSTP');
    this.#resume();
  }

  /** Leaves, and forgets the terminal. */
  release(): void {
    this.leave();
    process.stdout.off('resize', this.#refresh);
    process.off('SIGCONT', this.#resume);
    process.off('exit', this.#leave);
    process.stdin.pause();
  }
}

function measure(): Size {
  const [columns, rows] = process.stdout.getWindowSize();
  return columns > 0 && rows > 0 ? { columns, rows } : usual;
}
