// The app on the whole terminal: what the commands that show a screen start.
import type { Feed } from '../core/feed.ts';
import type { Lang } from '../words/lang.ts';
import { App } from './app.tsx';
import { fullscreen } from './fullscreen.tsx';
import { paletteFor } from './theme.ts';

export type ScreenOptions = {
  lang: Lang;
  /** The feed is a replay: it has a player, and nothing can be said. */
  replay: boolean;
  /** Weight and reverse video in place of colours. */
  noColor: boolean;
  /** No glyph beyond ASCII in frames, bars and marks. */
  ascii: boolean;
  /** Most frames a second while there is traffic. */
  fps: number;
};

/**
 * Shows the feed until the user quits, it ends, or a signal comes; it is closed then. Returns the exit code;
 * rejects with the feed's Fault or with what went wrong inside, when the terminal is the shell's again.
 */
export function runScreen(feed: Feed, { lang, noColor, ...options }: ScreenOptions): Promise<number> {
  const palette = noColor ? 'mono' : paletteFor(process.env);
  return fullscreen(feed, lang, (around) => (
    <App feed={feed} around={around} options={{ ...options, palette }} />
  ));
}
