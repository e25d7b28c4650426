// Runs the app as the product does (Ink in debug mode on a stream of ours), with a feed that plays what a test
// gives it. ink-testing-library does the same, but its terminal is always 100 columns wide and has no rows.
import { EventEmitter } from 'node:events';
import { render } from 'ink';
import stringWidth from 'string-width';
import { vi } from 'vitest';
import type { Command, Feed } from '../../../source/core/feed.ts';
import type { Snapshot } from '../../../source/core/snapshot.ts';
import { App } from '../../../source/ui/app.tsx';
import { filled } from '../../../source/ui/sheet.ts';
import type { Palette } from '../../../source/ui/theme.ts';
import type { Lang } from '../../../source/words/lang.ts';

/** A feed without an engine: a test says what it tells, and sees what it was told to do. */
export class StagedFeed implements Feed {
  commands: Command[] = [];
  ended = new Promise<void>(() => {});
  #listeners = new Set<(snapshot: Snapshot) => void>();

  subscribe(listener: (snapshot: Snapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  tell(snapshot: Snapshot): void {
    for (const listener of this.#listeners) listener(snapshot);
  }
  send(command: Command): void {
    this.commands.push(command);
  }
  async close(): Promise<void> {}
}

class Stdout extends EventEmitter {
  frames = 0;
  frame = '';
  constructor(public columns: number) {
    super();
  }
  write = (frame: string): void => {
    this.frames++;
    this.frame = filled(frame)
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n');
  };
}

class Stdin extends EventEmitter {
  isTTY = true;
  #data: string | null = null;
  write(data: string): void {
    this.#data = data;
    this.emit('readable');
  }
  read = (): string | null => {
    const data = this.#data;
    this.#data = null;
    return data;
  };
  setEncoding() {}
  setRawMode() {}
  ref() {}
  unref() {}
}

export type StageOptions = {
  lang?: Lang;
  palette?: Palette;
  ascii?: boolean;
  replay?: boolean;
  fps?: number;
};

export function stage(columns: number, rows: number, options: StageOptions = {}) {
  const { lang = 'en', palette = 'plain', ascii = false, replay = false, fps } = options;
  const feed = new StagedFeed();
  const stdout = new Stdout(columns);
  const stdin = new Stdin();
  const told = {
    exits: [] as [number, string?][],
    suspends: 0,
    repaints: 0,
    cursor: [] as (number | undefined)[],
  };
  let size = { columns, rows };
  const sizeListeners = new Set<() => void>();
  const around = {
    size: {
      get: () => size,
      subscribe: (listener: () => void) => {
        sizeListeners.add(listener);
        return () => sizeListeners.delete(listener);
      },
    },
    lang,
    onExit: (code: number, summary?: string) =>
      void told.exits.push(summary === undefined ? [code] : [code, summary]),
    onSuspend: () => void told.suspends++,
    onRepaint: () => void told.repaints++,
    setCursor: (row?: number, column?: number) => {
      told.cursor = [row, column];
    },
  };
  const app = render(<App feed={feed} around={around} options={{ palette, ascii, replay, fps }} />, {
    stdout: stdout as unknown as NodeJS.WriteStream,
    stdin: stdin as unknown as NodeJS.ReadStream,
    debug: true,
    patchConsole: false,
    exitOnCtrlC: false,
  });
  const lines = () => stdout.frame.split('\n');
  return {
    feed,
    told,
    /** The frame, without blanks at the ends of rows. */
    frame: () => stdout.frame,
    lines,
    frames: () => stdout.frames,
    /** Widest row, in columns of the terminal. */
    width: () => Math.max(...lines().map((line) => stringWidth(line))),
    /** Keys, as a terminal sends them. Waits until the app listens. */
    async keys(data: string) {
      await vi.waitFor(() => {
        if (stdin.listenerCount('readable') === 0) throw new Error('the app does not listen yet');
      });
      stdin.write(data);
    },
    /** The escape key, and the moment in which it is told from the start of a sequence. */
    async escape() {
      await this.keys('\x1b');
      for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
    },
    resize(next: { columns: number; rows: number }) {
      size = next;
      stdout.columns = next.columns;
      for (const listener of sizeListeners) listener();
    },
    /** Waits for a frame that passes. */
    async sees(what: string | RegExp | ((frame: string) => boolean)) {
      await vi.waitFor(
        () => {
          const frame = stdout.frame;
          const seen =
            typeof what === 'string'
              ? frame.includes(what)
              : what instanceof RegExp
                ? what.test(frame)
                : what(frame);
          if (!seen) throw new Error(`not on the screen: ${what}\n${frame}`);
        },
        { timeout: 5000, interval: 10 },
      );
      return stdout.frame;
    },
    close: () => app.unmount(),
  };
}
