// Runs a React tree on the whole terminal until something ends it, and then ends everything else in order:
// the terminal is given back first, so that whatever goes wrong afterwards can be read.
import { render } from 'ink';
import { Component, type ReactElement, type ReactNode } from 'react';
import type { Feed } from '../core/feed.ts';
import type { Lang } from '../words/lang.ts';
import { terminalWords } from '../words/terminal.ts';
import { type Ending, signalled, watchEndings } from './endings.ts';
import { holdOutput } from './held-output.ts';
import { Screen } from './presenter.ts';
import type { Surroundings } from './surroundings.ts';
import { Terminal } from './terminal.ts';

/** Seconds that the feed gets to say bye and to write what it has recorded. */
const closingTime = 3;

/**
 * Resolves with the exit code: the user's, 0 when the feed ended by itself, or 128 + n after a signal. Rejects
 * with the Fault of a feed that failed or with an error nobody caught; the terminal and the feed are closed then
 * too. Standard input and output must be terminals.
 */
export async function fullscreen(
  feed: Pick<Feed, 'close' | 'ended'>,
  lang: Lang,
  app: (surroundings: Surroundings) => ReactElement,
): Promise<number> {
  let settle: (ending: Ending) => void = () => {};
  const ended = new Promise<Ending>((resolve) => {
    settle = resolve;
  });
  // The first error is told even if it came while something else was ending the program.
  let failure: Pick<Ending, 'error'> | undefined;
  const end = (ending: Ending) => {
    if ('error' in ending) failure ??= ending;
    settle(ending);
  };
  const fail = (error: unknown) => end({ reason: 'error', code: 1, error });
  const terminal = new Terminal({
    gone: () => end(signalled('SIGHUP')),
    resized: (size) => screen.resize(size),
    resumed: () => screen.repaint(),
  });
  const screen = new Screen(terminal.output, terminal.size.get());
  const stopWatching = watchEndings(end);
  feed.ended.then(() => end({ reason: 'ended', code: 0 }), fail);

  terminal.enter();
  const held = holdOutput();
  const ink = render(
    <Guard onError={fail}>
      {app({
        size: terminal.size,
        lang,
        onExit: (code, summary) => end({ reason: 'quit', code, ...(summary !== undefined && { summary }) }),
        onSuspend: () => terminal.suspend(),
        onRepaint: () => screen.repaint(),
        setCursor: (row, column) => screen.setCursor(row, column),
      })}
    </Guard>,
    {
      // Ink asks no more of a stream than Screen has.
      stdout: screen as unknown as NodeJS.WriteStream,
      debug: true,
      patchConsole: false,
      exitOnCtrlC: false,
    },
  );

  const ending = await ended;
  screen.close();
  terminal.leave();
  ink.unmount();
  const closed = await within(closingTime, feed.close(ending.reason).catch(fail));
  stopWatching();
  terminal.release();
  const printed = held.release();
  process.stderr.write(printed);
  if (!closed) process.stderr.write(`${terminalWords[lang].closeTimedOut(closingTime)}\n`);
  if (ending.summary !== undefined) process.stdout.write(`${ending.summary.trimEnd()}\n`);
  if (failure) throw failure.error;
  return ending.code;
}

/** Ink's own guard draws the error on the screen that is about to vanish. */
class Guard extends Component<{ onError(error: unknown): void; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: unknown) {
    this.props.onError(error);
  }

  override render() {
    return this.state.failed ? null : this.props.children;
  }
}

/** False when time runs out first. */
async function within(seconds: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), seconds * 1000);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
