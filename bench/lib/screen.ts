// What the program draws, as a person would see it: an emulator takes the output apart into frames and rows.
import xterm from '@xterm/headless';

const endUpdate = Buffer.from('\x1b[?2026l');

/** One synchronized update: its bytes, and how many rows of the screen it changed. */
export type Frame = { bytes: number; rows: number };

/** Splits at the end of each synchronized update (DEC private mode 2026). */
export async function framesOf(output: Buffer): Promise<Frame[]> {
  const screen = new Screen();
  const frames: Frame[] = [];
  let before = screen.rows();
  for (let from = 0; from < output.length; ) {
    const found = output.indexOf(endUpdate, from);
    const to = found < 0 ? output.length : found + endUpdate.length;
    await screen.write(output.subarray(from, to));
    const after = screen.rows();
    frames.push({ bytes: to - from, rows: after.filter((row, y) => row !== before[y]).length });
    before = after;
    from = to;
  }
  return frames;
}

export class Screen {
  readonly #terminal = new xterm.Terminal({ cols: 120, rows: 40, allowProposedApi: true, scrollback: 0 });

  /** Resolves when it is on the screen. */
  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => this.#terminal.write(bytes, resolve));
  }

  rows(): string[] {
    const buffer = this.#terminal.buffer.active;
    return Array.from(
      { length: 40 },
      (_, y) => buffer.getLine(buffer.viewportY + y)?.translateToString() ?? '',
    );
  }

  text(): string {
    return this.rows().join('\n');
  }
}
