// The stream that Ink draws on. Ink 6.8 itself wipes screen and scrollback when its output is as high as the
// terminal, and leaves ghosts after a resize; with its `debug` option it hands over whole frames and nothing
// else. They are drawn here: cell by cell against what the terminal shows, inside one synchronized update
// (DEC private mode 2026), and never faster than the terminal reads.
import { EventEmitter } from 'node:events';
import { type Row, rowOf } from './cells.ts';
import { Painter } from './paint.ts';
import { filled } from './sheet.ts';
import type { Size } from './size.ts';

/** Where the bytes go. */
export type Sink = {
  /** The terminal has not taken all of the last write yet. */
  readonly busy: boolean;
  write(text: string): void;
  /** Called each time `busy` ends. */
  onDrain(listener: () => void): void;
};

const beginUpdate = '\x1b[?2026h';
const endUpdate = '\x1b[?2026l';
const showCursor = '\x1b[?25h';
const hideCursor = '\x1b[?25l';

/** The part of a stdout that Ink uses. Not a TTY to Ink, which would write cursor commands of its own. */
export class Screen extends EventEmitter {
  readonly isTTY = false;
  columns: number;
  rows: number;
  readonly #sink: Sink;
  readonly #painter = new Painter();
  #frame: string | undefined;
  /** What the terminal shows: source lines and their cells; empty where that is not known. */
  #lines: string[] = [];
  #cells: Row[] = [];
  #cursor: { row: number; column: number } | undefined;
  /** A frame or a cursor position waits for the terminal. */
  #stale = false;
  #closed = false;

  constructor(sink: Sink, size: Size) {
    super();
    this.#sink = sink;
    this.columns = size.columns;
    this.rows = size.rows;
    sink.onDrain(() => {
      if (this.#stale) this.#draw();
    });
  }

  /** Takes a whole frame, lines joined by `\n`. While the terminal is backed up only the newest is kept. */
  write(frame: string): boolean {
    this.#frame = filled(frame);
    this.#draw();
    return true;
  }

  /** From the next frame on; it is drawn whole, because terminals move their cells about in a resize. */
  resize({ columns, rows }: Size): void {
    this.columns = columns;
    this.rows = rows;
    this.#forget();
  }

  /** Draws every cell of the newest frame again. */
  repaint(): void {
    this.#forget();
    this.#draw();
  }

  /** Shows the terminal's own cursor at a cell, counted from 0; without arguments hides it. */
  setCursor(row?: number, column?: number): void {
    if (row === this.#cursor?.row && column === this.#cursor?.column) return;
    this.#cursor = row === undefined ? undefined : { row, column: column ?? 0 };
    this.#draw(true);
  }

  /** Nothing is drawn from now on; Ink writes one more frame when it is taken down. */
  close(): void {
    this.#closed = true;
  }

  #forget(): void {
    this.#lines = [];
    this.#cells = [];
  }

  #draw(cursorMoved = this.#stale): void {
    if (this.#closed || this.#frame === undefined) return;
    this.#stale = this.#sink.busy;
    if (this.#stale) return;
    const cells = this.#paint(this.#frame.split('\n'));
    if (cells === '' && !cursorMoved) return;
    this.#sink.write(`${beginUpdate}${hideCursor}${cells}${this.#cursorBytes()}${endUpdate}`);
  }

  #paint(frame: string[]): string {
    for (let y = 0; y < this.rows; y++) {
      const line = frame[y] ?? '';
      if (line === this.#lines[y]) continue;
      const next = rowOf(line, this.columns);
      this.#painter.row(y, this.#cells[y], next);
      this.#lines[y] = line;
      this.#cells[y] = next;
    }
    return this.#painter.take();
  }

  #cursorBytes(): string {
    if (!this.#cursor) return '';
    const { row, column } = this.#cursor;
    return `\x1b[${Math.min(row, this.rows - 1) + 1};${Math.min(column, this.columns - 1) + 1}H${showCursor}`;
  }
}
