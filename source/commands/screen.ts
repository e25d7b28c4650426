// Opens the full-screen app on a feed. Its code, and React with it, is loaded only here.
import type { Feed } from '../core/feed.ts';
import { lateFeed } from '../core/late-feed.ts';
import type { Io } from './command.ts';
import type { Flags } from './flags.ts';

/** A screen needs a terminal at both ends; JSON is for programs. */
export function wantsScreen(flags: Flags, io: Io): boolean {
  return io.interactive && !flags.json;
}

/** The app shows itself while the feed is being opened. Returns the exit code; rejects with the feed's Fault. */
export async function showScreen(
  feed: Promise<Feed>,
  flags: Flags,
  options: { replay: boolean },
  io: Io,
): Promise<number> {
  // Colours are decided once, when chalk is loaded.
  if (!flags.color) io.env.FORCE_COLOR = '0';
  const late = lateFeed(feed);
  const { runScreen } = await import('../ui/run.tsx');
  const { ascii, fps, color } = flags;
  return runScreen(late, { ...options, lang: io.lang, noColor: !color, ascii, fps });
}
